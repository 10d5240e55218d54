"""What the catalogue lists, which edition it gives, and what it says of files that are no use."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.standards.catalogue import BUILT_IN, Catalogue
from shared.standards.documents import to_json, to_yaml
from shared.standards.edition import newest_first
from shared.standards.errors import FolderUnusable, StandardExists, StandardInvalid, StandardUnknown
from shared.standards.model import SkillStandard
from tests.standards.samples import standard
from tests.standards.strategies import standards, unhurried


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "standards").mkdir()
    return tmp_path


def put(folder: Path, code: str = "cafe", edition: str = "2021", **fields) -> Path:
    path = folder / "standards" / f"{code}@{edition}.yaml"
    path.write_text(to_yaml(standard(code, edition, **fields)), "utf-8")
    return path


def codes(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [(each.code, each.edition) for each in catalogue.standards()]


def faults(catalogue: Catalogue) -> list[str]:
    return [broken.message("en") for broken in catalogue.broken()]


def test_what_is_built_in_is_whole():
    assert {"kjdzsw", "xb2b"} <= {each.code for each in BUILT_IN.standards()}
    assert BUILT_IN.broken() == ()
    assert BUILT_IN.standard("xb2b") is BUILT_IN.standard("xb2b", BUILT_IN.editions("xb2b")[0])


def test_the_folder_adds_to_what_is_built_in(folder: Path):
    put(folder)
    catalogue = Catalogue(folder)
    assert [each.code for each in catalogue.standards()] == sorted(
        ["cafe", *(each.code for each in BUILT_IN.standards())]
    )
    assert catalogue.standard("cafe") == standard()


def test_an_edition_of_the_folder_takes_the_place_of_the_built_in_one(folder: Path):
    built_in = BUILT_IN.standard("xb2b")
    official = built_in.model_copy(update={"title": "官方文本"})
    (folder / "standards" / f"xb2b@{built_in.edition}.yaml").write_text(to_yaml(official), "utf-8")
    catalogue = Catalogue(folder)
    assert catalogue.standard("xb2b").title == "官方文本"
    assert catalogue.editions("xb2b") == (built_in.edition,)


def test_the_newest_edition_comes_first(folder: Path):
    for edition in ("undated", "2.0", "10.0", "9"):
        put(folder, edition=edition)
    put(folder, edition="11.0", status="draft")
    put(folder, edition="12.0", status="withdrawn")
    catalogue = Catalogue(folder)
    assert catalogue.editions("cafe") == ("10.0", "9", "2.0", "undated", "11.0", "12.0")
    assert catalogue.standard("cafe").edition == "10.0"
    assert ("cafe", "10.0") in codes(catalogue)
    assert catalogue.standard("cafe", "2.0").edition == "2.0"


def test_what_is_unknown_is_refused_with_what_is_known(folder: Path):
    put(folder)
    catalogue = Catalogue(folder)
    with pytest.raises(StandardUnknown, match=r"'tea'; stored are: cafe, "):
        catalogue.standard("tea")
    with pytest.raises(StandardUnknown, match=r"'cafe@1999'; stored are: cafe@2021\."):
        catalogue.standard("cafe", "1999")
    assert catalogue.editions("tea") == ()


def test_a_file_that_is_put_changed_or_removed_is_noticed_at_once(folder: Path):
    catalogue = Catalogue(folder)
    assert catalogue.editions("cafe") == ()
    path = put(folder)
    first = catalogue.standard("cafe")
    assert catalogue.standard("cafe") is first
    put(folder, title="茶馆运营")
    assert catalogue.standard("cafe").title == "茶馆运营"
    path.write_text("code: [", "utf-8")
    with pytest.raises(StandardInvalid):
        catalogue.standard("cafe")
    path.unlink()
    with pytest.raises(StandardUnknown):
        catalogue.standard("cafe")


def test_a_file_replaced_within_one_tick_of_the_clock_is_noticed(folder: Path):
    path = put(folder, title="咖啡店运营")
    catalogue = Catalogue(folder)
    assert catalogue.standard("cafe").title == "咖啡店运营"
    before = path.stat()
    other = put(folder, edition="9", title="咖啡馆运营").rename(path.with_suffix(".part"))
    other.write_text(path.read_text("utf-8").replace("咖啡店运营", "咖啡馆运营"), "utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.rename(path)
    assert (path.stat().st_mtime_ns, path.stat().st_size) == (before.st_mtime_ns, before.st_size)
    assert catalogue.standard("cafe").title == "咖啡馆运营"


def test_a_broken_file_names_itself_and_hides_no_other(folder: Path):
    put(folder)
    (folder / "standards" / "tea@1.yaml").write_text("code: tea\ntitel: 茶\n", "utf-8")
    catalogue = Catalogue(folder)
    assert ("cafe", "2021") in codes(catalogue)
    [fault] = faults(catalogue)
    assert "tea@1.yaml" in fault
    for edition in (None, "1"):
        with pytest.raises(StandardInvalid, match="line 1, column 1: title is missing") as refused:
            catalogue.standard("tea", edition)
        assert refused.value.errors


def test_an_edition_whose_file_is_broken_is_not_given_in_the_built_in_wording(folder: Path):
    edition = BUILT_IN.standard("xb2b").edition
    (folder / "standards" / f"xb2b@{edition}.yaml").write_text("code: xb2b\n", "utf-8")
    catalogue = Catalogue(folder)
    with pytest.raises(StandardInvalid):
        catalogue.standard("xb2b")
    assert "xb2b" not in {each.code for each in catalogue.standards()}


def test_a_file_must_be_called_after_what_it_holds(folder: Path):
    put(folder).rename(folder / "standards" / "my-cafe.yaml")
    [fault] = faults(Catalogue(folder))
    assert "my-cafe.yaml" in fault
    assert "Rename the file to cafe@2021.yaml" in fault


def test_an_underscore_will_do_where_no_at_sign_is_allowed(folder: Path):
    put(folder).rename(folder / "standards" / "cafe_2021.yaml")
    assert Catalogue(folder).standard("cafe") == standard()


def test_of_two_files_with_the_same_edition_neither_counts(folder: Path):
    put(folder)
    (folder / "standards" / "cafe@2021.json").write_text(to_json(standard(title="别的")), "utf-8")
    catalogue = Catalogue(folder)
    assert ["It is the same version as" in fault for fault in faults(catalogue)] == [True, True]
    with pytest.raises(StandardInvalid, match="keep one"):
        catalogue.standard("cafe")
    catalogue.save(standard(), replace=True)
    assert catalogue.standard("cafe") == standard()
    assert faults(catalogue) == []


def test_other_files_and_folders_are_left_alone(folder: Path):
    (folder / "standards" / "notes.txt").write_text("code: [", "utf-8")
    (folder / "standards" / ".cafe@2021.yaml").write_text("code: [", "utf-8")
    (folder / "standards" / "folder.yaml").mkdir()
    os.mkfifo(folder / "standards" / "pipe.yaml")
    assert faults(Catalogue(folder)) == []


def test_a_link_counts_as_the_file_it_leads_to_and_a_dead_one_is_reported(folder: Path, tmp_path: Path):
    """As Kubernetes mounts a ConfigMap: a link to a file in a hidden folder that is itself swapped by a link."""
    versions = folder / "standards" / "..data"
    for name, title in (("..1", "旧"), ("..2", "新")):
        (folder / "standards" / name).mkdir()
        (folder / "standards" / name / "cafe_2021.yaml").write_text(to_yaml(standard(title=title)), "utf-8")
    versions.symlink_to("..1")
    (folder / "standards" / "cafe_2021.yaml").symlink_to("..data/cafe_2021.yaml")
    catalogue = Catalogue(folder)
    assert catalogue.standard("cafe").title == "旧"
    swapped = folder / "standards" / "..new"
    swapped.symlink_to("..2")
    swapped.rename(versions)
    assert catalogue.standard("cafe").title == "新"
    versions.unlink()
    assert "It cannot be read (No such file or directory)" in faults(catalogue)[0]


def test_a_folder_that_is_missing_or_none_is_no_fault(tmp_path: Path):
    assert faults(Catalogue(tmp_path / "nowhere")) == []
    (tmp_path / "standards").write_text("a file", "utf-8")
    assert "Not a directory" in faults(Catalogue(tmp_path))[0]
    assert codes(Catalogue(tmp_path)) == codes(BUILT_IN)


def test_a_large_folder_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch):
    text = to_yaml(standard())
    for number in range(300):
        path = folder / "standards" / f"cafe-{number}@2021.yaml"
        path.write_text(text.replace("cafe", f"cafe-{number}"), "utf-8")
    catalogue = Catalogue(folder)
    assert len(catalogue.standards()) == 300 + len(BUILT_IN.standards())
    reads: list[Path] = []
    monkeypatch.setattr(Path, "open", lambda path, *_, **__: reads.append(path))
    assert len(catalogue.standards()) == 300 + len(BUILT_IN.standards())
    assert reads == []


def test_a_saved_standard_is_there_for_everybody(folder: Path):
    path = Catalogue(folder).save(standard())
    assert path == folder / "standards" / "cafe@2021.yaml"
    assert path.stat().st_mode & 0o777 == 0o644
    assert Catalogue(folder).standard("cafe", "2021") == standard()
    assert [each.name for each in path.parent.iterdir() if each.suffix == ".part"] == []


def test_the_same_content_may_be_saved_again_and_other_content_only_on_demand(folder: Path):
    catalogue = Catalogue(folder)
    path = catalogue.save(standard())
    written = path.stat().st_mtime_ns
    assert catalogue.save(standard()) == path
    assert path.stat().st_mtime_ns == written
    with pytest.raises(StandardExists, match="Edition 2021 of the standard cafe"):
        catalogue.save(standard(title="别的"))
    assert catalogue.standard("cafe") == standard()
    catalogue.save(standard(title="别的"), replace=True)
    assert catalogue.standard("cafe").title == "别的"


def test_the_built_in_wording_is_replaced_on_demand_only(folder: Path):
    catalogue = Catalogue(folder)
    built_in = BUILT_IN.standard("xb2b")
    official = built_in.model_copy(update={"title": "官方文本"})
    with pytest.raises(StandardExists):
        catalogue.save(official)
    catalogue.save(official, replace=True)
    assert catalogue.standard("xb2b").title == "官方文本"


def test_a_broken_file_is_not_overwritten_unless_that_is_wanted(folder: Path):
    path = folder / "standards" / "cafe@2021.json"
    path.write_text('{"code": "cafe"}', "utf-8")
    with pytest.raises(StandardExists):
        Catalogue(folder).save(standard())
    Catalogue(folder).save(standard(), replace=True)
    assert not path.exists()
    assert Catalogue(folder).standard("cafe") == standard()


def test_a_missing_folder_is_made_by_saving(tmp_path: Path):
    Catalogue(tmp_path / "a" / "b").save(standard())
    assert Catalogue(tmp_path / "a" / "b").standard("cafe") == standard()


def test_without_a_usable_folder_nothing_is_saved(tmp_path: Path):
    with pytest.raises(FolderUnusable, match="no folder"):
        BUILT_IN.save(standard())
    (tmp_path / "standards").write_text("a file", "utf-8")
    with pytest.raises(FolderUnusable, match="File exists"):
        Catalogue(tmp_path).save(standard())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_only_be_read_serves_and_refuses_to_save(folder: Path):
    put(folder)
    (folder / "standards").chmod(0o500)
    try:
        catalogue = Catalogue(folder)
        assert catalogue.standard("cafe") == standard()
        with pytest.raises(FolderUnusable, match="Permission denied"):
            catalogue.save(standard(edition="2022"))
    finally:
        (folder / "standards").chmod(0o700)


def test_a_link_in_the_place_of_a_file_is_replaced_and_not_followed(folder: Path, tmp_path: Path):
    outside = tmp_path / "outside.yaml"
    outside.write_text(to_yaml(standard()), "utf-8")
    (folder / "standards" / "cafe@2021.yaml").symlink_to(outside)
    Catalogue(folder).save(standard(title="别的"), replace=True)
    assert outside.read_text("utf-8") == to_yaml(standard())
    assert Catalogue(folder).standard("cafe").title == "别的"


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".", "..", "a\x00b", "x\n", "@", "A/../../etc"])
def test_no_code_or_edition_leads_out_of_the_folder(name: str):
    with pytest.raises(ValueError, match="string_pattern_mismatch"):
        standard(edition=name)
    with pytest.raises(ValueError, match="string_pattern_mismatch"):
        standard(code=name)


@pytest.mark.parametrize("edition", ["1..2", "0-", "a.b-c", "Z" * 40])
def test_an_odd_edition_is_saved_and_found(folder: Path, edition: str):
    Catalogue(folder).save(standard(edition=edition))
    assert Catalogue(folder).editions("cafe") == (edition,)


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
