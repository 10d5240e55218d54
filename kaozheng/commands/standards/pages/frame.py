"""What every page has: the frame with its policy, and text that is never markup."""

import base64
import hashlib
from html import escape
from importlib import resources
from string import Template

from kaozheng.commands.standards import counts
from kaozheng.commands.standards.labels import Label, completeness
from kaozheng.commands.visible import visible
from shared.standards.model import SkillStandard

_FILES = resources.files("kaozheng.commands.standards.pages")


def frame(*, what: Label, title: tuple[str, str | None], facts: list[str], main: str, foot: Label) -> str:
    """Return a page. `title` and `facts` are plain text, `main` is markup that was made here."""
    style = (_FILES / "style.css").read_text(encoding="utf-8")
    # The policy names the one style sheet by its hash: nothing else applies, is loaded or is run.
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return Template((_FILES / "page.html").read_text(encoding="utf-8")).substitute(
        digest=digest,
        style=style,
        title=text(title[0]),
        what=both(*what),
        heading=both(*title),
        facts="<ul>" + "".join(f"<li>{text(fact)}</li>" for fact in facts) + "</ul>" if facts else "",
        main=main,
        foot=f'<p>{text(foot.zh)}</p><p lang="en">{text(foot.en)}</p>',
    )


def text(words: str | None) -> str:
    """Return words as text of a page, never markup."""
    return escape(visible(words or ""))


def both(zh: str, en: str | None) -> str:
    """Return words in both languages, side by side."""
    return f'{text(zh)} <span lang="en">{text(en)}</span>' if en else text(zh)


def below(zh: str, en: str | None) -> str:
    """Return a text with its translation below it."""
    translation = f'<p lang="en">{text(en)}</p>' if en else ""
    return f"<p>{text(zh)}</p>{translation}"


def anchor(kind: str, name: str | int) -> str:
    """Return the id of a place in a page."""
    return text(f"{kind}-{name}")


def level_table(standard: SkillStandard) -> str:
    """Return how much each level holds."""
    heads = (("等级", "level"), ("单元", "units"), ("任务", "tasks"), ("要求", "requirements"), ("是否完整", "whole"))
    first, *numbers, last = (both(*head) for head in heads)
    rows = "".join(
        f"<tr><td>{both(each.title, each.title_en)}</td>"
        f'<td class="number">{each.units}</td><td class="number">{each.tasks}</td>'
        f'<td class="number">{each.requirements}</td><td>{both(*completeness(is_complete=each.complete))}</td></tr>'
        for each in counts.of(standard)
    )
    columns = "".join(f'<th class="number">{head}</th>' for head in numbers)
    return (
        f'<div class="scroll"><table><thead><tr><th>{first}</th>{columns}<th>{last}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
