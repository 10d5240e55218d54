"""Exam with sites, plans and candidates, and the devices at the sites."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from shared.events.registration import ApplicationAdmittedV1
from shared.standards import SkillStandard, load_standard
from shared.standards.catalogue import Catalogue
from tests.worlds import payloads, services
from tests.worlds.callers import Issuer
from tests.worlds.payloads import NOW, Candidate

MORNING = datetime(2026, 11, 21, 1, tzinfo=UTC)
AFTERNOON = datetime(2026, 11, 21, 6, tzinfo=UTC)
TWO_HOURS = timedelta(hours=2)
SCHOOL = UUID(int=77)


class World(services.World):
    NAME = "exam"
    STAFF = ("plans:write", "plans:read", "site:operate")

    @classmethod
    def settings(cls, issuer: Issuer) -> dict[str, Any]:
        """Return them with a folder for the operator's own standards and blueprints."""
        return super().settings(issuer) | {"standards_dir": issuer.jwks.with_name("own")}

    @property
    def folder(self) -> Path:
        """The operator's folder of standards and blueprints."""
        folder = self.service.settings.standards_dir
        assert folder is not None
        return folder

    def put_blueprint(self, text: str, name: str = "own.yaml") -> None:
        """Put an authored blueprint into the operator's folder."""
        (self.folder / "blueprints").mkdir(parents=True, exist_ok=True)
        (self.folder / "blueprints" / name).write_text(text, "utf-8")

    def put_edition(self, edition: str, **changes: Any) -> None:
        """Put another edition of the built-in 1+X standard into the operator's folder."""
        data = load_standard("xb2b").model_dump(mode="json") | {"edition": edition} | changes
        Catalogue(self.folder).save(SkillStandard.model_validate(data), replace=True)

    async def site(self, stations: Sequence[int] = (10,)) -> str:
        """Make a site with a room for each number of stations."""
        rooms = [{"name": f"{number:03d}考场", "stations": count} for number, count in enumerate(stations, start=1)]
        made = await self.post("/v1/sites", {"name": "示范站点", "address": "考试路1号", "rooms": rooms})
        return str(made["id"])

    async def draft(self, sites: Sequence[str] = (), **changes: Any) -> dict[str, Any]:
        """Draft a plan, on a new site unless some are given."""
        return dict(await self.post("/v1/plans", plan_body(sites or [await self.site()]) | changes))

    async def plan(self, *, stations: Sequence[int] = (10,)) -> str:
        """Publish a plan on a new site."""
        plan = await self.draft([await self.site(stations)])
        await self.post(f"/v1/plans/{plan['id']}/publish")
        return str(plan["id"])

    async def sealed(self, people: int, *, stations: Sequence[int] = (10,)) -> str:
        """Publish a plan and seat so many candidates, every second one of the school."""
        plan_id = await self.plan(stations=stations)
        await self.tell(*(self.admitted(plan_id, SCHOOL if number % 2 else None) for number in range(people)))
        await self.post(f"/v1/plans/{plan_id}/close-entry")
        await self.post(f"/v1/plans/{plan_id}/arrange", {"seed": "s"})
        return plan_id

    def admitted(self, plan_id: str, school: UUID | None = SCHOOL) -> ApplicationAdmittedV1:
        """Return the admission of a new candidate."""
        person = payloads.sealed_person(self.service.settings.sealer(), "张三")
        return payloads.application_admitted(UUID(plan_id), Candidate(institution_id=school), person)

    async def sessions(self, plan_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the first practical and the first interview session."""
        items = (await self.get("/v1/sessions", plan_id=plan_id))["items"]
        return tuple(next(one for one in items if one["component"] == kind) for kind in ("practical", "interview"))

    async def roster(self, session: dict[str, Any]) -> list[dict[str, Any]]:
        """Return who is expected in a session."""
        return list((await self.get(f"/v1/sessions/{session['id']}/roster", limit=1000))["items"])

    async def upload(
        self, session: dict[str, Any], kind: str, items: Sequence[dict[str, Any]], *, device: str = "gate-1"
    ) -> dict[str, Any]:
        """Send what a device has recorded."""
        return dict(await self.post(f"/v1/sessions/{session['id']}/{kind}", records(items, device)))


def plan_body(sites: Sequence[str]) -> dict[str, Any]:
    """Return a good plan of one practical and one interview session on each site."""
    return {
        "title": "跨境电商B2B数据运营（初级）考核",
        "standard": "xb2b",
        "level": "junior",
        "entry_opens_at": (NOW - timedelta(days=9)).isoformat(),
        "entry_closes_at": (NOW + timedelta(days=1)).isoformat(),
        "sessions": [
            {
                "component": component,
                "site_id": site,
                "starts_at": start.isoformat(),
                "ends_at": (start + TWO_HOURS).isoformat(),
            }
            for component, start in (("practical", MORNING), ("interview", AFTERNOON))
            for site in sites
        ],
    }


def records(items: Sequence[dict[str, Any]], device: str = "gate-1") -> dict[str, Any]:
    """Return the upload of a device."""
    return {"device_id": device, "items": list(items)}


def item(sequence: int, ticket_no: str, at: datetime, **more: Any) -> dict[str, Any]:
    """Return one record of a device."""
    return {"sequence": sequence, "ticket_no": ticket_no, "occurred_at": at.isoformat()} | more


def work_item(sequence: int, ticket_no: str, at: datetime) -> dict[str, Any]:
    """Return the record of a work that was handed in."""
    return item(sequence, ticket_no, at, artefacts=[payloads.ARTEFACT.model_dump()])


def candidate(admission: ApplicationAdmittedV1) -> Candidate:
    """Return who was admitted."""
    return Candidate(institution_id=admission.institution_id, application_id=admission.application_id)
