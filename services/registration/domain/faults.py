"""What can be wrong with one field of an application: a code, and what to do about it in Chinese and English."""

from dataclasses import dataclass

#: Code -> (Chinese, English). The texts never contain the value that was refused.
MESSAGES: dict[str, tuple[str, str]] = {
    "required": ("此项必填。", "This field is required."),
    "too_long": ("内容过长，请缩短后重试。", "The value is too long; shorten it."),
    "bad_characters": (
        "含有不允许的字符，请删除后重试。",
        "Remove the characters that are not allowed.",
    ),
    "private_use_character": (
        "含有私用区编码的生僻字，请改用国家标准 GB 18030 中的编码。",
        "A rare character is coded in the private use area; use its GB 18030 code.",
    ),
    "unknown_document_type": (
        "证件类型无法识别，请填写居民身份证、护照、港澳居民来往内地通行证等。",
        "Unknown document type; use resident ID, passport, Hong Kong/Macau permit or another listed type.",
    ),
    "bad_format": (
        "证件号码的位数或格式不符合该证件类型。",
        "The number has not the form of this document type.",
    ),
    "unknown_region": (
        "证件号码前两位不是有效的行政区划代码。",
        "The first two digits are not a known administrative region.",
    ),
    "impossible_date": (
        "证件号码中的出生日期不存在，请核对第 7 至 14 位。",
        "The birth date in the number does not exist; check digits 7 to 14.",
    ),
    "future_date": ("证件号码中的出生日期晚于今天。", "The birth date in the number lies in the future."),
    "wrong_check_digit": (
        "证件号码校验码错误，请核对是否抄错一位。",
        "The check character is wrong; look for a mistyped digit.",
    ),
    "bad_phone": ("手机号应为 11 位中国大陆号码。", "The phone must be an 11-digit mainland China mobile number."),
    "materials_required": (
        "该考核计划要求提交书面材料。",
        "This exam plan requires written materials.",
    ),
    "bad_material": (
        "材料应写为“种类:SHA-256:字节数”，多份以分号隔开。",
        "Write each material as kind:SHA-256:size, separated by semicolons.",
    ),
    "extra_cells": ("本行的单元格多于表头。", "This row has more cells than the header."),
    "malformed_record": ("本行不是有效的 JSON 对象。", "This line is not a JSON object."),
    "unknown_key": ("含有无法识别的键名。", "The record has a key that is not known."),
    "wrong_type": ("此项应为文本。", "The value must be text."),
    "duplicate_in_batch": (
        "该人员在本批次中重复出现，已保留第一次。",
        "This person appears earlier in the batch; the first row was kept.",
    ),
    "already_applied": (
        "该人员已有同一考核计划的有效申请。",
        "This person already has a live application for the same exam plan.",
    ),
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault of one field. `field` is the Chinese header of the column, or empty for the row as a whole."""

    field: str
    code: str

    @property
    def zh(self) -> str:
        """Return what to do, in Chinese."""
        return MESSAGES[self.code][0]

    @property
    def en(self) -> str:
        """Return what to do, in English."""
        return MESSAGES[self.code][1]
