"""No test knows how fast the machine is: it waits for what happens (worlds/waiting.py), never for time to pass."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.tree import python_files, relative

#: Where a test has to do with time, and why nothing is concluded from how much of it has passed.
REASONS = {
    "tests/worlds/waiting.py": "the one that waits",
    "tests/chaos/__main__.py": "storms go on for as long as they are told to, and say how long they took",
    "tests/chaos/log.py": "a reader that does not come to the end",
    "tests/chaos/nemesis.py": "a report says how long recovery took",
    "tests/chaos/proxy.py": "a slow line",
    "tests/chaos/storm.py": "a report says how long a storm took",
    "tests/chaos/ground.py": "a fault lasts",
    "tests/chaos/test_lines.py": "a fault lasts",
    "tests/e2e/test_api_faults.py": "a fault lasts, and the next comes after a while",
    "tests/faults/clocks.py": "a clock that jumps",
    "tests/faults/rig.py": "the watchdog's clock, which a test may replace",
    "tests/faults/test_signals.py": "a signal comes at a moment drawn by chance",
    "tests/faults/tiny.py": "writers that go on for as long as a test lasts",
    "tests/stories/support/telling.py": "a story says how long it took",
    "tests/mutants/cast.py": "a wrong part may not hear that it should stop",
}

_CLOCKS = {"monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time", "thread_time", "time_ns"}
_LIMITS = {"timeout", "timeout_at", "wait_for", "fail_after", "move_on_after"}
#: Seconds that end what hangs; more than these are never waited for.
_GUARD = 300


def findings(tree: ast.AST) -> Iterator[str]:
    """Yield what a test file has to do with time."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and (name := _name(node)) in _CLOCKS:
            yield f"{name}: how long something takes"
        if isinstance(node, ast.Call):
            yield from _of_call(node)


def _of_call(call: ast.Call) -> Iterator[str]:
    name, owner = _name(call.func), _name(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if name == "sleep" and not _is(call, 0):
        yield "sleep: waits for time to pass"
    if name == "time" and owner not in {"datetime", ""}:
        yield "time: how long something takes"
    if name == "timeout" and owner == "mark" and not _is_guard(call.args[0]):
        yield "mark.timeout: a limit of its own"
    if name in _LIMITS and owner == "asyncio" and not _is(call, None):
        yield f"{name}: a limit"
    if "timeout" in given and not _is_guard(given["timeout"]):
        yield "timeout=: a limit"
    if name == "settings" and "deadline" in given and not _is_constant(given["deadline"], None):
        yield "deadline=: a limit"


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is(call: ast.Call, value: object) -> bool:
    return bool(call.args) and _is_constant(call.args[0], value)


def _is_constant(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value == value


def _is_guard(node: ast.expr) -> bool:
    """Say whether a limit only ends what hangs: none, the patience of all waiting, or as long."""
    if isinstance(node, ast.Constant):
        return node.value is None or (isinstance(node.value, int | float) and node.value >= _GUARD)
    return _name(node) == "PATIENCE"


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    """What each file has to do with time, if anything."""
    files = {relative(path): set(findings(ast.parse(path.read_text("utf-8")))) for path in python_files("tests")}
    return {path: told for path, told in files.items() if told}


def test_no_test_knows_how_fast_the_machine_is(found):
    assert {path: told for path, told in found.items() if path not in REASONS} == {}


def test_every_exception_is_needed(found):
    assert REASONS.keys() - found.keys() == set()


@pytest.mark.parametrize(
    "sample",
    [
        "await asyncio.sleep(0.1)",
        "time.sleep(seconds)",
        "sleep(1)",
        "began = time.monotonic()",
        "assert perf_counter() - began < 5",
        "until = loop.time() + 5",
        "began = time.time()",
        "async with asyncio.timeout(5): ...",
        "await asyncio.wait_for(task, SOON)",
        "process.wait(timeout=10)",
        "subprocess.run(command, timeout=60)",
        "@pytest.mark.timeout(60)\ndef test(): ...",
        "settings(max_examples=5, deadline=200)",
    ],
)
def test_what_depends_on_the_machine_is_found(sample):
    assert list(findings(ast.parse(sample)))


@pytest.mark.parametrize(
    "sample",
    [
        "await asyncio.sleep(0)",
        "await until('it is there', path.exists)",
        "world.clock.advance(timedelta(seconds=1))",
        "stamp = datetime.time()",
        "process.wait()",
        "httpx.AsyncClient(timeout=PATIENCE)",
        "async with asyncio.timeout(None): ...",
        "settings(deadline=None)",
    ],
)
def test_what_does_not_is_passed_over(sample):
    assert list(findings(ast.parse(sample))) == []
