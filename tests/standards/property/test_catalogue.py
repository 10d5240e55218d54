"""A catalogue gives back what was put in, and nobody ever reads half a file."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.standards.catalogue import BUILT_IN, Catalogue
from shared.standards.edition import newest_first
from shared.standards.errors import StandardExists
from shared.standards.model import SkillStandard
from tests.standards.property.strategies import standards, unhurried


@unhurried
@given(standards())
def test_what_is_saved_is_given_back(standard: SkillStandard):
    with TemporaryDirectory() as folder:
        path = Catalogue(Path(folder)).save(standard)
        assert Catalogue(Path(folder)).standard(standard.code, standard.edition) == standard
        assert path.parent == Path(folder) / "standards"
        assert Catalogue(Path(folder)).broken() == ()


@unhurried
@given(st.lists(standards(code=st.sampled_from(("a", "b"))), max_size=5))
def test_a_folder_is_what_was_saved_last(saved: list[SkillStandard]):
    with TemporaryDirectory() as folder:
        catalogue = Catalogue(Path(folder))
        expected: dict[tuple[str, str], SkillStandard] = {}
        for standard in saved:
            key = (standard.code, standard.edition)
            try:
                catalogue.save(standard)
            except StandardExists:
                assert expected[key] != standard
                catalogue.save(standard, replace=True)
            expected[key] = standard
        for code in ("a", "b"):
            editions = [standard for standard in expected.values() if standard.code == code]
            assert catalogue.editions(code) == tuple(each.edition for each in newest_first(editions))
        listed = [standard for standard in catalogue.standards() if standard.code in ("a", "b")]
        assert listed == [expected[standard.code, standard.edition] for standard in listed]
        assert len(catalogue.standards()) == len(BUILT_IN.standards()) + len({code for code, _ in expected})


@settings(max_examples=15)
@given(st.lists(standards(code=st.just("a"), edition=st.just("1")), min_size=2, max_size=4))
def test_who_reads_while_others_save_reads_one_of_the_versions(versions: list[SkillStandard]):
    with TemporaryDirectory() as folder:
        Catalogue(Path(folder)).save(versions[0])

        def save(standard: SkillStandard) -> None:
            for _ in range(5):
                Catalogue(Path(folder)).save(standard, replace=True)

        def read(_: int) -> list[SkillStandard]:
            catalogue = Catalogue(Path(folder))
            return [catalogue.standard("a", "1") for _ in range(20)]

        with ThreadPoolExecutor(max_workers=len(versions) + 2) as threads:
            saving = [threads.submit(save, version) for version in versions]
            reading = list(threads.map(read, range(2)))
        assert all(done.exception() is None for done in saving)
        assert all(standard in versions for standards_read in reading for standard in standards_read)
        assert Catalogue(Path(folder)).broken() == ()


@unhurried
@given(st.lists(standards(code=st.just("a")), max_size=6), st.randoms())
def test_the_order_of_editions_does_not_depend_on_the_order_of_files(editions: list[SkillStandard], shuffler):
    ordered = [each.edition for each in newest_first(editions) if each.status == "published"]
    shuffler.shuffle(editions)
    assert [each.edition for each in newest_first(editions) if each.status == "published"] == ordered
