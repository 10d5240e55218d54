"""Reads the standards that are stored as data files beside the code."""

from functools import cache
from importlib import resources

import yaml
from pydantic import ValidationError

from shared.standards.errors import StandardInvalid, StandardUnknown
from shared.standards.model import SkillStandard

_DATA = resources.files("shared.standards") / "data"


@cache
def standard_codes() -> tuple[str, ...]:
    """Return the codes of all stored standards, sorted."""
    return tuple(sorted(file.name.removesuffix(".yaml") for file in _DATA.iterdir() if file.name.endswith(".yaml")))


@cache
def load_standard(code: str) -> SkillStandard:
    """Return a stored standard; raise `StandardUnknown`, or `StandardInvalid` with the place of the first faults."""
    if code not in standard_codes():
        raise StandardUnknown(code=code, known=", ".join(standard_codes()))
    file = _DATA / f"{code}.yaml"
    standard = parse_standard(file.read_text(encoding="utf-8"), file.name)
    if standard.code != code:
        raise StandardInvalid(file=file.name, reason=f"code: the file holds '{standard.code}'")
    return standard


def parse_standard(text: str, name: str) -> SkillStandard:
    """Return the standard that a YAML text holds; raise `StandardInvalid`, naming the file and the places."""
    try:
        return SkillStandard.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise StandardInvalid(file=name, reason=str(error)) from None
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc'])) or 'document'}: {fault['msg']}" for fault in error.errors()]
        raise StandardInvalid(file=name, reason="; ".join(faults[:5])) from None
