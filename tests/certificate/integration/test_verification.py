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
from tests.certificate.mutants import mutants
from tests.worlds.callers import NOBODY
from tests.worlds.certificate import token_of

pytestmark = pytest.mark.integration


async def _states(world, certificate, name="欧阳若兰"):
    """Return the state that each path gives."""
    number, token = certificate["number"], token_of(certificate)
    credential = await world.credential(certificate)
    http = world.http
    answers = [
        await http.get(f"/v1/verifications/{number}", params={"token": token}),
        await http.post("/v1/verifications", json={"number": number, "name": name}),
        await http.post("/v1/verifications/credential", content=json.dumps(credential, ensure_ascii=False)),
    ]
    bulk = await http.post("/v1/verifications/bulk", json={"items": [{"number": number, "token": token}]})
    states = [answer.json()["state"] for answer in answers] + [bulk.json()["items"][0]["state"]]
    page = await http.get(f"/c/{number}", params={"t": token})
    paper = await http.get(f"/C/{number}/{token}")
    words = {"证书有效": "VALID", "证书已撤销": "REVOKED"}
    return states + [next(state for word, state in words.items() if word in each.text) for each in (page, paper)]


async def test_every_path_says_valid_then_revoked(world):
    [certificate] = await world.issue("欧阳若兰")
    assert set(await _states(world, certificate)) == {"VALID"}
    revoked = await world.revoke(certificate)
    assert (revoked["status"], revoked["reason_code"]) == ("revoked", "false_evidence")
    assert set(await _states(world, certificate)) == {"REVOKED"}


async def test_answer_shows_what_the_paper_shows(world):
    [certificate] = await world.issue("欧阳若兰")
    number = certificate["number"]
    by_token = (await world.verify(certificate)).json()
    assert by_token["certificate"]["holder"] == "欧阳若兰"
    assert by_token["certificate"]["number"] == number
    assert by_token["certificate"]["scores"][0] == {"name": "总成绩", "value": "86.50"}
    assert by_token["message_zh"]
    assert by_token["message_en"]
    typed = {"number": f" {number.lower()[:7]} {number[7:]}", "name": "欧阳 若兰"}
    by_name = await world.post("/v1/verifications", typed, NOBODY)
    assert by_name["state"] == "VALID"
    assert by_name["certificate"]["holder"] == "欧***"
    assert by_name["certificate"]["scores"] == []


@pytest.mark.parametrize(
    ("admitted", "printed", "typed"),
    [
        ("阿依古丽ㆍ买买提", "阿依古丽·买买提", "阿依古丽。买买提"),
        ("阿依古丽·买买提", "阿依古丽·买买提", "阿依古丽-买买提"),
        ("Oʻgʻli Aziz", "O'g'li Aziz", "o’g’li  AZIZ"),
        ("Jean‐Luc Müller", "Jean-Luc Müller", "Jean Luc Mu\u0308ller"),
        ("张\ufe00三", "张三", "张 三"),
        ("⻢超", "马超", "马超"),
    ],
)
async def test_a_name_is_printed_in_one_form_and_found_in_any(world, admitted, printed, typed):
    [certificate] = await world.issue(admitted)
    assert (await world.verify(certificate)).json()["certificate"]["holder"] == printed
    question = {"number": f"编号 {certificate['number'].lower()}", "name": typed}
    assert (await world.post("/v1/verifications", question, NOBODY))["state"] == "VALID"
    other = await world.post("/v1/verifications", question | {"name": typed[:-1]}, NOBODY)
    assert other["state"] == "NOT_FOUND"


