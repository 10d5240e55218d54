"""Numbers of GB 11643 for tests: of nobody, with right check characters."""

from datetime import date

from hypothesis import strategies as st

from shared.persons.resident_numbers import check_character

TODAY = date(2026, 11, 28)
ADDRESSES = ("310115", "330106", "110103", "330113", "632857", "110110", "659001")


def whole(body: str) -> str:
    """Return 17 digits with their check character."""
    return body + check_character(body)


def number_of(address: str, born: date, sequence: int) -> str:
    """Return the number of somebody."""
    return whole(f"{address}{born:%Y%m%d}{sequence:03d}")


NUMBERS = st.builds(number_of, st.sampled_from(ADDRESSES), st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
