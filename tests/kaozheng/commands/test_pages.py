"""The pages: complete, linked, and safe whatever a document says."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaozheng.commands.standards.chosen import Chosen
from kaozheng.commands.standards.pages import report_page, standard_page
from shared.standards import BUILT_IN
from tests.kaozheng.commands.samples import make_report, make_standard

HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)>'\"><b>&amp;$style ${main}"
TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "p", "h1", "h2", "h3", "h4", "ul",
    "li", "ol", "section", "nav", "div", "span", "a", "code", "b", "q", "br", "table", "thead", "tbody", "tr", "th",
    "td", "dl", "dt", "dd", "details", "summary",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "title", "tabindex", "aria-label",
    "open",
}  # fmt: skip


class Seen(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        values = dict(attrs)
        self.attributes |= set(values)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if "href" in values else []
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def pages(text: str) -> list[str]:
    standard, report = make_standard(text), make_report(text, doubts=3)
    level = standard.levels[0]
    parts = (None, level, level.units[0], level.units[0].tasks[0], level.requirements[0])
    shown = [standard_page.page(Chosen(standard, part), "imported") for part in parts]
    return [report_page.page(standard, report), *shown]


@pytest.mark.parametrize("page", pages(HOSTILE))
def test_a_hostile_document_stays_text(page):
    seen = Seen(page)
    assert seen.tags <= TAGS
    assert seen.attributes <= ATTRIBUTES
    assert HOSTILE in seen.text
    assert seen.open == []
    assert all(link.startswith("#") for link in seen.links)


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_no_text_becomes_markup(text):
    for page in pages(text):
        seen = Seen(page)
        assert seen.tags <= TAGS
        assert seen.attributes <= ATTRIBUTES
        assert seen.open == []


@pytest.mark.parametrize("page", pages("泡茶"))
def test_the_policy_allows_the_one_style_sheet_and_nothing_else(page):
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert f'content="{policy}"' in page
    assert page.index("Content-Security-Policy") < page.index("<style>")
    assert not re.search(r"https?:|url\(|@import", page)


@pytest.mark.parametrize("page", pages("泡茶"))
def test_every_link_leads_somewhere_and_no_place_has_two_names(page):
    seen = Seen(page)
    assert len(set(seen.ids)) == len(seen.ids)
    assert {link[1:] for link in seen.links} <= set(seen.ids)


def test_the_report_links_lines_doubts_and_items():
    page = report_page.page(make_standard(), make_report(doubts=2))
    assert page.count('href="#line-3"') == 1  # from the doubts on top
    assert page.count('href="#line-1"') == 1  # from the item that came of it
    assert page.count('href="#item-tea:junior:1.1.1"') == 1  # from the line
    assert page.index("number-gap") < page.index('id="line-1"') < page.index('id="item-tea:junior:1.1.1"')
    for word in ("采用 used", "略过 left out", "存疑 doubtful"):
        assert word in page


def test_every_requirement_of_a_stored_standard_is_on_its_page():
    for standard in BUILT_IN.standards():
        seen = Seen(standard_page.page(Chosen(standard), "built_in"))
        assert {f"item-{requirement.code}" for requirement in standard.requirements} <= set(seen.ids)
        assert all(requirement.description in seen.text for requirement in standard.requirements)
        assert all(term.title in seen.text and term.definition in seen.text for term in standard.terms)
