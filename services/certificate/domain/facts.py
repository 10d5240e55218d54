"""What a credential of ours says, as it is shown to those who check it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Facts:
    """What the paper shows: `scores` are names with decimals as text."""

    number: str
    holder: str
    achievement: str
    achievement_en: str
    issuer: str
    issued_at: datetime
    scores: tuple[tuple[str, str], ...]


def holder_in(credential: Mapping[str, Any]) -> str:
    """Return the holder's name that a credential of ours carries."""
    return str(credential["credentialSubject"]["identifier"][0]["identityHash"])


def facts_in(credential: Mapping[str, Any]) -> Facts:
    """Return the facts of a credential that is known to be ours."""
    subject = credential["credentialSubject"]
    names = {item["id"]: item["name"] for item in subject["achievement"]["resultDescription"]}
    return Facts(
        number=subject["licenseNumber"],
        holder=holder_in(credential),
        achievement=subject["achievement"]["name"],
        achievement_en=subject["achievement"]["description"],
        issuer=credential["issuer"]["name"],
        issued_at=datetime.fromisoformat(credential["validFrom"]),
        scores=tuple((names[item["resultDescription"]], item["value"]) for item in subject["result"]),
    )
