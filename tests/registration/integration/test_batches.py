"""A school's batch: taken in once, every row accepted or refused once, whatever happens on the way."""

import asyncio
import csv
import io
import json
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from kaozheng.demo import batches
from services.registration.application.errors import LeaseLost
from tests.worlds.registration import Never, csv_of


async def test_every_row_of_a_school_batch_ends_accepted_or_refused(world):
    school, plan_id = await world.school(), await world.plan()
    content = "".join(batches.generate(1_200, seed=1)).encode("gb18030")
    answer = await world.upload(school, plan_id, content)
    assert answer.headers["location"] == f"/v1/batches/{answer.json()['id']}"
    assert answer.json()["status"] == "received"
    await world.work_through()
    batch = await world.get(answer.headers["location"], school)
    assert (batch["status"], batch["rows"], batch["accepted"], batch["refused"]) == ("finished", 1_200, 1_176, 24)
    assert batch["progress"] == 1.0
    errors = await world.get(f"/v1/batches/{batch['id']}/errors", school, limit=1000)
    bad = [row for row, (_, good) in enumerate(batches.rows(1_200, seed=1), 2) if not good]
    assert [error["row"] for error in errors["items"]] == bad
    assert {error["code"] for error in errors["items"]} >= {
        "wrong_check_digit",
        "impossible_date",
        "duplicate_in_batch",
    }
    assert await world.rows("SELECT 1 FROM batch_upload") == []


async def test_errors_are_paged_and_can_be_downloaded(world):
    school, plan_id = await world.school(), await world.plan()
    content = "姓名,证件类型,证件号码,证件签发国\n张3,学生证,,\n李四,护照,E1234567,\n张三,护照,E1234567,CHN\n".encode()
    batch = await world.finished_batch(school, plan_id, content)
    path, found, cursor = f"/v1/batches/{batch['id']}/errors", [], None
    while True:
        page = await world.get(path, school, limit=3, **({"cursor": cursor} if cursor else {}))
        found += page["items"]
        if not (cursor := page["next_cursor"]):
            break
    expected = [
        (2, "姓名", "bad_characters"),
        (2, "证件类型", "unknown_document_type"),
        (2, "证件号码", "required"),
        (3, "证件签发国", "issuer_required"),
    ]
    assert [(error["row"], error["field"], error["code"]) for error in found] == expected
    assert {error["severity"] for error in found} == {"error"}
    assert found[0]["message_zh"].startswith("第 2 个字符“3”")
    answer = await world.ask(f"{path}.csv", school)
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[:3] for row in rows[1:]] == [[str(row), *pair] for row, *pair in expected]
    assert "第 2 个字符“3”" in rows[1][3]
    assert "Character 2 ('3')" in rows[1][4]
    assert rows[1][5] == "错误 error"


async def test_what_was_mended_or_left_out_is_noted_and_the_row_accepted(world):
    school, plan_id = await world.school(), await world.plan()
    people = ["张\u200b三,身份证,'33010619960405620X,12345", "李四,护照,E1234567,无"]
    content = "\n".join(["姓名,证件类型,证件号码,手机号", *people]).encode()
    batch = await world.finished_batch(school, plan_id, content)
    assert (batch["accepted"], batch["refused"]) == (2, 0)
    notes = (await world.get(f"/v1/batches/{batch['id']}/errors", school))["items"]
    assert [(note["row"], note["field"], note["code"], note["severity"]) for note in notes] == [
        (2, "姓名", "invisible_removed", "note"),
        (2, "手机号", "phone_dropped", "note"),
        (3, "证件签发国", "issuer_unsaid", "note"),
    ]
    [first, _] = (await world.get("/v1/applications", school, plan_id=plan_id))["items"]
    assert (first["person"]["name"], first["person"]["phone"]) == ("张*", None)


async def test_two_spellings_of_a_document_are_one_person(world):
    school, plan_id = await world.school(), await world.plan()
    rows = [
        "姓名,证件类型,证件号码,证件签发国",
        "张三,回乡证,H12345678,",
        "张三,港澳居民来往内地通行证,H1234567802,",
        "李四,护照,E12345678,CHN",
        "王五,护照,E12345678,KOR",
        "李四,护照,e 1234-5678,中国",
    ]
    batch = await world.finished_batch(school, plan_id, "\n".join(rows).encode())
    assert (batch["accepted"], batch["refused"]) == (3, 2)
    errors = (await world.get(f"/v1/batches/{batch['id']}/errors", school))["items"]
    assert [(error["row"], error["code"]) for error in errors] == [(3, "duplicate_in_batch"), (6, "duplicate_in_batch")]


