"""Fields of requests take what people type in one form, and say in both languages what cannot be shown."""

from typing import Annotated

import pytest
from pydantic import StringConstraints, TypeAdapter, ValidationError

from shared.web.texts import CODE, KEY, TIDY
from shared.web.validation import field_errors

_SHORT = StringConstraints(min_length=1, max_length=10)
NAME, SUBJECT, TICKET = (TypeAdapter(Annotated[str, _SHORT, form]) for form in (TIDY, KEY, CODE))


def test_each_kind_of_text_has_its_form():
    assert NAME.validate_python(" 示范　 站点\u200b ") == "示范 站点"
    assert SUBJECT.validate_python("Ｍarker-1 ") == "marker-1"
    assert TICKET.validate_python(" k3-m9 q2 ") == "K3M9Q2"


@pytest.mark.parametrize(
    ("text", "kind"), [(" \u200b", "string_too_short"), ("a" * 11, "string_too_long"), (7, "string_type")]
)
def test_limits_are_those_of_the_form(text, kind):
    with pytest.raises(ValidationError) as refused:
        NAME.validate_python(text)
    assert [error["type"] for error in refused.value.errors()] == [kind]
    assert NAME.validate_python("a" * 10 + " " * 10) == "a" * 10


def test_what_cannot_be_shown_is_named_by_its_place():
    with pytest.raises(ValidationError) as refused:
        NAME.validate_python("站\x07")
    [fault] = field_errors(refused.value.errors())
    assert fault.code == "unprintable_character"
    assert fault.zh == "第 2 个字符（U+0007）无法显示，请删除。"
    assert fault.en == "Character 2 (U+0007) cannot be shown; delete it."


def test_the_schema_keeps_the_limits():
    assert NAME.json_schema() == {"type": "string", "minLength": 1, "maxLength": 10}
