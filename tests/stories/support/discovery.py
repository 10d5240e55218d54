"""Which stories there are: each file beside `support/` is one, and its name the story's."""

import inspect
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from tests.stories.support.cast import Cast

STORIES = Path(__file__).parent.parent


class NoStory(Exception):
    """There is no such story, or what a file holds is none."""


@dataclass(frozen=True)
class Story:
    """What the system promises, and how people see it kept."""

    name: str
    promise: str
    happens: Callable[[Cast], Awaitable[None]]


def chosen(wanted: Sequence[str] = (), folder: Path = STORIES) -> list[Story]:
    """Return the stories of these names, or all; raise `NoStory` with those there are."""
    files = {path.stem.replace("_", "-"): path for path in sorted(folder.glob("*.py")) if _is_story(path)}
    if unknown := ", ".join(name for name in wanted if name not in files):
        known = ", ".join(files)
        raise NoStory(f"没有故事 {unknown}。现有：{known}\nThere is no story {unknown}. There are: {known}")
    return [_read(name, files[name]) for name in wanted or files]


def _is_story(path: Path) -> bool:
    return not path.name.startswith(("__", "test_"))


def _read(name: str, path: Path) -> Story:
    spec = spec_from_file_location(f"tests.stories.{path.stem}", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    happens = getattr(module, "story", None)
    if not inspect.iscoroutinefunction(happens):
        raise NoStory(f"{name}: 缺少协程 story。 There is no coroutine `story` in it.")
    if not module.__doc__:
        raise NoStory(f"{name}: 缺少说明。 It does not say what it promises.")
    return Story(name, module.__doc__.strip(), happens)
