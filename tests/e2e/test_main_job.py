"""The main job end to end, and what it must not leave behind: personal data in clear."""

from collections.abc import Iterator

import httpx
import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from kaozheng.demo.stage import Demo
from shared.events.topics import TOPICS
from shared.ids import new_id
from tests.e2e.job import EVENT_SERVICES, Job, job, people
from tests.worlds.waiting import PATIENCE

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    # the supervisor is meant to outlive the handle that started it
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

CANDIDATES = 120
#: Names of one or two characters may stand in ordinary words by chance.
LONG_ENOUGH = 3


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Job]:
    """A stack of its own."""
    with job(tmp_path_factory.mktemp("job")) as started:
        yield started


@pytest.fixture(scope="module")
def demo(running: Job) -> Demo:
    """The main job, done."""
    return running.run(CANDIDATES, seed=7)


@pytest.fixture(scope="module")
def secrets_of_people(demo: Demo) -> set[bytes]:
    """What must stay sealed: names, document numbers and phones of the batch."""
    rows = people(demo.facts["batch_path"])
    names = {row["姓名"].strip() for row in rows}
    numbers = {row["证件号码"] for row in rows} | {row["手机号"] for row in rows}
    assert len(names) > CANDIDATES / 4
    texts = {name for name in names if len(name) >= LONG_ENOUGH} | {number for number in numbers if len(number) > 6}
    escaped = {text.encode("unicode_escape") for text in texts}
    return {text.encode() for text in texts} | escaped


def leaks(haystack: bytes, needles: set[bytes]) -> list[bytes]:
    """Return the secrets that stand in the text."""
    return sorted(needle for needle in needles if needle in haystack)


def test_every_sum_holds(demo: Demo) -> None:
    assert demo.tally.broken() == []
    assert demo.facts.get("faults", []) == []
    assert demo.tally.absent > 0
    assert demo.tally.failed > 0
    assert demo.tally.third_marks > 0


def test_one_journey_is_seen_in_all_services(demo: Demo) -> None:
    assert {"registration", "exam", "grading", "certificate"} <= set(demo.facts["journey"]["services"])


async def test_messages_carry_no_personal_data(running: Job, demo: Demo, secrets_of_people: set[bytes]) -> None:
    records = await all_records(running.bootstrap_servers)
    assert len(records) > 7 * demo.tally.admitted
    assert leaks(b"\n".join(records), secrets_of_people) == []


async def all_records(bootstrap: str) -> list[bytes]:
    """Return every record of every topic: key, headers and value."""
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    places = [
        TopicPartition(topic, number) for topic in TOPICS for number in await consumer_partitions(consumer, topic)
    ]
    consumer.assign(places)
    await consumer.seek_to_beginning()
    found: list[bytes] = []
    while batch := await consumer.getmany(timeout_ms=2_000):
        for messages in batch.values():
            found += [b"|".join([m.key or b"", m.value or b"", *(value for _, value in m.headers)]) for m in messages]
    await consumer.stop()
    return found


async def consumer_partitions(consumer: AIOKafkaConsumer, topic: str) -> set[int]:
    """Return the partitions of a topic, asking the broker if need be."""
    await consumer._client.force_metadata_update()
    consumer._client.add_topic(topic)
    await consumer._client.force_metadata_update()
    return consumer.partitions_for_topic(topic) or set()


def test_logs_carry_no_personal_data(running: Job, demo: Demo, secrets_of_people: set[bytes]) -> None:
    logs = b"\n".join(log.read_bytes() for log in running.state.logs.iterdir())
    assert b"http.request.answered" in logs
    numbers = {certificate["number"].encode() for certificate in demo.facts["certificates"]}
    assert leaks(logs, secrets_of_people | numbers) == []


async def test_spans_carry_no_personal_data(running: Job, demo: Demo, secrets_of_people: set[bytes]) -> None:
    spans = await running.rows("operations", "SELECT to_jsonb(span)::text AS everything FROM span")
    assert len(spans) > demo.tally.admitted
    everything = "\n".join(span["everything"] for span in spans).encode()
    numbers = {certificate["number"].encode() for certificate in demo.facts["certificates"]}
    assert leaks(everything, secrets_of_people | numbers) == []


@pytest.mark.parametrize("service", EVENT_SERVICES)
async def test_tables_hold_personal_data_only_sealed(
    running: Job, demo: Demo, secrets_of_people: set[bytes], service: str
) -> None:
    assert demo.tally.certificates
    tables = await running.rows(service, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for table in tables:
        rows = await running.rows(service, f'SELECT t::text AS everything FROM "{table["tablename"]}" AS t')
        # bytea shows as hexadecimal: look at the bytes themselves
        everything = "\n".join(row["everything"] for row in rows).encode()
        hexadecimal = {secret.hex().encode() for secret in secrets_of_people}
        assert leaks(everything, secrets_of_people | hexadecimal) == [], table["tablename"]


def test_problems_echo_no_personal_data(running: Job, demo: Demo) -> None:
    private = {"name": "欧阳测试甲", "document_number": "11010120000101001X", "phone": "abc-phone"}
    person = private | {"document_type": "居民身份证", "unexpected": "更多隐私"}
    body = {"plan_id": demo.facts["plan_id"], "person": person, "materials": []}
    token = running.stack.issue("school", "school", institution_id=new_id())
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "problem"}
    url = f"{running.stack.url('registration')}/v1/applications"
    answer = httpx.post(url, json=body, headers=headers, trust_env=False, timeout=PATIENCE)
    assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    assert "problem+json" in answer.headers["content-type"]
    assert leaks(answer.content, {value.encode() for value in [*private.values(), "更多隐私"]}) == []
