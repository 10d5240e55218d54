"""The Dockerfile keeps the rules that make its images small in rights and buildable anywhere."""

import re

from tests.architecture.tree import ROOT

LINES = (ROOT / "deploy" / "Dockerfile").read_text("utf-8").splitlines()
TEXT = "\n".join(LINES)


def test_no_instruction_needs_a_new_builder_or_a_registry():
    assert not any(line.startswith("# syntax=") for line in LINES)
    assert "<<" not in TEXT
    assert {line.split()[1] for line in LINES if line.startswith("FROM ")} == {"${BASE_IMAGE}"}


def test_the_process_is_nobody_and_gets_its_signals():
    assert "USER 10001:10001" in LINES
    assert "STOPSIGNAL SIGTERM" in LINES
    assert 'CMD ["all"]' in LINES
    [entry] = [line for line in LINES if line.startswith("ENTRYPOINT ")]
    assert '"exec python -m services.$SERVICE.main' in entry


def test_an_image_has_one_service_and_the_shared_code():
    copied = [line.split()[1:-1] for line in LINES if line.startswith("COPY ") and "--from" not in line]
    about = ["pyproject.toml", "README.md", "LICENSE"]
    assert copied == [["requirements.txt"], about, ["shared"], ["services/__init__.py"], ["services/${SERVICE}"]]


def test_packages_come_from_those_checked_against_their_hashes():
    [download] = re.findall(r"pip download .+?--dest (\S+) -r requirements\.txt", TEXT, re.DOTALL)
    assert "--require-hashes" in TEXT
    assert f"ENV PIP_NO_INDEX=1 PIP_FIND_LINKS={download}" in LINES
    [install] = re.findall(r"pip install .*", TEXT)
    assert '".[${SERVICE}]"' in install


def test_what_an_image_copies_reaches_the_builder():
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    copied = {
        name for line in LINES if line.startswith("COPY ") and "--from" not in line for name in line.split()[1:-1]
    }
    assert {name.partition("/")[0] for name in copied} == allowed
