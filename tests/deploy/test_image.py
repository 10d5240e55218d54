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
    assert copied == [["requirements.txt"], ["shared"], ["services/__init__.py"], ["services/${SERVICE}"]]


def test_what_is_left_out_is_still_in_the_pins():
    [names] = re.findall(r"!/\^\(([a-z|-]+)\)==/", TEXT)
    pins = (ROOT / "requirements.txt").read_text("utf-8")
    for name in names.split("|"):
        assert f"\n{name}==" in pins


def test_packages_are_checked_against_their_hashes():
    assert "--require-hashes -r runtime.txt" in TEXT
