"""What a standard is called where its title page does not say: by a heading further on, a caption, or its scope."""

import re
from collections.abc import Iterator, Sequence

from kaozheng.importing.document import Line
from kaozheng.importing.preamble.heading import bare_title
from kaozheng.importing.report import Ledger
from kaozheng.importing.wording import tidy

_NAME = r"(?P<name>[^，。；：:]{2,40}?)"
_CAPTION = re.compile(rf"^(?:续?表\s?[A-Z]?[\d.．-]*\s?)?{_NAME}(?:的)?职业技能等级(?:要求|标准)")
_SCOPE = re.compile(rf"本(?:标准|文件|部分)(?:规定|界定|提出|确立|给出)了{_NAME}(?:的)?职业技能等级")
_FULL = "职业技能等级标准"


def title_elsewhere(lines: Sequence[Line], ledger: Ledger) -> str | None:
    """Return the title from the surest place beyond the title page, with a doubt unless it is a heading."""
    texts = [(line, tidy(line.text)) for line in lines if line.cells is None]
    for line, text in texts:
        title = bare_title(text)
        if title:
            ledger.use(line, "名称 title")
            return title
    for line, title in _inferred(texts):
        ledger.doubt(
            line,
            "title-inferred",
            f"封面没有名称，由这一行得出：{title}，请核对。",
            f"The title page gives no title; taken from this line: {title}. Please check.",
        )
        return title
    return None


def _inferred(texts: Sequence[tuple[Line, str]]) -> Iterator[tuple[Line, str]]:
    """Yield what captions and the scope call it, the surest first."""
    for pattern in (_CAPTION, _SCOPE):
        for line, text in texts:
            found = pattern.search(text)
            if found and found["name"].strip():
                yield line, f"{found['name'].strip()}{_FULL}"
