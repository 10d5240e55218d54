"""Refusals speak both languages and point at their place."""

import pytest

from services.grading.application.errors import incomplete, refusal, score_pointer
from services.grading.domain.completeness import Lack, Shortfall
from services.grading.domain.scoring import ScoreFault


@pytest.mark.parametrize("fault", list(ScoreFault))
def test_every_score_fault_has_words(fault):
    told = refusal("/items/0", fault.value)
    assert told.zh
    assert told.en
    assert told.code == fault.value


@pytest.mark.parametrize("lack", list(Lack))
def test_every_lack_has_words_with_its_count(lack):
    (told,) = incomplete([Shortfall(lack, 17)]).errors
    assert told.code == lack.value
    assert lack is Lack.EXAM_NOT_FINISHED or ("17" in told.zh and "17" in told.en)


def test_pointers_are_escaped():
    assert score_pointer(3, "xb2b:junior:1.1.1") == "/items/3/scores/xb2b:junior:1.1.1"
    assert score_pointer(0, "a/b~c") == "/items/0/scores/a~1b~0c"
