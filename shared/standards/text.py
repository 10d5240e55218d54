"""Reads the text of a YAML or JSON file that nobody has checked: no code is run, no bomb goes off, no name is lost."""

import json
import re
from dataclasses import dataclass
from typing import Any

import yaml

from shared.standards.faults import Finding
from shared.standards.nodes import TOO_DEEP, Refused, compose

MOST_BYTES = 5_000_000
_ESCAPE = re.compile(r"\\(?:u[dD][89a-fA-F][0-9a-fA-F]{2}|.)", re.DOTALL)
_SURROGATE_LENGTH = len(r"\ud800")
#: What JSON allows in a string and YAML does not, or takes for the end of a line.
_NOT_IN_YAML = re.compile("[\t\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file holds, and the nodes that know where each value stands."""

    value: Any
    root: yaml.Node


def load(text: str | bytes, name: str) -> Loaded:
    """Return what a text holds; raise `Refused`. A file named `.json` must be strict JSON."""
    content = _decoded(text).removeprefix("\ufeff")
    try:
        return _loaded(content, strict_json=name.lower().endswith(".json"))
    except json.JSONDecodeError as error:
        finding = Finding("json", f"不是有效的 JSON（{error.msg}）。", f"This is no valid JSON ({error.msg}).")
        raise Refused(finding.at("", error.lineno, error.colno)) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        finding = Finding("yaml", f"不是有效的 YAML（{error.problem}）。", f"This is no valid YAML ({error.problem}).")
        raise Refused(finding.at("", mark.line + 1 if mark else 1, mark.column + 1 if mark else 1)) from None
    except yaml.YAMLError:
        finding = Finding("yaml", "不是有效的 YAML。", "This is no valid YAML.")
        raise Refused(finding.of_file()) from None
    except RecursionError:
        raise Refused(TOO_DEEP.of_file()) from None
    except ValueError:
        finding = Finding("value", "有位数过多的数。", "There is a number of too many digits.")
        raise Refused(finding.of_file()) from None


def _loaded(content: str, *, strict_json: bool) -> Loaded:
    if strict_json:
        return _from_json(content)
    if content.lstrip().startswith("{"):
        try:
            return _from_json(content)
        except json.JSONDecodeError:
            pass  # YAML knows braces too
    forbidden = yaml.reader.Reader.NON_PRINTABLE.search(content)
    if forbidden:
        line, start = content.count("\n", 0, forbidden.start()) + 1, content.rfind("\n", 0, forbidden.start())
        finding = Finding("character", "此字符不允许出现。", "This character is not allowed.")
        raise Refused(finding.at("", line, forbidden.start() - start))
    loader, root = compose(content)
    return Loaded(loader.construct_document(root), root)


def _from_json(content: str) -> Loaded:
    value = json.loads(content)
    readable = _ESCAPE.sub(lambda found: "_" * 6 if len(found[0]) == _SURROGATE_LENGTH else found[0], content)
    _, root = compose(_NOT_IN_YAML.sub(" ", readable))  # of the same length, so that every place stays where it is
    return Loaded(value, root)


def _decoded(text: str | bytes) -> str:
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if len(content) > MOST_BYTES:
        limit = MOST_BYTES // 1_000_000
        finding = Finding("too-large", f"文件超过 {limit} MB。", f"The file is larger than {limit} MB.")
        raise Refused(finding.of_file())
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        finding = Finding("encoding", "不是 UTF-8 编码，请另存为 UTF-8。", "This is not UTF-8; save the file as UTF-8.")
        raise Refused(finding.at("", line, 1)) from None
