"""Who calls and what they may do: JWTs of trusted issuers, checked against their public keys.

In a route: `principal: Annotated[Principal, Depends(require("plans:write"))]`.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import jwt
from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from shared.clock import Clock
from shared.errors import Forbidden, Unauthenticated
from shared.settings import TrustedIssuer
from shared.web.keys import ALGORITHMS, IssuerKeys

_LEEWAY_SECONDS = 30
_LONGEST_TOKEN = 8_192
#: What only the certifying body does. In the token of an institution these are worth nothing, whoever signed it.
BODY_ONLY = frozenset(
    {
        "applications:review",
        "certificates:manage",
        "certificates:revoke",
        "institutions:write",
        "marking:manage",
        "operations:read",
        "plans:write",
        "results:release",
    }
)

bearer = HTTPBearer(
    scheme_name="bearer",
    bearerFormat="JWT",
    auto_error=False,
    description="机构用 client_credentials 换取，工作人员由身份服务签发。Scopes are listed at each operation.",
)


@dataclass(frozen=True, slots=True)
class Principal:
    """The caller: `subject` from the token, what it may do, and whose data it may see (None: not an institution)."""

    subject: str
    scopes: frozenset[str]
    institution_id: UUID | None


class MissingScope(Forbidden):
    """The token is good but does not carry the scope."""

    slug = "missing-scope"
    zh = "访问令牌缺少权限：{scopes}。"
    en = "The token lacks a scope: {scopes}."


class TokenRefused(Unauthenticated):
    """The token cannot be trusted; why is a word that says nothing about its content."""

    slug = "token-refused"
    zh = "访问令牌无效或已过期。"
    en = "The bearer token is not valid, or no longer."


class Authenticator:
    """Checks tokens of the configured issuers."""

    def __init__(self, issuers: Sequence[TrustedIssuer], clock: Clock) -> None:
        """Prepare the keys of each issuer; nothing is read before the first token comes."""
        self._clock = clock
        self._issuers = {issuer.issuer: (issuer, IssuerKeys(issuer.jwks)) for issuer in issuers}

    async def authenticate(self, token: str) -> Principal:
        """Return the caller that a token speaks for; raise `TokenRefused` if it cannot be trusted."""
        try:
            return _principal(await self._claims(token))
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError) as error:
            raise TokenRefused from error

    async def _claims(self, token: str) -> dict[str, Any]:
        if len(token) > _LONGEST_TOKEN:
            raise TokenRefused
        unverified = jwt.decode_complete(token, options={"verify_signature": False})
        trusted = self._issuers.get(str(unverified["payload"].get("iss")))
        if trusted is None or unverified["header"].get("alg") not in ALGORITHMS:
            raise TokenRefused
        issuer, keys = trusted
        key = await keys.find(unverified["header"].get("kid"))
        if key is None:
            raise TokenRefused
        claims = jwt.decode(
            token,
            key,
            algorithms=[key.algorithm_name],
            audience=issuer.audience,
            issuer=issuer.issuer,
            # The library knows the machine's clock only. `iat` is for information (RFC 7519, 4.1.6): a clock behind the
            # issuer's must not refuse everybody.
            options={
                "require": ["exp", "iss", "aud", "sub"],
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
            },
        )
        self._check_times(claims)
        return claims

    def _check_times(self, claims: dict[str, Any]) -> None:
        """Refuse what is no longer valid, or not yet: seconds since 1970 (RFC 7519, 4.1.4 and 4.1.5)."""
        now = self._clock.now().timestamp()
        if int(claims["exp"]) <= now - _LEEWAY_SECONDS or int(claims.get("nbf", 0)) > now + _LEEWAY_SECONDS:
            raise TokenRefused


def _principal(claims: dict[str, Any]) -> Principal:
    scope, institution = claims.get("scope", ""), claims.get("institution_id")
    if not isinstance(scope, str):
        raise TokenRefused
    scopes, institution_id = frozenset(scope.split()), UUID(str(institution)) if institution is not None else None
    return Principal(
        subject=str(claims["sub"]),
        scopes=scopes - BODY_ONLY if institution_id else scopes,
        institution_id=institution_id,
    )


async def authenticated(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]
) -> Principal:
    """Return the caller of a request, whatever it may do; raise `Unauthenticated` without a trusted token."""
    if credentials is None:
        raise Unauthenticated
    authenticator: Authenticator = request.app.state.authenticator
    principal = await authenticator.authenticate(credentials.credentials)
    request.state.principal = principal
    return principal


def require(*scopes: str) -> Callable[..., Awaitable[Principal]]:
    """Return the dependency that lets in who holds all the scopes."""

    async def required(caller: Annotated[Principal, Security(authenticated, scopes=list(scopes))]) -> Principal:
        if missing := set(scopes) - caller.scopes:
            raise MissingScope(scopes=" ".join(sorted(missing)))
        return caller

    return required


def require_any(*scopes: str) -> Callable[..., Awaitable[Principal]]:
    """Return the dependency that lets in who holds at least one of the scopes."""

    async def required(caller: Annotated[Principal, Depends(authenticated)]) -> Principal:
        if caller.scopes.isdisjoint(scopes):
            raise MissingScope(scopes=" | ".join(sorted(scopes)))
        return caller

    return required
