"""What the parts and fields of a standard are called in sentences, in Chinese and English."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from shared.standards.items import Kind

#: How much of a text a line shows; a Chinese character says as much as two letters and is as wide.
_LONGEST = 80

KINDS: Mapping[Kind, tuple[str, str]] = {
    "standard": ("标准", "standard"),
    "reference": ("规范性引用文件", "reference"),
    "term": ("术语", "term"),
    "majors": ("院校类型", "type of school"),
    "major": ("专业", "major"),
    "category": ("职业技能分类", "category"),
    "level": ("等级", "level"),
    "employer": ("用人单位", "employer"),
    "post": ("岗位", "post"),
    "unit": ("单元", "unit"),
    "task": ("工作任务", "task"),
    "requirement": ("技能要求", "requirement"),
}

#: The last part of a field's name -> Chinese. In English a field is called as in the schema.
_FIELDS: Mapping[str, str] = {
    "assessment": "考核方式",
    "catalogue": "专业目录",
    "category": "所属分类",
    "clause": "条号",
    "code": "代码",
    "complete": "是否完整",
    "definition": "定义",
    "definition_en": "英文定义",
    "description": "说明",
    "description_en": "英文说明",
    "drafted_by": "起草单位",
    "edition": "版本",
    "inclusion": "等级涵盖关系",
    "kind": "种类",
    "level": "等级",
    "licensee": "使用权人",
    "number": "编号",
    "owner": "知识产权人",
    "parts": "考核内容",
    "publisher": "发布方",
    "school_type": "院校类型",
    "scope": "范围",
    "status": "状态",
    "title": "名称",
    "title_en": "英文名称",
    "units": "考核单元",
    "year": "年份",
}


def field_zh(name: str) -> str:
    """Return what a field such as `publisher.owner` is called in Chinese."""
    return "".join(_FIELDS.get(part, part) for part in name.split("."))


def value_zh(value: Any) -> str:
    """Return a field's value for a Chinese sentence."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return _shown(value, "无", "“{}”", "、")


def value_en(value: Any) -> str:
    """Return a field's value for an English sentence."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _shown(value, "none", '"{}"', ", ")


def _shown(value: Any, none: str, quoted: str, between: str) -> str:
    if value in (None, [], ""):
        return none
    if isinstance(value, list):
        return quoted.format(shortened(between.join(map(str, value))))
    return quoted.format(shortened(str(value)))


def shortened(text: str) -> str:
    """Return the beginning of a text, on one line."""
    line, width = " ".join(text.split()), 0
    for at, character in enumerate(line):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > _LONGEST:
            return line[:at] + "…"
    return line
