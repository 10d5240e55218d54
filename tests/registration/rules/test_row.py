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


def test_good_row_is_accepted_in_normal_form():
    accepted = check_row(GOOD | {"document_number": "１１０１０１２００００１０１００１０"}, ENTRY)
    assert isinstance(accepted, Accepted)
    assert accepted.person.document_number == "110101200001010010"
    assert [material.kind for material in accepted.materials] == [MaterialKind.ID_SCAN, MaterialKind.PHOTO]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"name": ""}, "姓名", "required"),
        ({"document_type": ""}, "证件类型", "required"),
        ({"document_type": "学生证"}, "证件类型", "unknown_document_type"),
        ({"document_number": ""}, "证件号码", "required"),
        ({"document_number": "230103199902290018"}, "证件号码", "impossible_date"),
        ({"phone": "12345"}, "手机号", "bad_phone"),
        ({"class_name": "班" * 200}, "班级", "too_long"),
        ({"materials": "id_scan:xyz:1"}, "材料", "bad_material"),
        ({"materials": f"selfie:{DIGEST}:1"}, "材料", "bad_material"),
    ],
)
def test_one_fault_is_located(change, field, code):
    assert check_row(GOOD | change, ENTRY) == (FieldError(field, code),)


def test_all_faults_of_a_row_are_named_at_once():
    faults = check_row({"phone": "1"}, Entry(ENTRY.today, requires_materials=True))
    assert faults == (
        FieldError("姓名", "required"),
        FieldError("证件类型", "required"),
        FieldError("证件号码", "required"),
        FieldError("手机号", "bad_phone"),
        FieldError("材料", "materials_required"),
    )


def test_phone_and_materials_may_be_left_out():
    row = {key: GOOD[key] for key in ("name", "document_type", "document_number")}
    accepted = check_row(row, ENTRY)
    assert isinstance(accepted, Accepted)
    assert accepted.person.phone is None
