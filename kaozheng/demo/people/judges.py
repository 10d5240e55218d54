"""Who gives points: markers, the arbiter, and the examiners of interview panels."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from kaozheng.demo.bars import NO_BAR, Bar
from kaozheng.demo.judging import Scale
from kaozheng.demo.parties import Parties
from kaozheng.demo.party import chunks
from kaozheng.demo.plan import Plan
from kaozheng.demo.together import together

UPLOAD = 500

#: What somebody gives to a work or an interview: its code, the judge's name, and the form.
Opinion = Callable[[str, str, Sequence[Scale]], dict[str, str]]


class Judge(Protocol):
    """Whoever has tasks of the own."""

    async def mark(self, plan: Plan, opinion: Opinion, bar: Bar = NO_BAR) -> int:
        """Work through all open tasks and return how many there were."""
        ...


class _Judge:
    """Finds the own tasks in one list and gives points in another."""

    role: str
    component: str
    code: str
    tasks: str
    marks: str

    def __init__(self, parties: Parties, name: str | None = None) -> None:
        self.name = name or f"{self.role}-1"
        self._grading = parties.party("grading", self.role, subject=self.name)

    async def open_tasks(self, plan: Plan) -> list[str]:
        """Return the codes of what waits for this judge."""
        return [task[self.code] for task in await self._grading.everything("tasks", self.tasks, plan_id=plan.id)]

    async def mark(self, plan: Plan, opinion: Opinion, bar: Bar = NO_BAR) -> int:
        """Give points for all open tasks; return how many there were."""
        codes = await self.open_tasks(plan)
        form = plan.forms[self.component]
        for some in chunks(codes, UPLOAD):
            items = [{self.code: code, "scores": opinion(code, self.name, form)} for code in some]
            await self._grading.bulk("marks", self.marks, {"plan_id": plan.id, "items": items})
            bar.advance(len(items))
        return len(codes)


class Marker(_Judge):
    """阅卷人员: marks works by their code, without seeing people or other marks."""

    role, component, code = "marker", "practical", "work_code"
    tasks, marks = "/v1/marking-tasks", "/v1/marks"


class Arbiter(_Judge):
    """仲裁人员: decides the works on which even three marks do not agree."""

    role, component, code = "arbiter", "practical", "work_code"
    tasks = marks = "/v1/arbitrations"


class Examiner(_Judge):
    """考评员: scores interviews as one of a panel."""

    role, component, code = "panel-examiner", "interview", "interview_code"
    tasks, marks = "/v1/interview-tasks", "/v1/interview-scores"


async def mark_all(judges: Iterable[Judge], plan: Plan, opinion: Opinion, bar: Bar = NO_BAR) -> int:
    """Let judges work, several at once, until nothing is open, third marks included; return how many they gave."""
    everybody, marks = list(judges), 0
    while some := sum(await together(judge.mark(plan, opinion, bar) for judge in everybody)):
        marks += some
    return marks
