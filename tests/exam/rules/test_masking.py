"""How a name is shown."""

import pytest

from services.exam.domain.masking import mask_name


@pytest.mark.parametrize(("name", "shown"), [("张三丰", "张*"), ("张三", "张*"), ("王", "王*"), ("", "*")])
def test_a_name_shows_its_first_character_only(name: str, shown: str) -> None:
    assert mask_name(name) == shown
