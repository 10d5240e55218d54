"""What keeps marking open and results back."""

from services.grading.domain.completeness import Expected, Known, Lack, Shortfall, missing_to_close, missing_to_release

EXPECTED = Expected(candidates=10, works=8)


def test_marking_stays_open_until_the_exam_has_finished():
    assert missing_to_close(None, received=8, settled=8) == (Shortfall(Lack.EXAM_NOT_FINISHED, 1),)


def test_marking_stays_open_while_works_are_missing_or_unsettled():
    assert missing_to_close(EXPECTED, received=6, settled=5) == (
        Shortfall(Lack.WORKS_NOT_RECEIVED, 2),
        Shortfall(Lack.WORKS_NOT_SETTLED, 1),
    )
    assert missing_to_close(EXPECTED, received=8, settled=8) == ()
    assert missing_to_close(EXPECTED, received=9, settled=9) == ()


def test_results_wait_for_every_candidate_work_and_interview():
    lacks = missing_to_release(EXPECTED, Known(seated=9, unseated=1, without_practical=2, without_interview=3))
    assert lacks == (
        Shortfall(Lack.CANDIDATES_NOT_RECEIVED, 1),
        Shortfall(Lack.WORKS_NOT_UNSEALED, 2),
        Shortfall(Lack.INTERVIEWS_NOT_SCORED, 3),
    )
    assert missing_to_release(EXPECTED, Known(seated=10, unseated=0, without_practical=0, without_interview=0)) == ()


def test_nobody_without_a_seat_gets_a_result():
    lacks = missing_to_release(EXPECTED, Known(seated=10, unseated=1, without_practical=0, without_interview=0))
    assert lacks == (Shortfall(Lack.CANDIDATES_NOT_RECEIVED, 1),)
