"""Title page and foreword: who drafted the document and whose it is. Names of persons are left out."""

import re
from collections.abc import Iterator, Sequence

from kaozheng.importing.document import Line
from kaozheng.importing.preamble.enumerations import distinct, items
from kaozheng.importing.preamble.flow import Flow, claim_rest, one_line
from kaozheng.importing.report import Ledger
from shared.standards.preamble import Publisher

_SECTION = ("前言", "foreword")
#: Where a statement of a foreword begins; what stands before is the statement before.
_STATEMENT = re.compile(
    r"(?:(?<=\n)|(?<=。)|\A)\s*(?=(?:本(?:标准|文件|规范|部分)|声明|请注意|知识产权|版权|(?:主要|牵头|参与)?(?:起草|编制|编写|参编)"
    r"(?:单位|人)))"
)
_ORGANISATIONS = re.compile(
    r"(?:起草|编制|制定|参与|参编|编写|研制|开发|参加|支持)(?:单位|机构|组织)(?:[（(][^）)]*[）)])?(?:有|为|包括)?\s?[:：]?\s?(?P<list>[^。:：]+)"
)
_BY = re.compile(r"本(?:标准|文件|规范)由(?P<list>[^。]+?)(?:负责|联合|共同|组织|牵头)*(?:起草|编制|制定|研制|开发)")
_PERSONS = re.compile(r"(?:起草|编制|编写|参与|参编|审定|执笔)(?:人|人员|专家)(?:员)?\s?[:：为]")
_BELONGS = r"(?:均|都|全部)?(?:归属于|归属|属于|归)"
_OWNED = r"(?:共同)?(?:所有)?(?=[，,。；;]|\Z)"
_OWNER = re.compile(rf"(?:知识产权|版权|著作权|所有权){_BELONGS}(?P<owner>[^，,。；;]+?){_OWNED}")
_LICENSEE = re.compile(rf"使用权{_BELONGS}(?P<licensee>[^，,。；;]+?){_OWNED}")
_CENTRAL = re.compile(r"由(?P<owner>[^，。由]{3,60}?)(?:提出并|提出、|提出和|负责|统一)*归口")
_ISSUER = re.compile(r"(?m)^(?P<owner>[^，。；：:\d\n]{3,60}?)\s?(?:制定|组织编制|编制|研制|发布)$")
_ORGANISATION = re.compile(
    r"(?m)^(?P<owner>[^，。；：:、\d\n]{2,40}(?:公司|协会|学会|联盟|大学|学院|中心|集团|研究院|研究所|委员会))$"
)
_PROSE = re.compile(r"本(?:标准|文件|规范)|起草|编制|声明|[。]")
_BARE = (
    "owner-unstated",
    "封面上只有机构名称，按发布者收入，请核对。",
    "The title page has an organisation's name and no more; taken for the publisher, please check.",
)
_ABOUT = re.compile(r"(?:起草|编制|制定)单位|知识产权归|使用权归|版权归|归口")
_MIXED = (
    "publisher-mixed",
    "起草单位与起草人写在一起，未收入，请核对。",
    "Organisations and persons are named together; left out, please check.",
)
_NOT_AN_ORGANISATION = re.compile(r"^(?:等|等单位|排名不分先后|（排名不分先后）|[（(].*[）)])$")


def read_publisher(lines: Sequence[Line], ledger: Ledger) -> Publisher:
    """Return who drafted the document, its owner and licensee, from the lines of title page and foreword."""
    flow = Flow.of(lines)
    drafted: list[str] = []
    owners: list[tuple[int, str]] = []
    licensee: str | None = None
    for start, end in _statements(flow.text):
        statement = one_line(flow.text[start:end])
        if _PERSONS.search(statement):
            if _ORGANISATIONS.search(statement):
                flow.doubt(ledger, start, end, _MIXED)
            flow.ignore(ledger, start, end, "起草人姓名不收 names of persons are left out")
            continue
        organisations, owned, licensed = _read(statement)
        drafted += organisations
        owners += owned
        licensee = licensee or licensed
        if organisations or owned or licensed:
            flow.use(ledger, start, end, "发布者 publisher")
        elif not _ABOUT.search(statement):
            flow.ignore(ledger, start, end, "前言的一般说明 general remarks of the foreword")
    owners += _issuers(flow, ledger, owned=bool(owners))
    claim_rest(lines, ledger, "publisher-not-understood", _SECTION)
    owner = min(owners, key=lambda told: told[0])[1] if owners else None
    return Publisher(drafted_by=distinct(drafted), owner=owner or None, licensee=licensee)


def _issuers(flow: Flow, ledger: Ledger, *, owned: bool) -> list[tuple[int, str]]:
    """Return who issued the document; a bare name on the title page counts only if nobody else is named."""
    issuers = list(_ISSUER.finditer(flow.text))
    if not issuers and not owned:
        prose = _PROSE.search(flow.text)
        issuers = list(_ORGANISATION.finditer(flow.text, 0, prose.start() if prose else len(flow.text)))
        for issuer in issuers:
            flow.doubt(ledger, issuer.start(), issuer.end(), _BARE)
    for issuer in issuers:
        flow.use(ledger, issuer.start(), issuer.end(), "发布者 publisher")
    return [(2, one_line(issuer["owner"])) for issuer in issuers]


def _statements(text: str) -> Iterator[tuple[int, int]]:
    starts = sorted({0, *(match.end() for match in _STATEMENT.finditer(text))})
    yield from zip(starts, [*starts[1:], len(text)], strict=True)


def _read(statement: str) -> tuple[list[str], list[tuple[int, str]], str | None]:
    """Return the drafters, the owners with how directly they are named (0 best), and the licensee."""
    listed = [match["list"] for pattern in (_ORGANISATIONS, _BY) for match in pattern.finditer(statement)]
    drafters = [each for text in listed for each in _organisations(text)]
    owners = [(0, match["owner"].strip()) for match in _OWNER.finditer(statement)]
    owners += [(1, match["owner"].strip()) for match in _CENTRAL.finditer(statement)]
    licensed = _LICENSEE.search(statement)
    return drafters, [each for each in owners if each[1]], (licensed["licensee"].strip() or None) if licensed else None


def _organisations(text: str) -> list[str]:
    names = [name.removesuffix("等单位").removesuffix("等").strip() for name in items(text)]
    return [name for name in names if name and not _NOT_AN_ORGANISATION.match(name)]
