"""States by their codes and names."""

import pytest

from shared.persons.issuing_states import issuing_state


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("CHN", "CHN"),
        ("中国", "CHN"),
        ("中华人民共和国", "CHN"),
        ("CHN 中国", "CHN"),
        ("中国（CHN）", "CHN"),
        ("韩国", "KOR"),
        ("kr", "KOR"),
        ("ＫＯＲ", "KOR"),
        (" South Korea ", "KOR"),
        ("D", "DEU"),
        ("德国", "DEU"),
        ("GBN", "GBR"),
        ("菲律宾共和国", "PHL"),
        ("荷兰王国", "NLD"),
        ("大韩民国", "KOR"),
        ("多米尼加共和国", "DOM"),
        ("刚果（金）", "COD"),
        ("Côte d’Ivoire", "CIV"),
        ("无国籍", "XXA"),
        ("", None),
        ("火星", None),
        ("XYZ", None),
        ("KOR PRK", None),
    ],
)
def test_state(written, code):
    assert issuing_state(written) == code
