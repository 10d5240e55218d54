"""A tiny standard, the report of its import, and the program as tests call it."""

from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from kaozheng.cli import app
from kaozheng.importing.document import Line
from kaozheng.importing.report import Finding, Ledger, Missing, Report
from shared.standards.model import SkillStandard

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "importing" / "fixtures"


def make_standard(text: str = "泡茶", *, code: str = "tea", edition: str = "2021") -> SkillStandard:
    """Return a standard of one requirement in which every free text is, or holds, the given one."""
    named: dict[str, Any] = {"title": text, "title_en": text}
    rule = {"clause": text, "description": text, "description_en": text}
    requirement = {"code": f"{code}:junior:1.1.1", "clause": text, "description": text, "description_en": text}
    task = {"code": f"{code}:junior:1.1", "clause": text, **named, "requirements": [requirement | named]}
    unit = {"code": f"{code}:junior:1", "clause": text, **named, "tasks": [task, task | second_task(code, text)]}
    level = {
        "level": "junior",
        **named,
        **rule,
        "posts": {"employers": [named], "posts": [named]},
        "assessment": {"units": "one_unit", "parts": ["practical", "interview"], **rule},
        "units": [unit],
    }
    return SkillStandard.model_validate(
        {
            "code": code,
            "number": text,
            "edition": edition,
            "status": "published",
            "publisher": {"drafted_by": [text], "owner": text, "licensee": text},
            "scope": rule,
            "references": [{"number": text, "year": 2009, **named}],
            "terms": [{"clause": text, **named, "definition": text, "definition_en": text}],
            "majors": [{"school_type": "higher", **named, "catalogue": text, "majors": [named]}],
            "categories": [{"code": "brewing", **named}],
            "inclusion": {"kind": "higher_includes_lower", **rule},
            "levels": [level],
            **named,
        }
    )


def second_task(code: str, text: str) -> dict[str, Any]:
    """Return what differs in the second task, whose requirement is incomplete in nothing but its title."""
    requirement = {"code": f"{code}:junior:1.2.1", "clause": text, "description": text}
    return {"code": f"{code}:junior:1.2", "requirements": [requirement]}


def make_report(text: str = "烧水", *, doubts: int = 1) -> Report:
    """Return a report in which one line was used, one left out, and the others are doubtful."""
    lines = [Line(number=number, text=f"{text} {number}") for number in range(1, doubts + 3)]
    ledger = Ledger(lines)
    ledger.use(lines[0], "tea:junior:1.1.1")
    ledger.use(lines[0], text.replace(";", ","))
    ledger.ignore(lines[1], text)
    for line in lines[2:]:
        ledger.doubt(line, "number-gap", text, text)
    told, readings = ledger.close()
    found = (Finding(what=text, what_en=text, count=3),)
    missing = (Missing(code="scope", what=text, what_en=text),)
    return Report(file=text, found=found, doubts=told, missing=missing, readings=readings)


def invoke(state: Path, *arguments: str | Path) -> Result:
    """Run the program in this process, with a state folder of its own."""
    environment = {"KAOZHENG_STATE_DIR": str(state), "KAOZHENG_STANDARDS_DIR": None, "NO_COLOR": "1"}
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env=environment)