async def test_same_key_gives_the_same_batch_and_other_content_is_refused(world):
    school, plan_id = await world.school(), await world.plan()
    first = await world.upload(school, plan_id, csv_of([1]), key="entry-1")
    again = await world.upload(school, plan_id, csv_of([1]), key="entry-1")
    assert (again.status_code, again.json()["id"]) == (202, first.json()["id"])
    assert again.headers["idempotency-replayed"] == "true"
    other = await world.upload(school, plan_id, csv_of([2]), key="entry-1")
    assert (other.status_code, other.json()["type"]) == (409, "urn:kaozheng:problem:idempotency-key-reused")
    plan_2 = await world.plan()
    assert (await world.upload(school, plan_2, csv_of([1]), key="entry-1")).status_code == 409
    elsewhere = await world.upload(await world.school("另一学院"), plan_id, csv_of([1]), key="entry-1")
    assert elsewhere.json()["id"] != first.json()["id"]
    assert len(await world.rows("SELECT 1 FROM batch")) == 2
    assert len(await world.rows("SELECT 1 FROM batch_upload")) == 2


async def test_the_same_upload_twice_at_once_makes_one_batch(world):
    school, plan_id = await world.school(), await world.plan()
    content = csv_of(range(1, 300))
    answers = await asyncio.gather(*(world.upload(school, plan_id, content, key="k") for _ in range(4)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(await world.rows("SELECT 1 FROM batch_upload")) == 1


@pytest.mark.parametrize(
    ("content", "form", "status", "slug"),
    [
        (b"", "text/csv", 422, "empty-upload"),
        (b"\xff\xfe\x00\x80\xff", "text/csv", 422, "unreadable-upload"),
        (b"{}", "application/json", 415, "unsupported-media-type"),
    ],
)
async def test_upload_is_refused_with_the_reason(world, content, form, status, slug):
    answer = await world.upload(await world.school(), await world.plan(), content, form=form)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:kaozheng:problem:{slug}")
    assert await world.rows("SELECT 1 FROM batch_upload") == []


async def test_an_upload_wakes_the_worker_of_its_process(world):
    school, plan_id = await world.school(), await world.plan()
    assert not await world.service.deps.arrived.wait(0)
    await world.upload(school, plan_id, csv_of(range(1, 3)))
    assert await world.service.deps.arrived.wait(0)


async def test_upload_needs_key_and_open_plan(world):
    school = await world.school()
    headers = school | {"content-type": "text/csv"}
    closed = await world.plan(entry_closes_at=world.clock.now())
    no_key = await world.http.post("/v1/batches", params={"plan_id": closed}, content=b"x", headers=headers)
    assert (no_key.status_code, no_key.json()["type"]) == (422, "urn:kaozheng:problem:idempotency-key-required")
    assert (await world.upload(school, closed, csv_of([1]))).json()["type"].endswith(":entry-closed")
    unknown = "01920000-0000-7000-8000-000000000000"
    assert (await world.upload(school, unknown, csv_of([1]))).json()["type"].endswith(":unknown-plan")


async def test_upload_over_the_limit_is_refused(world):
    world.service.settings.batch_max_bytes = 1_000
    answer = await world.upload(await world.school(), await world.plan(), csv_of(range(100)))
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:kaozheng:problem:upload-too-large")


async def test_an_upload_is_sent_away_while_all_places_are_taken(world):
    school, plan = await world.school(), await world.plan()
    async with AsyncExitStack() as held:
        for _ in range(world.service.settings.uploads_at_once):
            await held.enter_async_context(world.service.deps.uploads.place())
        answer = await world.upload(school, plan, csv_of([1]))
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:kaozheng:problem:uploads-busy")
    assert (await world.upload(school, plan, csv_of([1]))).status_code == 202


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("姓名,证件类型\n张三,护照\n", "missing_column"),
        ("姓名,证件类型,证件号码,爱好\n", "unknown_column"),
        ('姓名,证件类型,证件号码\n张三,护照,E1234567\n"李四,护照,E1\n', "unterminated_quote"),
    ],
)
async def test_a_broken_file_is_refused_as_a_whole(world, content, code):
    batch = await world.finished_batch(await world.school(), await world.plan(), content.encode())
    assert (batch["status"], batch["failure"]["code"]) == ("failed", code)
    assert batch["accepted"] == 0
    assert await world.rows("SELECT 1 FROM application") == []
    assert await world.rows("SELECT 1 FROM batch_upload") == []


async def test_ndjson_is_taken_with_the_same_rules(world):
    school, plan_id = await world.school(), await world.plan()
    good = {"姓名": "张三", "document_type": "护照", "document_number": "E1234567"}
    lines = [json.dumps(good), "", "{", json.dumps(good | {"name": "李四", "document_number": 1})]
    batch = await world.finished_batch(school, plan_id, "\n".join(lines).encode(), form="application/x-ndjson")
    assert (batch["rows"], batch["accepted"], batch["refused"]) == (3, 1, 2)
    errors = (await world.get(f"/v1/batches/{batch['id']}/errors", school))["items"]
    assert [(error["row"], error["code"]) for error in errors] == [
        (1, "issuer_unsaid"),
        (3, "malformed_record"),
        (4, "bad_format"),
    ]


