"""How written materials are named in a cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registration.domain.materials import Material, MaterialKind, material_of, read_materials

DIGEST = "ab" * 32
MATERIALS = st.builds(
    Material,
    st.sampled_from(MaterialKind),
    st.binary(min_size=32, max_size=32).map(bytes.hex),
    st.integers(1, 10**12 - 1),
)


@given(st.lists(MATERIALS, max_size=20), st.sampled_from(":："), st.sampled_from([";", "；", " ; ", ";;"]))
def test_up_to_twenty_materials_read_back_in_either_width(materials, inner, outer):
    cell = outer.join(inner.join((each.kind, each.sha256.upper(), str(each.size))) for each in materials)
    assert read_materials(cell) == tuple(materials)


@pytest.mark.parametrize(
    "cell",
    [
        "photo",
        f"photo:{DIGEST}",
        f"photo:{DIGEST}:1:1",
        f"selfie:{DIGEST}:1",
        f"photo:{DIGEST[:-1]}:1",
        f"photo:{DIGEST[:-1]}x:1",
        f"photo:{DIGEST}:0",
        f"photo:{DIGEST}:-1",
        f"photo:{DIGEST}:１",
        f"photo:{DIGEST}:1;selfie:{DIGEST}:1",
        ";".join([f"photo:{DIGEST}:1"] * 21),
    ],
)
def test_a_cell_is_read_as_a_whole_or_not_at_all(cell):
    assert read_materials(cell) is None


def test_kinds_have_the_titles_that_schools_use():
    titles = ("申请表", "证件扫描件", "照片", "在籍证明", "学历证书", "书面材料", "其他")
    found = [material_of(f" {title} ", DIGEST, " 7 ") for title in titles]
    assert found == [Material(kind, DIGEST, 7) for kind in MaterialKind]
