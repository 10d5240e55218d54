"""Any standard survives being written and read; no text, however broken, does anything but be refused."""

import json
import re

import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from shared.standards.documents import json_schema, parse_standard, to_json, to_yaml
from shared.standards.errors import StandardInvalid
from shared.standards.faults import LocatedError
from shared.standards.model import SkillStandard
from tests.standards.property.strategies import standards, unhurried

BREAK = re.compile("[\n\r\x85\u2028\u2029]")
VALIDATOR = Draft202012Validator(json_schema())
#: What a slip of the hand, a bad editor or an attacker puts into a file.
SPLINTERS = (
    "\t", "\n", ":", "- ", "[", "}", "&a ", "*a", "<<: ", "'", '"', "|", "? ", "!!python/name:os ", "\x00", "\ud800",
    "\ufeff", "null", "---\n", "9" * 5000, "2023-13-01", "{" * 60,
)  # fmt: skip


@unhurried
@given(standards())
def test_every_standard_survives_yaml(standard: SkillStandard):
    assert parse_standard(to_yaml(standard), "any.yaml") == standard


@unhurried
@given(standards())
def test_every_standard_survives_json(standard: SkillStandard):
    text = to_json(standard)
    assert parse_standard(text, "any.json") == standard
    assert parse_standard(text, "any.yaml") == standard


@unhurried
@given(standards())
def test_both_forms_keep_to_the_json_schema(standard: SkillStandard):
    VALIDATOR.validate(json.loads(to_json(standard)))
    VALIDATOR.validate(yaml.safe_load(to_yaml(standard)))


@st.composite
def broken_texts(draw: st.DrawFn) -> str:
    """Return a standard's text with some places cut out, doubled or overwritten."""
    standard = draw(standards())
    text = draw(st.sampled_from((to_yaml, to_json)))(standard)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 200)))
        middle = draw(st.sampled_from(("", text[start:end] * 2, *SPLINTERS)))
        text = text[:start] + middle + text[end:]
    return text


@unhurried
@given(broken_texts(), st.sampled_from(("a.yaml", "a.json")))
def test_a_broken_text_is_read_or_refused_with_its_place(text: str, name: str):
    lines = len(BREAK.findall(text)) + 2
    for fault in faults(text, name):
        assert fault.zh
        assert fault.en
        assert fault.line is None or 1 <= fault.line <= lines


@unhurried
@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_refused(content: bytes):
    assert faults(content, "any.yaml")


def faults(text: str | bytes, name: str) -> tuple[LocatedError, ...]:
    """Return what is wrong with a text; nothing if it holds a standard."""
    try:
        parse_standard(text, name)
    except StandardInvalid as refused:
        return tuple(fault for fault in refused.errors if isinstance(fault, LocatedError))
    return ()
