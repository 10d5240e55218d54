"""Is this certificate good? One pure function that every path uses: page, API, bulk, posted file and tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from services.certificate.domain import proof
from services.certificate.domain.credential import Issuer
from services.certificate.domain.status_list import Place

#: Clocks of two machines may differ by this much.
SKEW = timedelta(minutes=5)


class State(StrEnum):
    """The answer. Whatever cannot be checked is never called valid."""

    VALID = "VALID"
    REVOKED = "REVOKED"
    NOT_FOUND = "NOT_FOUND"
    INVALID = "INVALID"
    CANNOT_CHECK = "CANNOT_CHECK"


class Cause(StrEnum):
    """Why a credential is not valid."""

    NOT_GENUINE = "not-genuine"
    OTHER_ISSUER = "other-issuer"
    MALFORMED = "malformed"
    NOT_YET_VALID = "not-yet-valid"
    STATUS_MISMATCH = "status-mismatch"
    STATUS_UNKNOWN = "status-unknown"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom to believe: the issuer and its listed keys by id."""

    issuer: Issuer
    keys: Mapping[str, Ed25519PublicKey]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the register says about a number now."""

    number: str
    place: Place
    revoked: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """The state, and the cause where it is not valid."""

    state: State
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a genuine credential of ours says of itself: its number, its beginning, and where its status is."""

    number: str
    starts: datetime
    list_url: object
    index: object


def verify(credential: Mapping[str, Any], trust: Trust, standing: Standing | None, now: datetime) -> Finding:
    """Return the state of a credential; `standing` is none where the register does not know its number."""
    claim = examine(credential, trust)
    return judge(claim, trust.issuer, standing, now) if isinstance(claim, Claim) else claim


def examine(credential: Mapping[str, Any], trust: Trust) -> Claim | Finding:
    """Return what a credential claims if it is genuine, else why it is invalid: true for these bytes for ever."""
    if not _names_issuer(credential, trust.issuer):
        return Finding(State.INVALID, Cause.OTHER_ISSUER)
    try:
        proof.check(credential, trust.keys)
    except proof.NotGenuine:
        return Finding(State.INVALID, Cause.NOT_GENUINE)
    starts, number = _moment(credential.get("validFrom")), number_in(credential)
    if starts is None or number is None or not _is_our_form(credential, trust.issuer):
        return Finding(State.INVALID, Cause.MALFORMED)
    status = credential["credentialStatus"]
    return Claim(number, starts, status.get("statusListCredential"), status.get("statusListIndex"))


def judge(claim: Claim, issuer: Issuer, standing: Standing | None, now: datetime) -> Finding:
    """Return the state of a genuine credential, as the register has it now."""
    if claim.starts > now + SKEW:  # we issue nothing ahead of time: a clock is wrong, here or where it was issued
        return Finding(State.CANNOT_CHECK, Cause.NOT_YET_VALID)
    if standing is None:
        return Finding(State.CANNOT_CHECK, Cause.STATUS_UNKNOWN)
    place = (issuer.list_url(standing.place.list_number), str(standing.place.index))
    if (claim.list_url, claim.index, claim.number) != (*place, standing.number):
        return Finding(State.INVALID, Cause.STATUS_MISMATCH)
    return Finding(State.REVOKED, Cause.REVOKED) if standing.revoked else Finding(State.VALID)


def number_in(credential: Mapping[str, Any]) -> str | None:
    """Return the number that a credential claims, whether it is genuine or not."""
    subject = credential.get("credentialSubject")
    number = subject.get("licenseNumber") if isinstance(subject, Mapping) else None
    return number if isinstance(number, str) else None


def _names_issuer(credential: Mapping[str, Any], issuer: Issuer) -> bool:
    named = credential.get("issuer")
    return isinstance(named, Mapping) and named.get("id") == issuer.did


def _is_our_form(credential: Mapping[str, Any], issuer: Issuer) -> bool:
    """Tell a certificate from other things that the same key signs, such as status lists."""
    number = number_in(credential)
    return (
        "OpenBadgeCredential" in (credential.get("type") or ())
        and number is not None
        and credential.get("id") == issuer.credential_url(number)
        and isinstance(credential.get("credentialStatus"), Mapping)
    )


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) and value.endswith("Z") else None
    except ValueError:
        return None
