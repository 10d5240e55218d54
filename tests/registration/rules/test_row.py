"""A row is accepted in normal form, or every fault of it is named."""

from datetime import date

import pytest

from services.registration.domain.faults import FieldError
from services.registration.domain.materials import MaterialKind
from services.registration.domain.row import Accepted, Entry, check_row

ENTRY = Entry(today=date(2026, 11, 22), requires_materials=False)
DIGEST = "ab" * 32
GOOD = {
    "name": "张三",
    "document_type": "居民身份证",
    "document_number": "110101200001010010",
    "phone": "13800000001",
    "major": "电子商务",
    "class_name": "2024级1班",
    "student_no": "20240001",
    "materials": f"id_scan:{DIGEST}:1024；照片：{DIGEST}：2048",
}


def accepted(change: dict[str, str]) -> Accepted:
    outcome = check_row(GOOD | change, ENTRY)
    assert isinstance(outcome, Accepted)
    return outcome


def test_good_row_is_accepted_in_normal_form():
    row = accepted({"document_number": "１１０１０１２００００１０１００１０"})
    assert row.person.document_number == "110101200001010010"
    assert [material.kind for material in row.materials] == [MaterialKind.ID_SCAN, MaterialKind.PHOTO]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"name": ""}, "姓名", "required"),
        ({"document_type": ""}, "证件类型", "required"),
        ({"document_type": "学生证"}, "证件类型", "unknown_document_type"),
        ({"document_number": ""}, "证件号码", "required"),
        ({"document_number": "230103199902290018"}, "证件号码", "impossible_date"),
        ({"document_number": "3.3E+17"}, "证件号码", "scientific_notation"),
        (
            {"document_type": "护照", "document_number": "E12345678", "document_issuer": ""},
            "证件签发国",
            "issuer_required",
        ),
        (
            {"document_type": "护照", "document_number": "E12345678", "document_issuer": "火星"},
            "证件签发国",
            "unknown_issuer",
        ),
        ({"class_name": "班" * 200}, "班级", "too_long"),
        ({"materials": "id_scan:xyz:1"}, "材料", "bad_material"),
        ({"materials": f"selfie:{DIGEST}:1"}, "材料", "bad_material"),
    ],
)
def test_one_fault_is_located(change, field, code):
    assert check_row(GOOD | change, ENTRY) == (FieldError(field, code),)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"name": "张3"}, FieldError("姓名", "bad_characters", 2, "3")),
        ({"name": "张?"}, FieldError("姓名", "lost_character", 2, "?")),
        ({"major": "电\x07商"}, FieldError("专业", "unprintable_character", 2, "U+0007")),
    ],
)
def test_a_fault_of_a_character_is_named_with_its_place(change, error):
    assert check_row(GOOD | change, ENTRY) == (error,)


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({"name": "张\u200b三"}, FieldError("姓名", "invisible_removed", 2, "U+200B")),
        ({"phone": "12345"}, FieldError("手机号", "phone_dropped")),
        ({"document_type": "护照", "document_number": "E12345678"}, FieldError("证件签发国", "issuer_unsaid")),
    ],
)
def test_what_was_mended_or_left_out_is_noted_and_refuses_nobody(change, note):
    row = accepted(change)
    assert row.notes == (note,)
    assert row.person.name == "张三"


@pytest.mark.parametrize("phone", ["", "无", "/", "12345"])
def test_a_phone_that_says_nothing_is_none(phone):
    assert accepted({"phone": phone}).person.phone is None


def test_the_issuing_state_is_kept_for_passports_only():
    passport = {"document_type": "护照", "document_number": "e1234 5678", "document_issuer": "韩国"}
    assert accepted(passport).person.document_issuer == "KOR"
    assert accepted({"document_issuer": "中国"}).person.document_issuer is None


def test_free_texts_are_tidied_and_unforced():
    texts = {"major": " 电子\u3000商务 ", "class_name": "２班\u200b", "student_no": "'2024001"}
    profile = accepted(texts).profile
    assert (profile.major, profile.class_name, profile.student_no) == ("电子 商务", "2班", "2024001")


def test_all_faults_of_a_row_are_named_at_once():
    faults = check_row({"document_issuer": "CHN"}, Entry(ENTRY.today, requires_materials=True))
    assert faults == (
        FieldError("姓名", "required"),
        FieldError("证件类型", "required"),
        FieldError("证件号码", "required"),
        FieldError("材料", "materials_required"),
    )


def test_phone_and_materials_may_be_left_out():
    row = {key: GOOD[key] for key in ("name", "document_type", "document_number")}
    outcome = check_row(row, ENTRY)
    assert isinstance(outcome, Accepted)
    assert outcome.person.phone is None
