"""The same certificates through every path of verification: the same state everywhere."""

import copy
import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from services.certificate.domain import multibase, proof, status_list
from tests.certificate.unit.mutants import mutants
from tests.worlds.certificate import token_of

pytestmark = pytest.mark.integration


async def _credential(world, certificate):
    answer = await world.client.get(
        f"/v1/certificates/{certificate['number']}/credential", params={"token": token_of(certificate)}
    )
    assert answer.status_code == 200
    return answer.json()


async def _revoke(world, certificate, reason="false_evidence"):
    answer = await world.client.post(
        f"/v1/certificates/{certificate['id']}/revoke",
        json={"reason_code": reason, "comment": "复核结论"},
        headers=world.staff("certificates:revoke"),
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


async def _states(world, certificate, name="欧阳若兰"):
    """Return the state that each path gives."""
    number, token = certificate["number"], token_of(certificate)
    credential = await _credential(world, certificate)
    ask = world.client
    answers = [
        await ask.get(f"/v1/verifications/{number}", params={"token": token}),
        await ask.post("/v1/verifications", json={"number": number, "name": name}),
        await ask.post("/v1/verifications/credential", content=json.dumps(credential, ensure_ascii=False)),
    ]
    bulk = await ask.post("/v1/verifications/bulk", json={"items": [{"number": number, "token": token}]})
    states = [answer.json()["state"] for answer in answers] + [bulk.json()["items"][0]["state"]]
    page = await ask.get(f"/c/{number}", params={"t": token})
    paper = await ask.get(f"/C/{number}/{token}")
    words = {"证书有效": "VALID", "证书已撤销": "REVOKED"}
    return states + [next(state for word, state in words.items() if word in each.text) for each in (page, paper)]


async def test_every_path_says_valid_then_revoked(world):
    [certificate] = await world.issue("欧阳若兰")
    assert set(await _states(world, certificate)) == {"VALID"}
    revoked = await _revoke(world, certificate)
    assert (revoked["status"], revoked["reason_code"]) == ("revoked", "false_evidence")
    assert set(await _states(world, certificate)) == {"REVOKED"}


async def test_answer_shows_what_the_paper_shows(world):
    [certificate] = await world.issue("欧阳若兰")
    number, token = certificate["number"], token_of(certificate)
    by_token = (await world.client.get(f"/v1/verifications/{number}", params={"token": token})).json()
    assert by_token["certificate"]["holder"] == "欧阳若兰"
    assert by_token["certificate"]["number"] == number
    assert by_token["certificate"]["scores"][0] == {"name": "总成绩", "value": "86.50"}
    assert by_token["message_zh"]
    assert by_token["message_en"]
    typed = {"number": f" {number.lower()[:7]} {number[7:]}", "name": "欧阳 若兰"}
    by_name = (await world.client.post("/v1/verifications", json=typed)).json()
    assert by_name["state"] == "VALID"
    assert by_name["certificate"]["holder"] == "欧***"
    assert by_name["certificate"]["scores"] == []


async def test_unknown_number_wrong_token_and_wrong_name_get_one_answer(world):
    [certificate] = await world.issue("欧阳若兰")
    number, token = certificate["number"], token_of(certificate)
    unknown = number[:-1] + ("A" if number[-1] != "A" else "B")
    ask = world.client
    tries = [
        await ask.get(f"/v1/verifications/{unknown}", params={"token": token}),
        await ask.get(f"/v1/verifications/{number}", params={"token": "0" * 16}),
        await ask.get(f"/v1/verifications/{number}", params={"token": "密"}),
        await ask.post("/v1/verifications", json={"number": unknown, "name": "欧阳若兰"}),
        await ask.post("/v1/verifications", json={"number": number, "name": "欧阳若蓝"}),
    ]
    assert {answer.status_code for answer in tries} == {200}
    assert len({answer.text for answer in tries}) == 1
    assert tries[0].json()["state"] == "NOT_FOUND"
    for path in ("credential", "pdf"):
        answer = await ask.get(f"/v1/certificates/{number}/{path}", params={"token": "0" * 16})
        other = await ask.get(f"/v1/certificates/{unknown}/{path}", params={"token": token})
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:kaozheng:problem:certificate-unknown")
        assert other.json()["type"] == answer.json()["type"]


async def test_tampered_and_foreign_credentials_are_refused(world):
    one, two = await world.issue("欧阳若兰", "王小明")
    credential, other = await _credential(world, one), await _credential(world, two)
    ask = world.client
    refused = [mutant for _, mutant in list(mutants(credential))[::12]]
    swapped = copy.deepcopy(credential)
    swapped["credentialSubject"] = other["credentialSubject"]
    forged = proof.sign(
        {name: value for name, value in credential.items() if name != "proof"},
        Ed25519PrivateKey.generate(),
        credential["proof"][0]["verificationMethod"],
        world.clock.now(),
    )
    for mutant in [*refused, swapped, forged, {}, {"proof": []}]:
        answer = (await ask.post("/v1/verifications/credential", json=mutant)).json()
        assert answer["state"] == "INVALID"
        assert answer["certificate"] is None
    twice = json.dumps(credential).replace('"name":', '"name": "x", "name":', 1)
    for text in (twice, "[]", "not json", '{"a": NaN}', "[" * 100_000):
        answer = await ask.post("/v1/verifications/credential", content=text)
        assert answer.json()["state"] == "INVALID"
    large = await ask.post("/v1/verifications/credential", content=b" " * 300_000)
    assert large.status_code == 413


async def test_genuine_credential_that_the_register_does_not_know_cannot_be_checked(world):
    [certificate] = await world.issue("欧阳若兰")
    credential = await _credential(world, certificate)
    async with world.service.work() as work:
        await work.execute("DELETE FROM certificate")
    answer = (await world.client.post("/v1/verifications/credential", json=credential)).json()
    assert (answer["state"], answer["certificate"]) == ("CANNOT_CHECK", None)


async def test_register_that_cannot_be_asked_is_never_an_answer_about_the_certificate(world):
    [certificate] = await world.issue("欧阳若兰")
    number, token = certificate["number"], token_of(certificate)
    before = await world.client.get(f"/v1/verifications/{number}", params={"token": token})
    assert before.json()["state"] == "VALID"  # and is remembered
    await world.service.engine.dispose()
    broken = world.service.engine.sync_engine

    def fail(*_args):
        raise OperationalError("SELECT", {}, OSError("gone"))

    event.listen(broken, "do_connect", fail)
    answer = await world.client.get(f"/v1/verifications/{number}", params={"token": token})
    many = {"items": [{"number": number, "token": token}] * 2}
    bulk = await world.client.post("/v1/verifications/bulk", json=many)
    page = await world.client.get(f"/c/{number}", params={"t": token})
    event.remove(broken, "do_connect", fail)
    assert (answer.status_code, answer.json()["state"]) == (503, "CANNOT_CHECK")
    assert (bulk.status_code, [item["state"] for item in bulk.json()["items"]]) == (503, 2 * ["CANNOT_CHECK"])
    assert page.status_code == 503
    assert "暂时无法核验" in page.text


async def test_a_thousand_at_once_are_answered_in_order(world):
    issued = await world.issue(*[f"考生{n}" for n in range(40)])
    await _revoke(world, issued[3])
    items = [{"number": each["number"], "token": token_of(each)} for each in issued]
    items[5]["token"] = "0" * 16
    answer = (await world.client.post("/v1/verifications/bulk", json={"items": items * 25})).json()
    assert [item["index"] for item in answer["items"]] == list(range(1000))
    states = [item["state"] for item in answer["items"][:40]]
    assert states[3] == "REVOKED"
    assert states[5] == "NOT_FOUND"
    assert states.count("VALID") == 38
    too_many = await world.client.post("/v1/verifications/bulk", json={"items": items * 26})
    assert too_many.status_code == 422


async def test_anyone_can_repeat_the_check_from_the_published_documents(world):
    one, two = await world.issue("欧阳若兰", "王小明")
    await _revoke(world, two)
    document = (await world.client.get("/issuers/main/did.json")).json()
    keys = {m["id"]: multibase.decode_key(m["publicKeyMultibase"]) for m in document["verificationMethod"]}
    for certificate, revoked in ((one, False), (two, True)):
        credential = await _credential(world, certificate)
        entry = credential["credentialStatus"]
        listed = (await world.client.get(entry["statusListCredential"].removeprefix("https://kz.test"))).json()
        for signed in (credential, listed):
            proof.check(signed, _public(keys))
        bits = status_list.decode_list(listed["credentialSubject"]["encodedList"])
        assert status_list.is_set(bits, int(entry["statusListIndex"])) is revoked


async def test_a_status_list_from_a_clock_that_was_ahead_is_signed_again(world):
    await world.issue("欧阳若兰")
    world.clock.advance(timedelta(days=1))
    ahead = (await world.client.get("/v1/status-lists/1")).json()
    world.clock.advance(timedelta(days=-1))
    right = (await world.client.get("/v1/status-lists/1")).json()
    assert right["validFrom"] < ahead["validFrom"]
    assert (await world.client.get("/v1/status-lists/1")).json() == right


async def test_a_clock_that_went_back_calls_no_certificate_invalid(world):
    [made] = await world.issue("欧阳若兰")
    world.clock.advance(timedelta(hours=-1))
    asked = {"token": token_of(made)}
    answer = (await world.client.get(f"/v1/verifications/{made['number']}", params=asked)).json()
    assert (answer["state"], answer["cause"], answer["certificate"]) == ("CANNOT_CHECK", "not-yet-valid", None)
    world.clock.advance(timedelta(hours=1))
    assert (await world.client.get(f"/v1/verifications/{made['number']}", params=asked)).json()["state"] == "VALID"


async def test_status_list_is_signed_once_and_again_after_a_change_or_a_day(world):
    one, two = await world.issue("欧阳若兰", "王小明")
    ask = world.client

    async def signed_at():
        answer = await ask.get("/v1/status-lists/1")
        return answer.json()["proof"][0]["created"], answer.headers["etag"]

    first = await signed_at()
    world.clock.advance(status_list.TTL)
    assert await signed_at() == first
    again = await ask.get("/v1/status-lists/1", headers={"if-none-match": first[1]})
    assert again.status_code == 304
    await _revoke(world, one)
    second = await signed_at()
    assert second != first
    world.clock.advance(status_list.RENEWAL)
    assert await signed_at() != second
    await _revoke(world, two)
    assert (await ask.get("/v1/status-lists/99")).status_code == 404


async def test_certificates_of_a_retired_key_stay_valid(make_world, tmp_path):
    files = [tmp_path / "old.pem", tmp_path / "new.pem"]
    for file in files:
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(pem)
    old = await make_world(signing_key_file=files[0])
    [before] = await old.issue("欧阳若兰")
    place = {"database_url": old.service.settings.database_url, "signing_key_file": files[1]}
    new = await make_world(**place)
    new.staff_key = old.staff_key
    [after] = await new.issue("王小明")
    document = (await new.client.get("/issuers/main/did.json")).json()
    assert len(document["assertionMethod"]) == 2
    assert set(await _states(new, before)) == {"VALID"}
    assert set(await _states(new, after, "王小明")) == {"VALID"}
    assert set(await _states(old, after, "王小明")) == {"VALID"}


async def test_asking_by_name_is_limited_per_address(make_world):
    world = await make_world(lookup_burst=3, lookups_per_minute=1)
    answers = [await world.client.post("/v1/verifications", json={"number": "KZ1", "name": "某"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[0].headers["ratelimit"].startswith('"lookup";r=2')
    assert int(answers[3].headers["retry-after"]) > 0
    page = await world.client.post("/c/lookup", content="number=KZ1&name=x")
    assert page.status_code == 429


def _public(keys):
    return {method: Ed25519PublicKey.from_public_bytes(raw) for method, raw in keys.items()}
