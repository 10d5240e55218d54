"""Names, phones and masks."""

import pytest

from services.registration.domain import person


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("张三", "张三"),
        (" 张　三 ", "张三"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("𠮷野〇", "𠮷野〇"),
        ("Anna  O'Neill", "Anna O'Neill"),
        ("Jose\u0301", "José"),
    ],
)
def test_name_is_normalised_and_accepted(written, normal):
    assert person.normalise_name(written) == normal
    assert person.name_fault(normal) is None


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "required"),
        ("张", "bad_characters"),
        ("张3", "bad_characters"),
        ("·张三", "bad_characters"),
        ("张三<b>", "bad_characters"),
        ("张\ue000", "private_use_character"),
        ("张\x00三", "bad_characters"),
        ("王" * 61, "too_long"),
    ],
)
def test_name_is_refused(name, fault):
    assert person.name_fault(name) == fault


@pytest.mark.parametrize("written", ["13800000001", "+86 138-0000-0001", "１３８００００００01", "008613800000001"])
def test_phone_is_normalised(written):
    assert person.normalise_phone(written) == "13800000001"


@pytest.mark.parametrize("phone", ["12800000001", "1380000000", "138000000012", "phone"])
def test_phone_is_refused(phone):
    assert person.phone_fault(phone) == "bad_phone"


def test_masks_hide_what_identifies():
    assert person.mask_name("张三") == "张*"
    assert person.mask_number("110101200001010010") == "1101**********0010"
    assert person.mask_number("E12345678") == "E*******8"
    assert person.mask_phone("13800000001") == "138****0001"


def test_free_text_is_short_and_printable():
    assert person.text_fault("电子商务") is None
    assert person.text_fault("a\x00b") == "bad_characters"
    assert person.text_fault("字" * 101) == "too_long"
