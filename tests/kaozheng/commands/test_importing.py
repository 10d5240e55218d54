"""`import`: what is read is kept and told; what is refused says why and stops no other."""

import json
import shutil
from pathlib import Path

import pytest

from kaozheng.commands.standards import outcome as outcomes
from kaozheng.commands.standards.outcome import Outcome, import_one
from kaozheng.commands.standards.outcome_text import write_outcome
from kaozheng.commands.standards.paper import Paper
from kaozheng.commands.standards.wishes import Wishes
from kaozheng.importing.assemble import Imported
from shared.standards import BUILT_IN, Catalogue
from shared.standards.documents import parse_standard, to_yaml
from tests.kaozheng.commands.samples import FIXTURES, invoke, make_report, make_standard


@pytest.fixture
def document(tmp_path) -> Path:
    """A document that is clean."""
    return Path(shutil.copy(FIXTURES / "campus-cafe.txt", tmp_path / "cafe.txt"))


@pytest.fixture
def doubtful(document) -> Path:
    """The same document with a line that belongs nowhere."""
    text = document.read_text("utf-8").replace("1.1.2", "1.1.7", 1)
    file = document.with_name("doubtful.txt")
    file.write_text(text, "utf-8")
    return file


@pytest.fixture
def letter(tmp_path) -> Path:
    """A document that is no standard."""
    (tmp_path / "letter.txt").write_text("您好：\n请查收附件。\n", "utf-8")
    return tmp_path / "letter.txt"


def run(state, *arguments):
    return invoke(state, "standards", "import", *arguments)


def test_a_document_is_read_kept_and_told(tmp_path, document):
    result = run(tmp_path, document, "--code", "cafe", "--edition", "2021", "--report", tmp_path / "report.html")
    assert result.exit_code == 0, (result.output, result.exception)
    saved = tmp_path / "standards" / "standards" / "cafe@2021.yaml"
    standard = parse_standard(saved.read_bytes(), saved.name)
    assert standard == Catalogue(tmp_path / "standards").standard("cafe")
    assert f"已保存 saved: {saved}" in result.stdout
    for level in standard.levels:
        assert level.title in result.stdout
    page = (tmp_path / "report.html").read_text("utf-8")
    assert all(requirement.description in page for requirement in standard.requirements)


def test_json_has_the_standard_the_report_and_the_file(tmp_path, document):
    told = json.loads(run(tmp_path, document, "--code", "cafe", "--json").stdout)
    assert list(told) == ["standard", "report", "saved"]
    assert list(told["report"]) == ["file", "found", "doubts", "missing", "readings"]
    assert told["standard"] == Catalogue(tmp_path / "standards").standard("cafe").model_dump(mode="json")


