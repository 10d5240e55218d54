"""Officers and institutions: who sees and revokes what; pages; migrations."""

import pytest

from services.certificate.adapters.tables import CertificateTable
from shared import audit, ids
from shared.database import migrations
from shared.database.engine import create_engine
from tests.worlds.callers import NOBODY
from tests.worlds.certificate import token_of

pytestmark = pytest.mark.integration


async def test_institution_sees_its_own_certificates_only(world):
    ours, theirs = ids.new_id(), ids.new_id()
    mine = await world.issue("甲一", "甲二", institution=ours)
    [other] = await world.issue("乙一", institution=theirs)
    reader = world.caller("certificates:read", institution=ours)
    listed = await world.get("/v1/certificates", reader)
    assert {each["id"] for each in listed["items"]} == {each["id"] for each in mine}
    assert (await world.ask(f"/v1/certificates/{mine[0]['id']}", reader)).status_code == 200
    assert (await world.ask(f"/v1/certificates/{other['id']}", reader)).status_code == 404
    everybody = await world.ask("/v1/certificates", world.caller("certificates:manage"))
    assert len(everybody.json()["items"]) == 3
    homeless = await world.ask("/v1/certificates", world.caller("certificates:read"))
    assert homeless.status_code == 422


async def test_list_is_paged_without_gaps(world):
    issued = await world.issue(*[f"考生{n}" for n in range(7)])
    headers, found, cursor = world.caller("certificates:manage"), [], None
    for _ in range(4):
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = await world.get("/v1/certificates", headers, **params)
        found += page["items"]
        cursor = page["next_cursor"]
    assert cursor is None
    assert found == issued


async def test_summary_counts_a_plan_within_the_tenant_and_keeps_the_revoked_in_it(world):
    ours, theirs = ids.new_id(), ids.new_id()
    mine = await world.issue("甲一", "甲二", institution=ours)
    others = await world.issue("乙一", institution=theirs)
    await world.revoke(mine[0])

    async def counts(plan_id, headers):
        found = await world.get("/v1/certificates/summary", headers, plan_id=plan_id)
        return found["issued"], found["revoked"]

    plan = mine[0]["plan_id"]
    everybody = len([each for each in [*mine, *others] if each["plan_id"] == plan])
    assert await counts(plan, world.caller("certificates:read", institution=ours)) == (2, 1)
    assert await counts(plan, world.caller("certificates:manage")) == (everybody, 1)
    assert await counts(str(ids.new_id()), world.caller("certificates:manage")) == (0, 0)


async def test_scopes_are_demanded(world):
    [certificate] = await world.issue("欧阳若兰")
    url = f"/v1/certificates/{certificate['id']}/revoke"
    body = {"reason_code": "misconduct"}
    assert (await world.send(url, body, NOBODY)).status_code == 401
    assert (await world.send(url, body, world.caller("certificates:manage"))).status_code == 403
    assert (await world.ask("/v1/certificates", world.caller("plans:write"))).status_code == 403
    revoker = world.caller("certificates:revoke")
    assert (await world.send(url, {"reason_code": "because"}, revoker)).status_code == 422
    nobody = f"/v1/certificates/{ids.new_id()}/revoke"
    assert (await world.send(nobody, body, revoker)).status_code == 404


async def test_revoking_twice_tells_the_others_once_and_leaves_one_audit_record(world):
    [certificate] = await world.issue("欧阳若兰")
    url, headers = f"/v1/certificates/{certificate['id']}/revoke", world.caller("certificates:revoke")
    first = await world.send(url, {"reason_code": "misconduct"}, headers)
    second = await world.send(url, {"reason_code": "holder_request"}, headers)
    assert first.json() == second.json()
    assert [(event.type, event.version) for event in await world.published()] == [
        ("certificate.certificate_issued.v1", 1),
        ("certificate.certificate_revoked.v1", 2),
    ]
    [row] = await world.rows("SELECT actor, action, subject FROM audit")
    assert tuple(row) == ("officer", "certificate.revoke", certificate["id"])
    async with world.service.work() as work:
        assert await audit.verify(work.session) is None


async def test_page_is_strict_and_says_the_state(world):
    [certificate] = await world.issue("<b>欧阳</b>")
    number, token = certificate["number"], token_of(certificate)
    page = await world.ask(f"/c/{number}", NOBODY, t=token)
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "no-store" in page.headers["cache-control"]
    assert "&lt;b&gt;欧阳&lt;/b&gt;" in page.text
    assert "<b>" not in page.text
    assert not [word for word in ("http://", "src=", "<script", "@import") if word in page.text]
    wrong = await world.ask(f"/c/{number}", NOBODY, t="0" * 16)
    assert wrong.status_code == 404
    assert "未找到证书" in wrong.text
    assert "欧阳" not in wrong.text
    for form in (await world.ask(f"/c/{number}", NOBODY), await world.ask("/c", NOBODY)):
        assert form.status_code == 200
        assert "持证人姓名" in form.text
        assert "欧阳" not in form.text


async def test_page_answers_number_and_name(world):
    [certificate] = await world.issue("欧阳若兰")
    form = {"number": certificate["number"], "name": "欧阳若兰"}
    good = await world.http.post("/c/lookup", data=form)
    assert "证书有效" in good.text
    assert "欧***" in good.text
    assert "欧阳若兰" not in good.text
    assert "未找到证书" in (await world.http.post("/c/lookup", data=form | {"name": "王小明"})).text
    assert (await world.http.post("/c/lookup", content=b"\xff=&&&&&&&&")).status_code in {200, 400}


async def test_problems_name_neither_number_nor_person(world):
    [certificate] = await world.issue("欧阳若兰")
    number = certificate["number"]
    for path in ("credential", "pdf"):
        answer = await world.ask(f"/v1/certificates/{number}/{path}", NOBODY, token="X")
        assert number not in answer.text
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.filterwarnings("ignore:Did not recognize type")  # of the platform's own tables
async def test_migrations_go_up_down_and_up_and_agree_with_the_tables(postgres):
    database = await postgres.create_unmigrated_database("certificate")
    await migrations.upgrade("certificate", database.owner_url)
    await migrations.downgrade("certificate", database.owner_url)
    await migrations.upgrade("certificate", database.owner_url)
    engine = create_engine(database.owner_url, application="test")
    async with engine.connect() as connection:
        assert await migrations.differences(connection, CertificateTable.metadata) == []
    await engine.dispose()
    await postgres.drop(database.name)
