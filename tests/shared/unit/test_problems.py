import pytest

CANARY = "canary-张三-110101199003070011"
VALID = {
    "title": "考试",
    "level": "junior",
    "places": 1,
    "opens_at": "2026-11-22T08:00:00Z",
    "plan_id": "01890000-0000-7000-8000-000000000000",
}


async def test_a_refusal_is_a_problem_in_chinese_unless_asked_otherwise(client):
    answer = await client.get("/v1/seats/7")
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == "zh"
    body = answer.json()
    assert body["type"] == "urn:kaozheng:problem:seat-taken"
    assert body["title"] == "当前状态不允许此操作。"
    assert body["detail"] == "机位 7 已被占用。"
    assert body["instance"] == f"urn:kaozheng:trace:{body['trace_id']}"
    assert answer.headers["x-trace-id"] == body["trace_id"]


async def test_a_refusal_is_in_english_when_asked(client):
    answer = await client.get("/v1/seats/7", headers={"accept-language": "en-GB,zh;q=0.5"})
    assert answer.headers["content-language"] == "en"
    assert answer.json()["detail"] == "Station 7 is taken."


async def test_located_faults_are_listed_in_the_callers_language(client):
    answer = await client.get("/v1/faults", headers={"accept-language": "en"})
    assert answer.json()["errors"] == [
        {"pointer": "/items/3/row", "code": "row-invalid", "message": "Row three is wrong."}
    ]


@pytest.mark.parametrize(
    ("change", "pointer", "code", "zh", "en"),
    [
        ({"title": None}, "/title", "string_type", "应为文本。", "This must be text."),
        ({"title": CANARY}, "/title", "string_too_long", "最多 4 个字符。", "At most 4 characters."),
        ({"title": "x"}, "/title", "string_too_short", "至少 2 个字符。", "At least 2 characters."),
        ({"level": CANARY}, "/level", "literal_error", "只能是：'junior', 'senior'。",
         "This must be one of: 'junior', 'senior'."),
        ({"places": CANARY}, "/places", "int_parsing", "应为整数。", "This must be a whole number."),
        ({"places": 0}, "/places", "greater_than_equal", "不得小于 1。", "This must be at least 1."),
        ({"opens_at": CANARY}, "/opens_at", "datetime_from_date_parsing", "应为带时区的 RFC 3339 时间。",
         "This must be an RFC 3339 time with its zone."),
        ({"opens_at": "2026-11-22T08:00:00"}, "/opens_at", "timezone_aware", "时间须带时区。",
         "The time must carry its zone."),
        ({"plan_id": CANARY}, "/plan_id", "uuid_parsing", "应为 UUID。", "This must be a UUID."),
        ({"extra": CANARY}, "/extra", "extra_forbidden", "没有此字段，请删除。", "There is no such field; remove it."),
    ],
)  # fmt: skip
async def test_invalid_input_is_located_in_both_languages_and_not_repeated(client, change, pointer, code, zh, en):
    for language, message in (("zh", zh), ("en", en)):
        answer = await client.post("/v1/entries", json=VALID | change, headers={"accept-language": language})
        assert answer.status_code == 422
        assert answer.json()["errors"] == [{"pointer": pointer, "code": code, "message": message}]
        assert "canary" not in answer.text


async def test_missing_fields_are_located(client):
    answer = await client.post("/v1/entries", json={})
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{name}" for name in VALID]
    assert answer.json()["errors"][0]["message"] == "此项必填。"


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"title": ' + CANARY.encode(), b"[1, 2"])
async def test_broken_json_is_refused_without_being_repeated(client, body):
    answer = await client.post("/v1/entries", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"
    assert "canary" not in answer.text


async def test_an_unknown_address_is_a_problem_that_does_not_repeat_it(client):
    answer = await client.get(f"/v1/nothing/{CANARY}")
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:kaozheng:problem:not-found")
    assert "canary" not in answer.text


async def test_a_wrong_method_is_a_problem_that_says_which_are_right(client):
    answer = await client.put("/v1/entries")
    assert (answer.status_code, answer.json()["type"]) == (405, "urn:kaozheng:problem:method-not-allowed")
    assert answer.headers["allow"] == "POST"


async def test_an_unexpected_failure_says_nothing_but_its_trace_id(client):
    answer = await client.get(f"/v1/certificates/{CANARY}/crash", headers={"accept-language": "en"})
    assert answer.status_code == 500
    body = answer.json()
    assert body["type"] == "urn:kaozheng:problem:error"
    assert body["detail"] == "Something went wrong."
    assert len(body["trace_id"]) == 32
    assert "canary" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("kind", ["connection", "40P01", "57P03", "55P03", "08006", "53300"])
async def test_trouble_of_the_database_that_passes_is_told_as_such(client, kind):
    answer = await client.get(f"/v1/trouble/{kind}")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:kaozheng:problem:unavailable")
    assert answer.headers["retry-after"] == "1"
    assert "canary" not in answer.text


async def test_a_fault_in_our_sql_is_no_passing_trouble(client):
    answer = await client.get("/v1/trouble/23505")
    assert (answer.status_code, answer.json()["type"]) == (500, "urn:kaozheng:problem:error")
    assert "canary" not in answer.text