def test_a_dry_run_keeps_nothing(tmp_path, document):
    result = run(tmp_path, document, "--code", "cafe", "--dry-run", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["saved"] is None
    assert not (tmp_path / "standards").exists()


@pytest.mark.parametrize("name", ["out.yaml", "deep/out.json"])
def test_output_goes_where_it_is_asked_to_and_overwrites_only_on_demand(tmp_path, document, name):
    file = tmp_path / name
    assert run(tmp_path, document, "--code", "cafe", "--output", file).exit_code == 0
    assert parse_standard(file.read_bytes(), file.name).code == "cafe"
    assert run(tmp_path, document, "--code", "cafe", "--output", file).exit_code == 0
    file.write_text("# corrected by hand\n" + file.read_text("utf-8").replace("cafe", "cafe"), "utf-8")
    refused = run(tmp_path, document, "--code", "cafe", "--output", file, "--json")
    assert refused.exit_code == 1
    assert json.loads(refused.stdout)["error"]["slug"] == "file-exists"
    assert run(tmp_path, document, "--code", "cafe", "--output", file, "--replace").exit_code == 0
    assert "corrected" not in file.read_text("utf-8")
    assert not (tmp_path / "standards").exists()


def test_doubts_are_told_and_with_strict_nothing_is_kept(tmp_path, doubtful):
    told = json.loads(run(tmp_path, doubtful, "--code", "cafe", "--dry-run", "--json").stdout)
    assert told["report"]["doubts"]
    strict = run(tmp_path, doubtful, "--code", "cafe", "--strict")
    assert strict.exit_code == 3
    assert "未保存" in strict.stdout
    assert not (tmp_path / "standards" / "standards").exists()
    loose = run(tmp_path, doubtful, "--code", "cafe")
    assert loose.exit_code == 0
    for doubt in told["report"]["doubts"]:
        assert doubt["code"] in loose.stdout
        assert doubt["place"] in loose.stdout


def test_what_was_corrected_by_hand_is_not_overwritten(tmp_path, document):
    kept = Catalogue(tmp_path / "standards").save(make_standard("更正", code="cafe", edition="2021"))
    result = run(tmp_path, document, "--code", "cafe", "--edition", "2021", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["slug"] == "standard-exists"
    assert "更正" in kept.read_text("utf-8")
    assert run(tmp_path, document, "--code", "cafe", "--edition", "2021", "--replace").exit_code == 0


def test_a_corrected_data_file_is_imported_like_a_document(tmp_path):
    file = tmp_path / "corrected.yaml"
    file.write_text(to_yaml(make_standard()), "utf-8")
    told = json.loads(run(tmp_path, file, "--json").stdout)
    assert told["report"]["doubts"] == []
    assert Path(told["saved"]).name == "tea@2021.yaml"
    assert run(tmp_path, file, "--code", "other").exit_code == 1
    file.write_text("code: tea\n", "utf-8")
    error = json.loads(run(tmp_path, file, "--json").stdout)["error"]
    assert error["slug"] == "standard-invalid"
    assert all(fault["line"] for fault in error["errors"])


@pytest.mark.parametrize("name", ["letter.txt", "none.txt", "empty.txt", "picture.pdf"])
def test_what_is_no_standard_is_refused_in_both_languages(tmp_path, letter, name):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.pdf").write_bytes(b"\x89PNG")
    result = run(tmp_path, letter.with_name(name))
    assert result.exit_code == 1
    assert name in result.stdout
    assert "“" in result.stdout
    assert "'" in result.stdout
    assert json.loads(run(tmp_path, letter.with_name(name), "--json").stdout)["error"]["slug"]


def test_several_files_have_each_its_outcome(tmp_path, document, letter):
    second = Path(shutil.copy(FIXTURES / "garden-keepers.txt", tmp_path / "garden.txt"))
    arguments = [document, letter, second, "--output", tmp_path / "data", "--report", tmp_path / "pages"]
    result = run(tmp_path, *arguments)
    assert result.exit_code == 1
    assert "not-a-standard" in result.stdout
    assert len(list((tmp_path / "data").iterdir())) == 2
    assert {page.name for page in (tmp_path / "pages").iterdir()} == {"cafe.txt.html", "garden.txt.html"}
    told = json.loads(run(tmp_path, *arguments, "--json").stdout)
    assert [list(each) for each in told["files"]] == [
        ["file", "standard", "report", "saved"],
        ["file", "error"],
        ["file", "standard", "report", "saved"],
    ]


def test_a_folder_is_read_file_by_file(tmp_path, document):
    folder = tmp_path / "series"
    folder.mkdir()
    shutil.copy(document, folder / "a.txt")
    (folder / "~$a.docx").write_bytes(b"lock file")
    (folder / ".hidden.txt").write_bytes(b"")
    (folder / "picture.png").write_bytes(b"")
    told = json.loads(run(tmp_path, folder, "--dry-run", "--json").stdout)
    assert [Path(each["file"]).name for each in told["files"]] == ["a.txt"]


def test_options_that_make_no_sense_are_usage_errors(tmp_path, document):
    (tmp_path / "nothing").mkdir()
    assert run(tmp_path, tmp_path / "nothing").exit_code == 2
    assert run(tmp_path, document, document.with_name("b.txt"), "--code", "cafe").exit_code == 2
    assert run(tmp_path).exit_code == 2
    for names in (("--code", "BAD CODE"), ("--code", ""), ("--edition", "x y")):
        assert run(tmp_path, document, *names).exit_code == 2


def test_a_report_that_cannot_be_written_stops_the_saving(tmp_path, document):
    result = run(tmp_path, document, "--code", "cafe", "--report", tmp_path)
    assert result.exit_code == 1
    assert "对照报告" not in result.stdout
    assert not (tmp_path / "standards" / "standards").exists()


def test_a_folder_that_cannot_be_used_is_refused(tmp_path, document):
    (tmp_path / "file").write_text("")
    error = json.loads(run(tmp_path / "file", document, "--code", "cafe", "--json").stdout)["error"]
    assert error["slug"]
    assert str(tmp_path / "file") in error["message"]


def test_a_failure_that_nobody_foresaw_is_an_outcome_too(tmp_path, document, monkeypatch, capsys):
    def fail(*_: object, **__: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(outcomes, "import_standard", fail)
    outcome = import_one(document, Wishes(), BUILT_IN, is_alone=False)
    assert outcome.status == 1
    assert outcome.as_data()["error"]["slug"] == "import-crashed"
    assert "IndexError" in outcome.as_data()["error"]["message_en"]
    assert "list index out of range" in capsys.readouterr().err  # for those who maintain it


@pytest.mark.parametrize("count", [0, 3, 30])
def test_every_doubt_is_told_with_its_place(capsys, count):
    report = make_report(doubts=count)
    imported = Imported(standard=make_standard(), report=report)
    write_outcome(Paper(), Outcome(document=Path("tea.txt"), imported=imported))
    told = capsys.readouterr().out
    assert all(f"{doubt.place}" in told and doubt.excerpt in told for doubt in report.doubts)
    assert all(missing.code in told for missing in report.missing)
    assert told.count("number-gap") == (count if count <= 10 else 1)


def test_a_hostile_document_and_file_name_stay_text(tmp_path, document):
    text = document.read_text("utf-8").replace("开店准备", "开店<script>alert(1)</script>准备\x1b[2J")
    file = tmp_path / "\x1b]0;x\x07<b>.txt"
    file.write_text(text, "utf-8")
    result = run(tmp_path, file, "--code", "cafe", "--report", tmp_path / "report.html")
    assert not any(sign in result.output for sign in "\x1b\x07")
    assert "<script" not in (tmp_path / "report.html").read_text("utf-8")
