"""Address codes of all times, and none that never was."""

import pytest

from shared.persons.address_codes import is_address_code


@pytest.mark.parametrize("code", ["110101", "330100", "110103", "330113", "510202", "650000", "710000"])
def test_codes_of_all_times(code):
    assert is_address_code(code)


@pytest.mark.parametrize("code", ["999999", "000000", "110199", "810000", "11010", "１１０１０１", ""])
def test_no_codes(code):
    assert not is_address_code(code)
