"""The queue against looking at everybody each time."""

from hypothesis import given
from hypothesis import strategies as st

from services.grading.domain.least_loaded import LeastLoaded

names = st.sampled_from("abcdef")


@given(
    st.lists(names, min_size=1, unique=True),
    st.dictionaries(names, st.integers(0, 5)),
    st.lists(st.sets(names), max_size=20),
)
def test_the_first_of_the_least_loaded_who_may_is_taken(order, loads, barred):
    queue = LeastLoaded(order, loads)
    expected = {name: loads.get(name, 0) for name in order}
    for nobody in barred:
        free = [name for name in order if name not in nobody]
        if not free:
            continue
        least = min(free, key=expected.__getitem__)
        expected[least] += 1
        assert queue.take(free.__contains__) == least
        assert queue.loads == expected
