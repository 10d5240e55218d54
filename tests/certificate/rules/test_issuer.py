"""Who signs, and with which keys."""

from services.certificate.domain.issuer import did_document, did_of, method_of


def test_did_names_host_and_port_and_lists_every_key():
    did = did_of("http://127.0.0.1:8104")
    assert did == "did:web:127.0.0.1%3A8104:issuers:main"
    keys = {method_of(did, bytes([n]) * 32): bytes([n]) * 32 for n in (1, 2)}
    document = did_document(did, keys)
    assert document["assertionMethod"] == [method["id"] for method in document["verificationMethod"]] == list(keys)
