"""How grading says no, and the refusals of single items with their words in both languages."""

from collections.abc import Iterable

from services.grading.domain.completeness import Lack, Shortfall
from shared.errors import Conflict, FieldError, Invalid, NotFound


class PlanUnknown(NotFound):
    """Grading knows no such plan."""

    slug = "plan-unknown"
    zh = "没有找到该考核计划。"
    en = "There is no such exam plan."


class MarkingIsClosed(Conflict):
    """Nothing may be allocated or marked any more."""

    slug = "marking-closed"
    zh = "该计划的阅卷已经结束。"
    en = "Marking of this plan is closed."


class MarkingIsOpen(Conflict):
    """Results wait until marking is closed."""

    slug = "marking-open"
    zh = "阅卷尚未结束，不能发布成绩。"
    en = "Marking is still open, so results cannot be released."


class AlreadyReleased(Conflict):
    """The results are out."""

    slug = "already-released"
    zh = "该计划的成绩已经发布。"
    en = "The results of this plan are already released."


class NotReleased(Conflict):
    """The results are under embargo."""

    slug = "not-released"
    zh = "成绩尚未发布。"
    en = "The results are not released yet."


class Incomplete(Conflict):
    """Something is still missing; the errors count it."""

    slug = "grading-incomplete"
    zh = "尚缺所列内容，不能继续。"
    en = "The listed things are still missing."


class AllocationImpossible(Conflict):
    """Some works or interviews cannot have the markers or the panel they need; nothing was allocated."""

    slug = "allocation-impossible"
    zh = "无法分配：机构 {institution} 的 {count} 份需要 {needed} 名（组）回避后的人选，只有 {eligible}。"
    en = "Cannot allocate: {count} of institution {institution} need {needed} from elsewhere, there are {eligible}."


class MarkersRefused(Invalid):
    """A person is named twice."""

    slug = "markers-refused"


class PanelsRefused(Invalid):
    """A panel is not as the blueprint wants it, or its name is taken."""

    slug = "panels-refused"


_LACKS = {
    Lack.EXAM_NOT_FINISHED: ("考试尚未全部结束。", "The exam has not finished."),
    Lack.WORKS_NOT_RECEIVED: ("还有 {count} 份作品未收到。", "{count} works have not arrived."),
    Lack.WORKS_NOT_SETTLED: ("还有 {count} 份作品没有定分。", "{count} works have no agreed mark."),
    Lack.CANDIDATES_NOT_RECEIVED: ("还有 {count} 名考生的信息未收到。", "{count} candidates have not arrived."),
    Lack.WORKS_NOT_UNSEALED: ("还有 {count} 名考生的作品未解封。", "The works of {count} candidates are sealed."),
    Lack.INTERVIEWS_NOT_SCORED: (
        "还有 {count} 名考生的面试未评完。",
        "The interviews of {count} candidates lack scores.",
    ),
}

_ITEMS = {
    "missing-criterion": ("缺少该要点的得分。", "The points of this criterion are missing."),
    "unknown-criterion": ("考核方案没有该要点。", "The blueprint has no such criterion."),
    "not-a-number": ("得分须为数字，如 8.5。", "Points must be a number such as 8.5."),
    "negative": ("得分不能为负。", "Points cannot be negative."),
    "above-maximum": ("得分超过该要点的满分。", "The points are above the maximum of this criterion."),
    "not-a-band": (
        "该要点为评判类，只能给某一档的分值。",
        "The criterion is judged: give exactly what one of its bands is worth.",
    ),
    "not-a-step": ("得分不符合该要点的给分步长。", "The points are not a step of this criterion."),
    "unknown-code": ("没有该编号。", "There is no such code."),
    "not-yours": ("该编号未分配给您。", "This code is not allocated to you."),
    "own-institution": ("须回避本机构的作品。", "You cannot decide on works of your own institution."),
    "not-in-arbitration": ("该作品不在仲裁中。", "This work is not in arbitration."),
    "already-closed": ("该编号已定分，不能再改。", "This code is decided and can no longer change."),
    "given-twice": ("同一请求中重复出现该编号。", "This code is given twice in one request."),
    "named-twice": ("该人员在本次请求中重复出现。", "This person stands in the request twice."),
    "panel-named-twice": ("本次请求中已有同名考评组。", "Another panel of this request has the same name."),
    "panel-exists": (
        "该计划已有同名考评组，且考官不同；请另取名称。",
        "The plan has a panel of this name with other examiners; choose another name.",
    ),
    "panel-size": ("考官须为 {size} 名且互不相同。", "A panel needs {size} different examiners."),
}


def incomplete(shortfalls: Iterable[Shortfall]) -> Incomplete:
    """Return the refusal that counts what is missing."""
    faults = []
    for shortfall in shortfalls:
        zh, en = _LACKS[shortfall.lack]
        count = shortfall.count
        faults.append(FieldError("", shortfall.lack.value, zh.format(count=count), en.format(count=count)))
    return Incomplete(errors=faults)


def refusal(pointer: str, code: str, **values: object) -> FieldError:
    """Return the refusal of one place of the request, in both languages."""
    zh, en = _ITEMS[code]
    return FieldError(pointer, code, zh.format(**values), en.format(**values))


def score_pointer(index: int, criterion: str) -> str:
    """Return the JSON pointer (RFC 6901) of one criterion's points in a bulk request."""
    return f"/items/{index}/scores/{criterion.replace('~', '~0').replace('/', '~1')}"
