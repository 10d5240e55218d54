"""How the service says no, in both languages: broken rules of the domain are told here.

ServiceError
├── IllegalPlanStep       the plan's state does not allow this step (409)
├── PlanInvalid           the plan breaks rules, each with its place (422)
├── SiteInvalid           the site breaks rules, each with its place (422)
├── WrongComponent        this is not done in sessions of that component (422)
├── NobodyToSeat          no admitted candidate is waiting (409)
├── CapacityShort         a component has too few stations (409)
├── SessionsOverlap       there are stations enough, but not at times that one person can attend (409)
├── SessionNotOver        the late limit has not passed yet (409)
├── SessionsStillOpen     the plan cannot finish before its sessions are closed (409)
├── CandidatesNotSeated   the plan cannot finish while admitted candidates have no seat (409)
├── SiteTaken             another plan uses the rooms at that time (409)
├── BlueprintUnfit        the chosen blueprint is for another standard, level or unit, with the places (422)
├── BlueprintNeeded       no blueprint is chosen, and none is derived in production (422)
├── BlueprintChanged      another content was frozen under the same version (409)
└── PlanUnknown, SessionUnknown, SiteUnknown, RequirementUnknown (404, 404, 422, 404)
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields

from services.exam.domain import errors as rules
from shared.errors import Conflict, FieldError, Invalid, NotFound, ServiceError


class IllegalPlanStep(Conflict):
    """The plan's state does not allow this step."""

    slug = "illegal-plan-step"
    zh = "考核计划处于“{state}”状态，不能执行“{step}”。"
    en = "The exam plan is '{state}'; it cannot do '{step}'."


class PlanInvalid(Invalid):
    """The plan breaks a rule; the errors name the places."""

    slug = "plan-invalid"
    zh = "考核计划有误，请按所列位置更正。"
    en = "The exam plan breaks a rule; correct the listed places."


class SiteInvalid(Invalid):
    """The site breaks a rule; the errors name the places."""

    slug = "site-invalid"
    zh = "考核站点有误，请按所列位置更正。"
    en = "The site breaks a rule; correct the listed places."


class WrongComponent(Invalid):
    """Works are handed in at practical sessions, attendance is taken at interviews."""

    slug = "wrong-component"
    zh = "该场次属于“{component}”，不能提交此类记录。"
    en = "This is a session of the {component}; it does not take such records."


class NobodyToSeat(Conflict):
    """No admitted candidate is waiting for a seat."""

    slug = "nobody-to-seat"
    zh = "没有等待编排的考生。"
    en = "No admitted candidate is waiting for a seat."


class CapacityShort(Conflict):
    """A component has fewer free stations than candidates."""

    slug = "capacity-short"
    zh = "{component}：考生{wanted}人，空余机位{free}个，还差{short}个。"
    en = "{component}: {wanted} candidates, {free} free stations, short by {short}."


class SessionsOverlap(Conflict):
    """Enough stations, but those who must sit the named practical sessions have too few interviews at other times."""

    slug = "sessions-overlap"
    zh = (
        "有{short}名考生无法编排：实操场次 {practical} 之外最多容纳{elsewhere}人，"
        "与这些场次时间不冲突的面试机位只有{compatible}个。"
    )
    en = (
        "{short} candidates cannot be seated: all but {elsewhere} must take the practical sessions {practical}, "
        "and only {compatible} interview stations are at times that do not overlap with those."
    )


class SessionNotOver(Conflict):
    """The session can be closed only after its late limit."""

    slug = "session-not-over"
    zh = "场次在迟到时限（{closes_at}）之后才能关闭。"
    en = "The session can be closed only after its late limit ({closes_at})."


class SessionsStillOpen(Conflict):
    """The plan cannot finish before all its sessions are closed."""

    slug = "sessions-still-open"
    zh = "还有{open}个场次没有关闭。"
    en = "{open} sessions are still open."


class CandidatesNotSeated(Conflict):
    """The plan cannot finish while admitted candidates have no seat: each must end with an outcome."""

    slug = "candidates-not-seated"
    zh = "还有{waiting}名准考考生没有编排机位，计划不能结束。"
    en = "{waiting} admitted candidates have no seat yet; the plan cannot finish."


