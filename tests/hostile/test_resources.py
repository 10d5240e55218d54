"""What a hostile sender may cost: time, memory, and what is left behind in representations and in the store."""

import json

import pytest
from fastapi import FastAPI, Request

from services.certificate.entrypoints.public_api import address_of
from services.operations.domain import recording
from services.registration.application.batch_file import BadFile, BatchFormat, CsvRecords, records_of
from services.registration.application.clients import NewClient
from services.registration.domain.columns import BadHeader, read_header
from shared.web import strict_json
from shared.web.pages import CursorRefused, decode_cursor, encode_cursor
from shared.web.validation import UNNAMED, pointer
from tests.hostile.rig import Rig


def test_a_header_of_many_columns_is_refused() -> None:
    """So many that counting each column anew would take hours: the guard against hangs would end it."""
    with pytest.raises(BadHeader) as refused:
        read_header(["姓名", "证件类型", "证件号码"] * 400_000)
    assert refused.value.code == "repeated_column"


def test_a_row_of_many_cells_is_one_fault() -> None:
    header = "姓名,证件类型,证件号码\n".encode()
    [record] = CsvRecords("utf-8").feed(header + b"x," * 100_000 + b"x\n", final=True)
    assert (record.fault.code, len(record.cells)) == ("extra_cells", 3)


@pytest.mark.parametrize("form", list(BatchFormat))
def test_a_line_without_end_is_given_up_early(form: BatchFormat) -> None:
    reader, fed = records_of(form, "utf-8"), 0
    start = '姓名,证件类型,证件号码\n"'.encode() if form is BatchFormat.CSV else b'{"name": "'

    def feed_all() -> None:
        nonlocal fed
        for piece in (start, *[b"a" * 65_536] * 100):
            fed += 1
            list(reader.feed(piece))

    with pytest.raises(BadFile) as refused:
        feed_all()
    assert refused.value.code in {"record_too_long", "malformed_record"}
    assert fed <= 4


def test_addresses_of_one_ipv6_network_share_a_bucket() -> None:
    def seen(host: str) -> str:
        return address_of(Request({"type": "http", "client": (host, 1), "headers": []}))

    assert seen("2001:db8::1") == seen("2001:db8::ffff:2") != seen("2001:db8:0:1::1")
    assert seen("192.0.2.1") != seen("192.0.2.2")
    assert address_of(Request({"type": "http", "client": None, "headers": []})) == ""


def test_secrets_are_not_in_representations(rig: Rig) -> None:
    for name in ("operations", "registration", "certificate"):
        service = rig[name].service
        text = repr(service) + repr(service.deps) + repr(service.settings)
        for secret in ("'telemetry'", service.settings.index_key.get_secret_value(), "postgres:test@", ":test@"):
            assert secret not in text, (name, secret)
    page_key = rig["operations"].service.deps.page_key
    assert repr(page_key) not in repr(rig["operations"].service)
    assert "s3cret" not in repr(NewClient("kz-a", "s3cret", ()))


def test_attribute_names_are_kept_only_if_they_are_names() -> None:
    assert recording.is_kept("cert.batch.applied")
    for key in ("cert.batch.\0", "cert.batch.张三", "cert.batch." + "x" * 100, "person.name"):
        assert not recording.is_kept(key)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("title", "title"),
        ("xb2b:junior:1.1.1", "xb2b:junior:1.1.1"),
        ("a/b~", "a~1b~0"),
        ("张三", UNNAMED),
        ("11010519491231002X", UNNAMED),
        ("phone13800000001", UNNAMED),
        ("x" * 65, UNNAMED),
        ("\ud800", UNNAMED),
    ],
)
def test_a_pointer_repeats_only_what_looks_like_a_field(name: str, shown: str) -> None:
    assert pointer(["body", "items", 123_456, name]) == f"/items/123456/{shown}"


@pytest.mark.parametrize(("value", "kind"), [("\0", str), ("\ud800", str), (2**31, int), (-(2**31), int)])
def test_a_cursor_carries_only_what_the_database_can_compare(value: object, kind: type) -> None:
    with pytest.raises(CursorRefused):
        decode_cursor(encode_cursor(value), kind)
    assert decode_cursor(encode_cursor("第一考场", 2**31 - 1), str, int) == ("第一考场", 2**31 - 1)


def test_strict_json_takes_what_is_only_unusual() -> None:
    for text in ('"\\\\u0000"', '{"a": {"a": 1}}', '"\\ud83d\\ude00"', "\ufeff[]", '"张三"', "1e400"):
        assert strict_json.read(text.encode()) == json.loads(text.removeprefix("\ufeff"))
    for body in (b'"\\\\\\u0000"', b'[{"a": 1, "a": 1}]', b"\xff\xfe[\x00]\x00"):
        with pytest.raises(json.JSONDecodeError):
            strict_json.read(body)


def test_every_route_with_a_json_body_reads_it_strictly(live) -> None:
    app: FastAPI = live.app
    assert app.state.service is live.service
    routes = [route for router in live.service.routers for route in router.routes]
    lax = [route.path for route in routes if route.body_field and not isinstance(route, strict_json.StrictRoute)]
    assert lax == []
