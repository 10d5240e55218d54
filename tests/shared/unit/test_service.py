import pytest

from shared import service


def never():
    raise AssertionError("a misused command builds nothing")


@pytest.mark.parametrize("arguments", [[], ["everything"], ["api", "worker"]])
def test_a_wrong_mode_is_refused_with_the_right_ones(monkeypatch, capsys, arguments):
    monkeypatch.setattr("sys.argv", ["main", *arguments])
    with pytest.raises(SystemExit) as caught:
        service.main(never)
    assert caught.value.code == 2
    assert "api|worker|all|migrate" in capsys.readouterr().err
