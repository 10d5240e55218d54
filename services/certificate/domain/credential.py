"""The credential: W3C Verifiable Credentials 2.0 in the form of Open Badges 3.0 (`OpenBadgeCredential`).

It says what the paper says, the holder's name included: Open Badges has no `name` on a subject, it identifies people by
`identifier` objects, here of type `name` and not hashed (a hash with its salt beside it would hide nothing, and nobody
could compare it with the paper). It never holds a document number, and the subject's id is random.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.certificate.domain.proof import Json, timestamp
from services.certificate.domain.status_list import Place

CONTEXT = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
)
_SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
TITLE = "职业技能等级证书"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A skill requirement that the holder met."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Achievement:
    """What a certificate is for: standard, level and (where one is chosen) unit, with the requirements met."""

    standard: str
    level: str
    standard_title: str
    standard_title_en: str
    level_title: str
    level_title_en: str
    unit_title: str | None
    unit_title_en: str | None
    criteria: str
    requirements: tuple[Requirement, ...]
    unit: str | None = None

    @property
    def title(self) -> str:
        """Return the Chinese title in one line."""
        unit = f" · {self.unit_title}" if self.unit_title else ""
        return f"{self.standard_title}（{self.level_title}）{unit}"

    @property
    def title_en(self) -> str:
        """Return the English title in one line."""
        unit = f" · {self.unit_title_en}" if self.unit_title_en else ""
        return f"{self.standard_title_en} ({self.level_title_en}){unit}"


@dataclass(frozen=True, slots=True)
class Scores:
    """The released scores, decimals as text."""

    total: str
    practical: str | None
    interview: str | None

    def named(self) -> Sequence[tuple[str, str, str]]:
        """Return (fragment, Chinese name, score) of each score there is."""
        every = (("total", "总成绩", self.total), ("practical", "实操考试", self.practical))
        return [(key, name, value) for key, name, value in (*every, ("interview", "面试", self.interview)) if value]


@dataclass(frozen=True, slots=True)
class Issuer:
    """The certifying body as the credential names it, and where its public pages are."""

    host_url: str
    did: str
    name: str
    name_en: str

    def credential_url(self, number: str) -> str:
        """Return the credential's id, which is also the page to check it on."""
        return f"{self.host_url}/c/{number}"

    def verify_url(self, number: str, token: str) -> str:
        """Return the page that opens with the token."""
        return f"{self.credential_url(number)}?t={token}"

    def qr_url(self, number: str, token: str) -> str:
        """Return the same page in capitals only: a QR code of version 4 that any phone reads."""
        return f"{self.host_url}/C/{number}/{token}".upper()

    def list_url(self, list_number: int) -> str:
        """Return the address and id of a status list."""
        return f"{self.host_url}/v1/status-lists/{list_number}"


@dataclass(frozen=True, slots=True)
class Award:
    """One certificate about to be signed."""

    number: str
    subject_id: UUID
    holder: str
    achievement: Achievement
    scores: Scores
    place: Place
    issued_at: datetime


def achievement_id(issuer: Issuer, achievement: Achievement) -> str:
    """Return the address that identifies what was achieved."""
    place = f"{achievement.standard}/{achievement.level}"
    if achievement.unit:  # who passed one unit has not achieved what another stands for
        place = achievement.unit.replace(":", "/")
    return f"{issuer.host_url}/a/{place}"


def build(issuer: Issuer, award: Award) -> Json:
    """Return the unsigned credential."""
    return {
        "@context": list(CONTEXT),
        "id": issuer.credential_url(award.number),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": TITLE,
        "issuer": {"id": issuer.did, "type": ["Profile"], "name": issuer.name},
        "validFrom": timestamp(award.issued_at),
        "credentialSubject": _subject(issuer, award),
        "credentialStatus": _status(issuer, award.place),
        "credentialSchema": [{"id": _SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def _subject(issuer: Issuer, award: Award) -> Json:
    achievement = achievement_id(issuer, award.achievement)
    return {
        "id": f"urn:uuid:{award.subject_id}",
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityHash": award.holder, "identityType": "name"}
        ],
        "licenseNumber": award.number,
        "result": [
            {"type": ["Result"], "resultDescription": f"{achievement}#{key}", "value": score}
            for key, _, score in award.scores.named()
        ],
        "achievement": _achievement(issuer, award.achievement, award.scores),
    }


def _achievement(issuer: Issuer, achievement: Achievement, scores: Scores) -> Json:
    identifier = achievement_id(issuer, achievement)
    return {
        "id": identifier,
        "type": ["Achievement"],
        "achievementType": "Certification",
        "name": achievement.title,
        "description": achievement.title_en,
        "criteria": {"narrative": achievement.criteria},
        "alignment": [
            {
                "type": ["Alignment"],
                "targetCode": requirement.code,
                "targetName": requirement.name,
                "targetFramework": achievement.standard_title,
                "targetUrl": f"{identifier}#{requirement.code}",
            }
            for requirement in achievement.requirements
        ],
        "resultDescription": [
            {"id": f"{identifier}#{key}", "type": ["ResultDescription"], "name": name, "resultType": "Percent"}
            for key, name, _ in scores.named()
        ],
    }


def _status(issuer: Issuer, place: Place) -> Json:
    url = issuer.list_url(place.list_number)
    return {
        "id": f"{url}#{place.index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(place.index),
        "statusListCredential": url,
    }