async def test_unknown_number_wrong_token_and_wrong_name_get_one_answer(world):
    [certificate] = await world.issue("欧阳若兰")
    number, token = certificate["number"], token_of(certificate)
    unknown = number[:-1] + ("A" if number[-1] != "A" else "B")
    http = world.http
    tries = [
        await http.get(f"/v1/verifications/{unknown}", params={"token": token}),
        await http.get(f"/v1/verifications/{number}", params={"token": "0" * 16}),
        await http.get(f"/v1/verifications/{number}", params={"token": "密"}),
        await http.post("/v1/verifications", json={"number": unknown, "name": "欧阳若兰"}),
        await http.post("/v1/verifications", json={"number": number, "name": "欧阳若蓝"}),
    ]
    assert {answer.status_code for answer in tries} == {200}
    assert len({answer.text for answer in tries}) == 1
    assert tries[0].json()["state"] == "NOT_FOUND"
    for path in ("credential", "pdf"):
        answer = await http.get(f"/v1/certificates/{number}/{path}", params={"token": "0" * 16})
        other = await http.get(f"/v1/certificates/{unknown}/{path}", params={"token": token})
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:kaozheng:problem:certificate-unknown")
        assert other.json()["type"] == answer.json()["type"]


async def test_tampered_and_foreign_credentials_are_refused(world):
    one, two = await world.issue("欧阳若兰", "王小明")
    credential, other = await world.credential(one), await world.credential(two)
    http = world.http
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
        answer = (await http.post("/v1/verifications/credential", json=mutant)).json()
        assert answer["state"] == "INVALID"
        assert answer["certificate"] is None
    twice = json.dumps(credential).replace('"name":', '"name": "x", "name":', 1)
    for text in (twice, "[]", "not json", '{"a": NaN}', "[" * 100_000):
        answer = await http.post("/v1/verifications/credential", content=text)
        assert answer.json()["state"] == "INVALID"
    large = await http.post("/v1/verifications/credential", content=b" " * 300_000)
    assert large.status_code == 413


async def test_genuine_credential_that_the_register_does_not_know_cannot_be_checked(world):
    [certificate] = await world.issue("欧阳若兰")
    credential = await world.credential(certificate)
    async with world.service.work() as work:
        await work.execute("DELETE FROM certificate")
    answer = await world.post("/v1/verifications/credential", credential, NOBODY)
    assert (answer["state"], answer["certificate"]) == ("CANNOT_CHECK", None)


async def test_register_that_cannot_be_asked_is_never_an_answer_about_the_certificate(world):
    [certificate] = await world.issue("欧阳若兰")
    number, token = certificate["number"], token_of(certificate)
    before = await world.verify(certificate)
    assert before.json()["state"] == "VALID"  # and is remembered
    await world.service.engine.dispose()
    broken = world.service.engine.sync_engine

    def fail(*_args):
        raise OperationalError("SELECT", {}, OSError("gone"))

    event.listen(broken, "do_connect", fail)
    answer = await world.verify(certificate)
    many = {"items": [{"number": number, "token": token}] * 2}
    bulk = await world.send("/v1/verifications/bulk", many, NOBODY)
    page = await world.ask(f"/c/{number}", NOBODY, t=token)
    event.remove(broken, "do_connect", fail)
    assert (answer.status_code, answer.json()["state"]) == (503, "CANNOT_CHECK")
    assert (bulk.status_code, [item["state"] for item in bulk.json()["items"]]) == (503, 2 * ["CANNOT_CHECK"])
    assert page.status_code == 503
    assert "暂时无法核验" in page.text


async def test_a_thousand_at_once_are_answered_in_order(world):
    issued = await world.issue(*[f"考生{n}" for n in range(40)])
    await world.revoke(issued[3])
    items = [{"number": each["number"], "token": token_of(each)} for each in issued]
    items[5]["token"] = "0" * 16
    answer = await world.post("/v1/verifications/bulk", {"items": items * 25}, NOBODY)
    assert [item["index"] for item in answer["items"]] == list(range(1000))
    states = [item["state"] for item in answer["items"][:40]]
    assert states[3] == "REVOKED"
    assert states[5] == "NOT_FOUND"
    assert states.count("VALID") == 38
    too_many = await world.send("/v1/verifications/bulk", {"items": items * 26}, NOBODY)
    assert too_many.status_code == 422