async def test_duplicates_are_refused_within_the_batch_and_against_live_applications(world):
    school, plan_id = await world.school(), await world.plan()
    await world.finished_batch(school, plan_id, csv_of([1, 2]))
    far = [*range(3, 900), 3]  # the repetition falls into another transaction than the first
    batch = await world.finished_batch(school, plan_id, csv_of([2, 5000, 5000, *far]))
    assert (batch["accepted"], batch["refused"]) == (898, 3)
    errors = (await world.get(f"/v1/batches/{batch['id']}/errors", school))["items"]
    assert [(error["row"], error["code"]) for error in errors] == [
        (2, "already_applied"),
        (4, "duplicate_in_batch"),
        (902, "duplicate_in_batch"),
    ]
    assert (await world.finished_batch(school, await world.plan(), csv_of([1, 2])))["accepted"] == 2


async def test_two_batches_with_the_same_people_in_opposite_order_take_each_person_once(world):
    plan_id = await world.plan()
    people = list(range(1, 1_501))
    for content in (csv_of(people), csv_of(reversed(people))):
        await world.upload(await world.school(), plan_id, content)

    async def work():
        intake = world.intake()
        while batch := await intake.claim():
            await intake.process(batch, Never())

    await asyncio.gather(work(), work())
    counts = await world.rows("SELECT status, total, accepted, refused FROM batch")
    assert all((row.status, row.accepted + row.refused) == ("finished", row.total) for row in counts)
    assert sum(row.accepted for row in counts) == 1_500
    assert (await world.rows("SELECT count(*), count(DISTINCT person_index) AS people FROM application"))[0] == (
        1500,
        1500,
    )


async def test_a_killed_worker_is_followed_by_another_after_the_last_committed_row(world):
    school, plan_id = await world.school(), await world.plan()
    answer = await world.upload(school, plan_id, "".join(batches.generate(2_000, seed=2)).encode())
    dying = world.intake(lease=timedelta(0))

    class AfterSecond:
        asked = 0

        def is_set(self):
            self.asked += 1
            if self.asked == 2:
                raise KeyboardInterrupt  # leaves at once, as a kill does
            return False

    with pytest.raises(KeyboardInterrupt):
        await dying.process(await dying.claim(), AfterSecond())
    half = await world.get(f"/v1/batches/{answer.json()['id']}", school)
    assert (half["status"], half["accepted"] + half["refused"]) == ("processing", 1_000)
    await world.work_through()
    done = await world.get(f"/v1/batches/{answer.json()['id']}", school)
    assert (done["accepted"], done["refused"]) == (1_960, 40)
    assert (await world.rows("SELECT count(*) AS n, count(DISTINCT row_no) AS r FROM application"))[0] == (1960, 1960)
    assert (await world.rows("SELECT count(DISTINCT row_no) AS n FROM row_error"))[0].n == 40


async def test_a_worker_that_lost_its_lease_changes_nothing_more(world):
    school, plan_id = await world.school(), await world.plan()
    await world.upload(school, plan_id, csv_of(range(1, 1_201)))
    slow, quick = world.intake(lease=timedelta(0)), world.intake()
    claimed = await slow.claim()
    assert claimed is not None

    class Overtaken:
        done = False

        def is_set(self):
            return False

    taken = await quick.claim()
    await quick.process(taken, Overtaken())
    with pytest.raises(LeaseLost):
        await slow.process(claimed, Never())
    assert (await world.rows("SELECT accepted, refused FROM batch"))[0] == (1200, 0)


async def test_a_held_batch_is_not_claimed_by_another(world):
    await world.upload(await world.school(), await world.plan(), csv_of([1]))
    assert await world.intake().claim() is not None
    assert await world.intake().claim() is None


async def test_a_stopping_worker_gives_the_batch_back_at_once(world):
    await world.upload(await world.school(), await world.plan(), csv_of(range(1, 1_201)))
    stopping = world.intake()

    class Now:
        def is_set(self):
            return True

    await stopping.process(await stopping.claim(), Now())
    await world.work_through()
    assert (await world.rows("SELECT status, accepted FROM batch"))[0] == ("finished", 1200)


async def test_a_batch_that_cannot_be_processed_ends_as_failed(world):
    await world.upload(await world.school(), await world.plan(), csv_of([1]))
    await world.rows("UPDATE batch SET attempts = 10 RETURNING id")
    await world.work_through()
    assert (await world.rows("SELECT status, failure->>'code' AS code FROM batch"))[0] == (
        "failed",
        "cannot_be_processed",
    )


async def test_nothing_personal_is_stored_in_clear(world):
    school, plan_id = await world.school(), await world.plan()
    await world.upload(school, plan_id, csv_of([1]))
    tables = ("batch_upload", "application", "row_error", "batch", "audit", "idempotency", "outbox")
    waiting = [await world.rows(f"SELECT CAST(to_jsonb(t) AS text) AS text FROM {table} t") for table in tables]
    await world.work_through()
    stored = [await world.rows(f"SELECT CAST(to_jsonb(t) AS text) AS text FROM {table} t") for table in tables]
    text = "".join(row.text for rows in waiting + stored for row in rows)
    assert "张三" not in text
    assert batches.resident_number(1) not in text
    assert "张三".encode().hex() not in text
    assert batches.resident_number(1).encode().hex() not in text
