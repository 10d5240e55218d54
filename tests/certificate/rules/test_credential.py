"""The credential says what the paper says and nothing more."""

from tests.certificate.samples import AWARD, ISSUER, signed


def test_credential_holds_name_number_scores_as_text_and_requirements():
    document = signed()
    subject = document["credentialSubject"]
    assert subject["identifier"] == [
        {"type": "IdentityObject", "hashed": False, "identityHash": "欧阳若兰", "identityType": "name"}
    ]
    assert subject["licenseNumber"] == AWARD.number
    assert [result["value"] for result in subject["result"]] == ["86.50", "88.00", "83.00"]
    assert [item["targetCode"] for item in subject["achievement"]["alignment"]] == [
        "xb2b:junior:1.1.1",
        "xb2b:junior:1.1.2",
    ]
    described = {item["id"] for item in subject["achievement"]["resultDescription"]}
    assert {result["resultDescription"] for result in subject["result"]} == described


def test_credential_has_the_form_of_open_badges():
    document = signed()
    assert document["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert isinstance(document["proof"], list)
    assert document["id"] == f"https://kz.example/c/{AWARD.number}"
    assert document["issuer"]["id"] == "did:web:kz.example:issuers:main"
    assert document["validFrom"] == "2026-11-22T04:30:00Z"
    status = document["credentialStatus"]
    assert status["statusListIndex"] == "94567"
    assert status["id"] == f"{status['statusListCredential']}#94567"


def test_qr_address_stays_in_the_alphanumeric_set():
    url = ISSUER.qr_url(AWARD.number, "0123456789ABCDEF")
    assert set(url) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
    assert len(url) <= 67  # version 4 with level Q