async def test_anyone_can_repeat_the_check_from_the_published_documents(world):
    one, two = await world.issue("欧阳若兰", "王小明")
    await world.revoke(two)
    document = await world.get("/issuers/main/did.json", NOBODY)
    keys = {m["id"]: multibase.decode_key(m["publicKeyMultibase"]) for m in document["verificationMethod"]}
    for certificate, revoked in ((one, False), (two, True)):
        credential = await world.credential(certificate)
        entry = credential["credentialStatus"]
        listed = await world.get(entry["statusListCredential"].removeprefix("https://kz.test"), NOBODY)
        for signed in (credential, listed):
            proof.check(signed, _public(keys))
        bits = status_list.decode_list(listed["credentialSubject"]["encodedList"])
        assert status_list.is_set(bits, int(entry["statusListIndex"])) is revoked


async def test_a_status_list_from_a_clock_that_was_ahead_is_signed_again(world):
    await world.issue("欧阳若兰")
    world.clock.advance(timedelta(days=1))
    ahead = await world.get("/v1/status-lists/1", NOBODY)
    world.clock.advance(timedelta(days=-1))
    right = await world.get("/v1/status-lists/1", NOBODY)
    assert right["validFrom"] < ahead["validFrom"]
    assert await world.get("/v1/status-lists/1", NOBODY) == right


async def test_a_clock_that_went_back_calls_no_certificate_invalid(world):
    [made] = await world.issue("欧阳若兰")
    world.clock.advance(timedelta(hours=-1))
    answer = (await world.verify(made)).json()
    assert (answer["state"], answer["cause"], answer["certificate"]) == ("CANNOT_CHECK", "not-yet-valid", None)
    world.clock.advance(timedelta(hours=1))
    assert (await world.verify(made)).json()["state"] == "VALID"


async def test_status_list_is_signed_once_and_again_after_a_change_or_a_day(world):
    one, two = await world.issue("欧阳若兰", "王小明")
    http = world.http

    async def signed_at():
        answer = await http.get("/v1/status-lists/1")
        return answer.json()["proof"][0]["created"], answer.headers["etag"]

    first = await signed_at()
    world.clock.advance(status_list.TTL)
    assert await signed_at() == first
    again = await http.get("/v1/status-lists/1", headers={"if-none-match": first[1]})
    assert again.status_code == 304
    await world.revoke(one)
    second = await signed_at()
    assert second != first
    world.clock.advance(status_list.RENEWAL)
    assert await signed_at() != second
    await world.revoke(two)
    assert (await http.get("/v1/status-lists/99")).status_code == 404


async def test_certificates_of_a_retired_key_stay_valid(make_world, tmp_path):
    files = [tmp_path / "old.pem", tmp_path / "new.pem"]
    for file in files:
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(pem)
    old = await make_world("certificate", signing_key_file=files[0])
    [before] = await old.issue("欧阳若兰")
    place = {"database_url": old.service.settings.database_url, "signing_key_file": files[1]}
    new = await make_world("certificate", **place)
    [after] = await new.issue("王小明")
    document = await new.get("/issuers/main/did.json", NOBODY)
    assert len(document["assertionMethod"]) == 2
    assert set(await _states(new, before)) == {"VALID"}
    assert set(await _states(new, after, "王小明")) == {"VALID"}
    assert set(await _states(old, after, "王小明")) == {"VALID"}


async def test_asking_by_name_is_limited_per_address(make_world):
    world = await make_world("certificate", lookup_burst=3, lookups_per_minute=1)
    answers = [await world.send("/v1/verifications", {"number": "KZ1", "name": "某"}, NOBODY) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[0].headers["ratelimit"].startswith('"lookup";r=2')
    assert int(answers[3].headers["retry-after"]) > 0
    page = await world.http.post("/c/lookup", content="number=KZ1&name=x")
    assert page.status_code == 429


def _public(keys):
    return {method: Ed25519PublicKey.from_public_bytes(raw) for method, raw in keys.items()}
