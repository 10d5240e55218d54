"""Who plays in a story. Each cast has people, schools, sites and plans of its own: stories never meet."""

import random
from collections.abc import Sequence
from datetime import datetime
from itertools import count, islice
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from kaozheng.demo import batches
from kaozheng.demo.batches import Row
from kaozheng.demo.parties import Parties
from kaozheng.demo.people.administrator import Administrator
from kaozheng.demo.people.certificate_officer import CertificateOfficer
from kaozheng.demo.people.employer import Employer
from kaozheng.demo.people.judges import Examiner, Marker, Opinion
from kaozheng.demo.people.marking_manager import MarkingManager
from kaozheng.demo.people.officer import Officer
from kaozheng.demo.people.operations import Operations
from kaozheng.demo.people.results_officer import ResultsOfficer
from kaozheng.demo.people.reviewer import Reviewer
from kaozheng.demo.people.school import School
from kaozheng.demo.people.site import Site
from kaozheng.demo.plan import Draft, Plan
from kaozheng.demo.stage import Demo
from kaozheng.demo.together import together
from tests.stories.support.opinions import giving

MARKERS = ("marker-1", "marker-2")
PANEL = ("examiner-1", "examiner-2", "examiner-3")


class Cast:
    """The staff of the certifying body, an employer, and as many schools and people as a story calls for."""

    def __init__(self, parties: Parties, folder: Path, people_after: int) -> None:
        self._parties, self._folder, self._people_after = parties, folder, people_after
        self._numbers = count(people_after + 1)
        self.administrator = Administrator(parties)
        self.officer = Officer(parties)
        self.reviewer = Reviewer(parties)
        self.site = Site(parties)
        self.manager = MarkingManager(parties)
        self.results_officer = ResultsOfficer(parties)
        self.certificate_officer = CertificateOfficer(parties)
        self.operations = Operations(parties)
        self.employer = Employer(parties)

    def people(self, number: int) -> list[Row]:
        """Return so many people whom nobody else has."""
        return [batches.person(each, random.Random(each)) for each in islice(self._numbers, number)]

    def marker(self, name: str) -> Marker:
        """Return the marker of this name."""
        return Marker(self._parties, name)

    def examiner(self, name: str) -> Examiner:
        """Return the examiner of this name."""
        return Examiner(self._parties, name)

    async def school(self) -> School:
        """Return a new partner school."""
        return await self.administrator.register()

    def reach(self, moment: datetime) -> None:
        """Let it be that moment, or later."""
        self._parties.reach(moment)

    async def open(self, candidates: int = 40) -> Plan:
        """Open a plan at one site."""
        return await self.officer.open(Draft(candidates=candidates, times=self._parties.times(), sites=1))

    async def seated(self, school: School, people: Sequence[Row]) -> Plan:
        """Return a plan in which these people of a school have applied, were admitted, and have seats."""
        plan = await self.open()
        await school.apply(plan, people)
        await self.reviewer.review(plan)
        await self.officer.arrange(plan)
        return plan

    async def marked(self, school: School, people: Sequence[Row], opinion: Opinion) -> Plan:
        """Return a plan in which these people have sat, judges think the same of all, and marking is closed."""
        plan = await self.seated(school, people)
        await self.site.hold(plan)
        await self.mark(plan, opinion)
        return plan

    async def certified(self, school: School, people: Sequence[Row]) -> Plan:
        """Return a plan in which these people have passed and hold certificates."""
        plan = await self.marked(school, people, giving(80))
        await self.results_officer.release(plan)
        await self.certificate_officer.issue(plan)
        return plan

    async def mark(self, plan: Plan, opinion: Opinion) -> None:
        """Let two markers and a panel of three give their opinion of everything, and close marking."""
        await self.manager.receive(plan)
        await self.manager.appoint(plan, MARKERS, [PANEL])
        await self.manager.allocate(plan)
        judges = [*map(self.marker, MARKERS), *map(self.examiner, PANEL)]
        await together(judge.mark(plan, opinion) for judge in judges)
        await self.manager.close(plan)

    def demo(self, candidates: int) -> Demo:
        """Return a run of the demo, with people of this cast."""
        return Demo(
            stack=self._parties.stack,
            candidates=candidates,
            seed=1,
            folder=self._folder,
            progress=Progress(console=Console(quiet=True)),
            patience=self._parties.patience,
            people_after=self._people_after,
        )
