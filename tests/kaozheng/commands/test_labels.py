"""Every word of the schema has its label in both languages."""

from typing import get_args

import pytest

from kaozheng.commands.standards import labels
from kaozheng.commands.standards.options import LevelName
from kaozheng.importing.report import Reading
from shared.standards.codes import LEVELS
from shared.standards.model import SkillStandard
from shared.standards.preamble import Assessment, Inclusion, Majors


def choices(annotation) -> set[str]:
    return set(get_args(annotation))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (labels.STATUSES, choices(SkillStandard.model_fields["status"].annotation)),
        (labels.LEVELS, set(LEVELS)),
        (labels.LEVELS, choices(LevelName)),
        (labels.SCHOOLS, choices(Majors.model_fields["school_type"].annotation)),
        (labels.INCLUSIONS, choices(Inclusion.model_fields["kind"].annotation)),
        (labels.SCOPES, choices(Assessment.model_fields["units"].annotation)),
        (labels.PARTS, choices(get_args(Assessment.model_fields["parts"].annotation)[0])),
        (labels.FATES, choices(Reading.model_fields["fate"].annotation)),
    ],
)
def test_no_word_lacks_its_label(table, words):
    assert set(table) == words