class SiteTaken(Conflict):
    """Another published plan uses the rooms of the site at an overlapping time."""

    slug = "site-taken"
    zh = "考核站点在所选时间已被另一计划占用：{sites}。"
    en = "Another plan uses the site at an overlapping time: {sites}."


class BlueprintUnfit(Invalid):
    """The chosen blueprint is made for something else than the plan examines."""

    slug = "blueprint-unfit"
    zh = "考核方案“{code}”不适用于该计划，请按所列位置更正或另选方案。"
    en = "The blueprint '{code}' does not fit the plan; correct the listed places or choose another."


class BlueprintNeeded(Invalid):
    """A plan examines by an authored blueprint; only where the system is tried out one is derived."""

    slug = "blueprint-needed"
    zh = "请选用编制的考核方案：由标准推导的方案，其分值和合格线无人制定，只能试用。"
    en = "Choose an authored blueprint: in a derived one nobody has set weights and lines; it is for trying only."

    def __init__(self) -> None:
        """Tell the place."""
        super().__init__(errors=[FieldError("/blueprint", self.slug, self.zh, self.en)])


class BlueprintChanged(Conflict):
    """The content of a version differs from what was frozen under that version."""

    slug = "blueprint-changed"
    zh = "考核方案“{code}”第 {version} 版已用于考核计划，内容不能再变；请将文件中的 version 加 1。"
    en = "Version {version} of the blueprint '{code}' is frozen with other content; raise `version` in its file."


class RequirementUnknown(NotFound):
    """No standard has a skill requirement of that code."""

    slug = "requirement-unknown"
    zh = "没有此代码的职业技能要求。"
    en = "There is no skill requirement of that code."


class PlanUnknown(NotFound):
    """There is no such plan."""

    slug = "plan-unknown"
    zh = "没有找到该考核计划。"
    en = "There is no such exam plan."


class SessionUnknown(NotFound):
    """There is no such session."""

    slug = "session-unknown"
    zh = "没有找到该场次。"
    en = "There is no such session."


class SiteUnknown(Invalid):
    """A session names a site that is not there."""

    slug = "site-unknown"
    zh = "没有找到考核站点。"
    en = "There is no such site."


#: Code, Chinese, English.
ROOM_NAMED_TWICE = ("room_named_twice", "同一站点已有同名考场。", "Another room of this site has the same name.")
_PLAN_FAULTS = {
    "entry_closes_early": ("报名截止须晚于报名开始。", "Entry must close after it opens."),
    "no_practical_session": ("至少需要一个实操场次。", "At least one practical session is needed."),
    "no_interview_session": ("至少需要一个面试场次。", "At least one interview session is needed."),
    "session_ends_early": ("场次结束须晚于开始。", "A session must end after it starts."),
    "site_used_twice": ("同一站点的场次时间重叠。", "Two sessions at one site overlap."),
}

_TOLD: dict[type[rules.RuleBroken], type[ServiceError]] = {
    rules.IllegalPlanStep: IllegalPlanStep,
    rules.NobodyToSeat: NobodyToSeat,
    rules.CapacityShort: CapacityShort,
    rules.SessionsOverlap: SessionsOverlap,
    rules.SessionNotOver: SessionNotOver,
    rules.SessionsStillOpen: SessionsStillOpen,
    rules.CandidatesNotSeated: CandidatesNotSeated,
}


@contextmanager
def told() -> Iterator[None]:
    """Tell a broken rule of the domain to people."""
    try:
        yield
    except rules.PlanInvalid as broken:
        faults = [FieldError(fault.pointer, fault.code, *_PLAN_FAULTS[fault.code]) for fault in broken.faults]
        raise PlanInvalid(errors=faults) from broken
    except tuple(_TOLD) as broken:
        values = {each.name: getattr(broken, each.name) for each in fields(broken)}  # type: ignore[arg-type]
        raise _TOLD[type(broken)](**values) from broken
