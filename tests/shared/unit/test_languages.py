import pytest

from shared.web.languages import preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh"),
        ("", "zh"),
        ("*", "zh"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-US,en;q=0.9,zh;q=0.8", "en"),
        ("zh;q=0.2, en;q=0.7", "en"),
        ("fr, de;q=0.5", "zh"),
        ("fr, en;q=0.1", "en"),
        ("en;q=0", "zh"),
        ("zh;q=0, *", "zh"),
        ("en;q=banana", "zh"),
        (";;;,,", "zh"),
    ],
)
def test_the_better_of_two_languages_is_chosen(header, language):
    assert preferred(header) == language
