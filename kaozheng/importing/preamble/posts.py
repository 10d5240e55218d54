"""面向工作岗位（群）: the employers and posts that each level is for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kaozheng.importing.document import Line
from kaozheng.importing.preamble.enumerations import distinct, items
from kaozheng.importing.preamble.flow import Flow, claim_rest, one_line, without_numbering
from kaozheng.importing.preamble.passages import by_level, passages
from kaozheng.importing.report import Ledger
from shared.standards.codes import LEVELS, LevelName
from shared.standards.preamble import Named, Posts

_SECTION = ("面向工作岗位（群）", "posts")
_EMPLOYER = (
    "企业|事业单位|单位|公司|机构|部门|行业|产业|领域|组织|平台|院校|学校|幼儿园|医院|中心|酒店|景区|园区|社区|集团|工厂|车间|"
    "事务所|银行|门店|店铺|商家|场所|基地|协会|政府|站点|农场|合作社|商户|厂家|厂商|运营商|服务商|集成商"
)
_WORK = r"(?:相关|有关|类似|工作|职业|就业|技术|技能|基层|管理|一线|专业|操作|服务|类|的)*"
_CUT = re.compile(rf"(?:等{_WORK})?(?:工作|职业|就业)?(?:岗位|职位)(?:\s?[（(]群[）)]|群)?(?:的)?(?:工作|人员|任务)?")
#: Where 岗位 is never said, the work that people take up is the nearest to a post.
_WORKED = re.compile(r"从事(?P<posts>[^。；;]{2,60}?)等?(?:相关|方面|方面的|的)*工作")
_SPLIT = re.compile(
    rf"^(?P<employers>.*(?:{_EMPLOYER})(?:[（(][^）)]*[）)])?等?(?:{_EMPLOYER})?)"
    rf"(?:[，,]?(?:中|内|里)?(?:的|从事|担任|在)|[，,])(?P<posts>.+)$"
)
#: 主要面向…，…等岗位: what stands before the comma are employers, whichever word they end with.
_SPLIT_AT_COMMA = re.compile(rf"^(?:主要)?面向(?P<employers>[^，,]*(?:{_EMPLOYER})[^，,]*)[，,](?P<posts>.+)$")
_LEADING = re.compile(
    r"^(?:本(?:职业技能|标准|证书|等级|级别)(?:等级)?(?:证书)?)?(?:主要)?(?:面向|适用于|针对|服务于|是|为|包括|涉及)[：:]?"
)
_FIELDS = re.compile(r"等[^、，]{0,6}的")
_LABEL = re.compile(
    r"^(?:主要)?(?:面向)?(?:的)?(?:工作|职业|就业)?岗位(?:群|[（(]群[）)])?(?:名称)?(?:主要)?(?:有|为|包括|如下)?[：:]"
)
_TAKING = re.compile(r"^(?:[，,、；;]|以及|和|及|与|或)*(?:主要)?(?:可)?(?:从事|担任|胜任|在|的)?")
_DUTY = re.compile(r"完成|负责|能够|根据|具备|掌握|进行|开展|按照|实现|运用|使用|需要|其他|适用")
_ETC = re.compile(r"(?:等)?(?:工作|类)?(?:岗位)?$|等$")
_PERSON = r"(?:员|师|工|长|助理|主管|经理|总监|顾问|客服|美工|专家|岗|人)"
_AND = re.compile(rf"^(?P<one>[^和及与或（(]+{_PERSON})[和及与或](?P<other>[^和及与或）)]+{_PERSON})$")
_LONGEST = 24


@dataclass(slots=True)
class _Found:
    employers: list[str]
    posts: list[str]
    doubtful: bool = False


def read_posts(lines: Sequence[Line], ledger: Ledger) -> dict[LevelName, Posts]:
    """Return the posts of each level; those of a text that is not divided by level are given to all levels."""
    flow = Flow.of(lines)
    found = passages(flow)
    told = by_level(flow, found)
    first = found[0].start if found else len(flow.text)
    result: dict[LevelName, Posts] = {}
    for level in (each for each in LEVELS if each in told):
        spans = [(passage.body, passage.end) for passage in told[level]]
        posts = _posts(flow, ledger, spans, f"岗位 posts {level}")
        if posts is not None:
            result[level] = posts
    for passage in found:
        flow.use(ledger, passage.start, passage.body, "岗位 posts " + ", ".join(passage.levels))
    if not told:
        result = _for_all(flow, ledger, first)
    elif flow.text[:first].strip():
        flow.ignore(ledger, 0, first, "分级岗位之前的说明 what stands before the posts of the levels")
    claim_rest(lines, ledger, "posts-not-understood", _SECTION)
    return result


def _for_all(flow: Flow, ledger: Ledger, end: int) -> dict[LevelName, Posts]:
    posts = _posts(flow, ledger, [(0, end)], "岗位 posts")
    if posts is None:
        return {}
    zh, en = "岗位没有按等级分列，三个等级都采用。", "Posts are not given by level; taken for all levels."
    flow.doubt(ledger, 0, end, ("posts-for-all-levels", zh, en))
    return dict.fromkeys(LEVELS, posts)


def _posts(flow: Flow, ledger: Ledger, spans: Sequence[tuple[int, int]], for_what: str) -> Posts | None:
    whole = _Found([], [])
    for start, end in spans:
        found = _read(flow.text[start:end])
        if not found.posts:
            zh, en = "没有读出工作岗位，请核对。", "No posts found; please check."
            flow.doubt(ledger, start, end, ("posts-missing", zh, en))
            continue
        if found.doubtful or any(len(post) > _LONGEST or _DUTY.search(post) for post in found.posts):
            zh, en = "岗位的写法不常见，请核对读出的岗位。", "Posts in an unusual form; please check what was read."
            flow.doubt(ledger, start, end, ("posts-doubtful", zh, en))
        whole.employers += found.employers
        whole.posts += found.posts
        flow.use(ledger, start, end, for_what)
    if not whole.posts:
        return None
    return Posts(
        employers=tuple(Named(title=title) for title in distinct(whole.employers)),
        posts=tuple(Named(title=title) for title in distinct(whole.posts)),
    )


def _read(text: str) -> _Found:
    pieces = [without_numbering(piece).strip("：:；;。， ") for piece in text.split("\n")]
    pieces = [piece for piece in pieces if piece and not _LEADING.fullmatch(piece)]
    listed = len(pieces) > 1 and not _LEADING.match(pieces[0])
    if listed and all(len(piece) <= _LONGEST and not re.search(r"[、，。]", piece) for piece in pieces):
        return _Found([], [name for piece in pieces if (name := _ETC.sub("", piece))])
    words = _LABEL.sub("", one_line(text).lstrip("：:，, "))
    cuts = list(_CUT.finditer(words))
    if not cuts:
        return _worked(words) or _plain_list(words)
    found = _first(words[: cuts[0].start()])
    for before, cut in pairwise(cuts):
        more = words[before.end() : cut.start()]
        if "。" in more or _DUTY.search(more):
            found.doubtful = True
        else:
            found.posts += _names(_TAKING.sub("", more))
    return found


def _worked(words: str) -> _Found | None:
    """Read 从事…等工作 as posts, to be checked."""
    worked = _WORKED.search(words)
    if worked is None:
        return None
    before = words[: worked.start()].rpartition("。")[2]
    employers = [each for each in items(before) if re.search(_EMPLOYER, each)]
    return _Found(_employers("、".join(employers)), _names(worked["posts"]), doubtful=True)


def _employers(text: str) -> list[str]:
    names = [re.sub(r"等$|等?[的中内]$", "", _LEADING.sub("", item)).strip() for item in items(text)]
    whole: list[str] = []
    fields: list[str] = []  # "电商、快递等领域的企业" is one employer
    for name in filter(None, names):
        if not re.search(_EMPLOYER, name):
            fields.append(name)
        elif _FIELDS.search(name):
            whole.append("、".join([*fields, name]))
            fields = []
        else:
            whole += [*fields, name]
            fields = []
    return [*whole, *fields]


def _plain_list(words: str) -> _Found:
    """Read a text that never says 岗位: short items are posts, sentences are not."""
    names = _names(_LEADING.sub("", words.strip("。；; ")))
    short = all(len(name) <= _LONGEST and not _DUTY.search(name) for name in names)
    return _Found([], names if short else [])


def _first(text: str) -> _Found:
    """Read employers and posts up to the word 岗位."""
    sentence = text.rpartition("。")[2]
    split = _SPLIT.match(sentence) or _SPLIT_AT_COMMA.match(sentence)
    if split is None:
        return _Found([], _names(_LEADING.sub("", sentence)))
    employers = _employers(split["employers"])
    # "A企业的甲、乙，以及B企业的丙": posts that stand between employers cannot be told from them
    mixed = any("的" in each for each in employers) and not all(re.search(_EMPLOYER, each) for each in employers)
    return _Found(employers, _names(split["posts"]), doubtful=mixed)


def _names(text: str) -> list[str]:
    names = [_ETC.sub("", _TAKING.sub("", _LEADING.sub("", item))).strip() for item in items(text)]
    both = _AND.match(names[-1]) if names else None
    if both:
        names[-1:] = [both["one"], both["other"]]
    return [name for name in names if name]
