"""The order in which people are drawn."""

import hashlib
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.exam.domain.roll import Entrant, Roll


@settings(max_examples=60)
@given(st.lists(st.one_of(st.none(), st.integers(1, 3)), max_size=30), st.text(max_size=5), st.integers(1, 9))
def test_the_draw_is_the_order_of_the_hashes_that_anybody_can_compute(of, seed, run) -> None:
    entrants = [Entrant(UUID(int=number + 1), school and UUID(int=10**9 + school)) for number, school in enumerate(of)]

    def lot(one: UUID) -> str:
        return hashlib.sha256(seed.encode() + b"|" + one.bytes).hexdigest()

    expected = sorted((lot(school or person), lot(person), person) for person, school in entrants)
    roll = Roll(entrants)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("services.exam.domain.roll._RUN", run)
        assert [roll.person(at) for at in roll.drawn(seed)] == [person for *_, person in expected]


@given(st.lists(st.one_of(st.none(), st.integers(1, 4)), max_size=20))
def test_schoolmates_have_one_number_and_who_has_no_school_has_one_alone(of: list[int | None]) -> None:
    schools = [UUID(int=10**9 + number) if number else None for number in of]
    entrants = [Entrant(UUID(int=at + 1), school) for at, school in enumerate(schools)]
    roll = Roll(entrants)
    assert [roll.person(at) for at in range(len(roll))] == [person for person, _ in entrants]
    for at, school in enumerate(schools):
        mates = [other for other in range(len(roll)) if roll.school(other) == roll.school(at)]
        assert mates == ([other for other, its in enumerate(schools) if its == school] if school else [at])
        assert school is None or roll.number(school) == roll.school(at)
    assert roll.number(UUID(int=1)) is None
