"""Partner schools, their API clients, tokens and keys, as they come in and go out over HTTP."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from services.registration.entrypoints.schemas import Text
from shared.persons.address_codes import is_address_code
from shared.persons.organisations import read_credit_code
from shared.persons.words import ORGANISATION_FAULTS
from shared.web import validation
from shared.web.texts import CODE


def _region(code: str) -> str:
    if not is_address_code(code):
        raise validation.fault(
            "unknown_region", "没有这个行政区划代码（GB/T 2260）。", "There is no such code of GB/T 2260."
        )
    return code


def _credit_code(text: str) -> str:
    code, fault, _ = read_credit_code(text)
    if fault:
        raise validation.fault(fault.code, *ORGANISATION_FAULTS[fault.code])
    return code


class InstitutionRequest(BaseModel):
    """A partner school to be created."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"name": "示范职业技术学院", "region": "330100"}}
    )

    name: Text
    region: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$"), AfterValidator(_region), CODE] = Field(
        description="GB/T 2260 行政区划代码"
    )
    credit_code: Annotated[str, StringConstraints(max_length=50), AfterValidator(_credit_code)] | None = Field(
        default=None, description="GB 32100 统一社会信用代码"
    )


class InstitutionResponse(BaseModel):
    """A partner school."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    region: str
    credit_code: str | None = None
    created_at: datetime


class ClientRequest(BaseModel):
    """An API client to be created for a school."""

    model_config = ConfigDict(extra="forbid")

    label: Text
    scopes: list[Text] | None = Field(default=None, max_length=20)


class ClientResponse(BaseModel):
    """An API client. The secret is shown this once."""

    client_id: str
    client_secret: str
    scopes: list[str]


class TokenResponse(BaseModel):
    """An access token (RFC 6749, 5.1)."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the word of RFC 6750
    expires_in: int = Field(description="秒 seconds")
    scope: str


class TokenRefusal(BaseModel):
    """Why there is no token (RFC 6749, 5.2)."""

    error: Literal["invalid_client", "invalid_scope", "unsupported_grant_type"]


class KeyResponse(BaseModel):
    """A public key (RFC 8037)."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: str
    kid: str
    use: Literal["sig"]
    alg: Literal["EdDSA"]


class KeysResponse(BaseModel):
    """The public keys that check tokens (RFC 7517)."""

    keys: list[KeyResponse]
