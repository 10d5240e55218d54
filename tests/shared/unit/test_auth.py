import json
from datetime import UTC, datetime, timedelta

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from shared.clock import MovableClock, SettableClock
from shared.ids import new_id
from shared.web import tokens
from shared.web.auth import Authenticator, TokenRefused
from shared.web.keys import IssuerKeys, KeysUnavailable
from tests.worlds.callers import AUDIENCE, ISSUER, OFFICER, bearer


def claims(**changes):
    now = datetime.now(UTC)  # noqa: TID251 - the service lives by the machine's clock
    found = {"iss": ISSUER, "aud": AUDIENCE, "sub": OFFICER, "scope": "plans:read", "exp": now + timedelta(minutes=5)}
    return {name: value for name, value in (found | changes).items() if value is not None}


def sign(issuer, **changes):
    key_id = tokens.thumbprint(tokens.public_jwk(issuer.key.public_key()))
    return jwt.encode(claims(**changes), issuer.key, algorithm="EdDSA", headers={"kid": key_id})


async def ask(client, token, path="/v1/me"):
    return await client.get(path, headers=bearer(token))


async def test_a_good_token_says_who_calls(client, issuer):
    institution = new_id()
    answer = await ask(client, issuer.token("plans:read", institution=institution))
    assert answer.json() == {"subject": OFFICER, "institution": str(institution)}


async def test_no_token_is_refused_with_a_challenge(client):
    answer = await client.get("/v1/me")
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:kaozheng:problem:unauthenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_missing_scope_is_named(client, issuer):
    answer = await ask(client, issuer.token("plans:write"))
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:kaozheng:problem:missing-scope")
    assert "plans:read" in answer.json()["detail"]


async def test_one_of_several_scopes_is_enough_where_the_route_says_so(client, issuer):
    assert (await ask(client, issuer.token("plans:write"), "/v1/either")).status_code == 200
    assert (await ask(client, issuer.token("marks:write"), "/v1/either")).status_code == 403


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://other.test"},
        {"aud": "other"},
        {"exp": datetime(2020, 1, 1, tzinfo=UTC)},
        {"exp": None},
        {"exp": "soon"},
        {"exp": float("inf")},
        {"nbf": "later"},
        {"aud": None},
        {"iss": None},
        {"sub": None},
        {"scope": ["plans:read"]},
        {"institution_id": "not-a-uuid"},
        {"institution_id": 7},
        {"nbf": datetime(2100, 1, 1, tzinfo=UTC)},
    ],
)
async def test_wrong_claims_are_refused(client, issuer, changes):
    answer = await ask(client, sign(issuer, **changes))
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:kaozheng:problem:token-refused")


async def test_clocks_may_differ_by_thirty_seconds(issuer):
    clock = SettableClock(datetime(2026, 11, 20, 8, tzinfo=UTC))
    caller, token = Authenticator([issuer.trusted], clock), issuer.token(clock=clock)
    clock.advance(timedelta(hours=1, seconds=29))
    assert (await caller.authenticate(token)).subject == OFFICER
    clock.advance(timedelta(seconds=1))
    with pytest.raises(TokenRefused):
        await caller.authenticate(token)


async def test_a_clock_that_went_back_still_believes_new_tokens(client, issuer):
    soon = datetime.now(UTC) + timedelta(hours=1)  # noqa: TID251 - as above
    assert (await ask(client, sign(issuer, iat=soon))).status_code == 200


async def test_an_unsigned_token_is_refused(client):
    assert (await ask(client, jwt.encode(claims(), "", algorithm="none"))).status_code == 401


async def test_the_public_key_is_no_shared_secret(client, issuer):
    key_id = tokens.thumbprint(tokens.public_jwk(issuer.key.public_key()))
    secret = issuer.key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    forged = jwt.encode(claims(), secret, algorithm="HS256", headers={"kid": key_id})
    assert (await ask(client, forged)).status_code == 401


async def test_a_key_of_somebody_else_is_refused(client):
    other = Ed25519PrivateKey.generate()
    assert (await ask(client, jwt.encode(claims(), other, algorithm="EdDSA"))).status_code == 401
    unknown = jwt.encode(claims(), other, algorithm="EdDSA", headers={"kid": "unknown"})
    assert (await ask(client, unknown)).status_code == 401


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é.é.é", "eyJhbGciOiJFZERTQSJ9..", "x" * 9_000, "eyJ9.e30.AA"])
async def test_what_is_no_token_is_refused(client, token):
    answer = await client.get("/v1/me", headers={"authorization": f"Bearer {token}".encode()})
    assert answer.status_code == 401


async def test_a_changed_token_is_refused(client, issuer):
    head, body, signature = issuer.token("plans:read").split(".")
    other = issuer.token("plans:write").split(".")[1]
    assert body != other
    assert (await ask(client, f"{head}.{other}.{signature}")).status_code == 401


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
async def test_other_asymmetric_keys_are_accepted(client, issuer, algorithm):
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    if algorithm == "RS256":
        key = rsa.generate_private_key(65537, 2048)
        jwk = RSAAlgorithm.to_jwk(key, as_dict=True)
    else:
        key = ec.generate_private_key(ec.SECP256R1())
        jwk = ECAlgorithm.to_jwk(key, as_dict=True)
    jwk = {name: value for name, value in jwk.items() if name in {"kty", "n", "e", "crv", "x", "y"}}
    issuer.jwks.write_text(json.dumps({"keys": [{**jwk, "kid": "k1", "alg": algorithm}]}))
    token = jwt.encode(claims(), key, algorithm=algorithm, headers={"kid": "k1"})
    assert (await ask(client, token)).status_code == 200


class Source:
    """A JWKS address whose keys change, and which can be out of order."""

    def __init__(self):
        self.keys, self.asked, self.broken = [], 0, False
        self.now = 0.0
        self.issuer_keys = IssuerKeys("https://issuer.test/jwks", monotonic=lambda: self.now)

    async def read(self):
        self.asked += 1
        if self.broken:
            raise httpx.ConnectError("out of order")
        return tokens.jwks(*self.keys)

    async def knows(self, key):
        return await self.issuer_keys.find(tokens.thumbprint(tokens.public_jwk(key))) is not None


@pytest.fixture
def source(monkeypatch):
    found = Source()
    monkeypatch.setattr(found.issuer_keys, "_read", found.read)
    return found


async def test_keys_are_asked_for_again_when_one_is_unknown_but_not_often(source):
    first, second = (Ed25519PrivateKey.generate().public_key() for _ in range(2))
    source.keys = [first]
    assert await source.knows(first)
    source.keys = [first, second]
    assert not await source.knows(second)
    assert source.asked == 1
    source.now = 10
    assert await source.knows(second)
    assert source.asked == 2


async def test_keys_grow_old_after_five_minutes(source):
    first, second = (Ed25519PrivateKey.generate().public_key() for _ in range(2))
    source.keys = [first]
    assert await source.knows(first)
    source.keys = [second]
    source.now = 299
    assert await source.knows(first)
    source.now = 301
    assert not await source.knows(first)


async def test_keys_stay_when_their_source_is_out_of_order(source):
    key = Ed25519PrivateKey.generate().public_key()
    source.keys = [key]
    assert await source.knows(key)
    source.broken, source.now = True, 1_000
    assert await source.knows(key)
    assert await source.knows(key)
    assert source.asked == 2


async def test_a_key_that_could_not_be_asked_for_is_not_unknown(source):
    key = Ed25519PrivateKey.generate().public_key()
    source.keys, source.broken = [key], True
    with pytest.raises(KeysUnavailable):
        await source.knows(key)
    source.broken = False
    with pytest.raises(KeysUnavailable):
        await source.knows(key)
    source.now = 1
    assert await source.knows(key)
    assert source.asked == 2


async def test_tokens_live_by_the_one_clock(issuer, tmp_path):
    clock = MovableClock(tmp_path / "clock")
    caller = Authenticator([issuer.trusted], clock)
    early = issuer.token(clock=clock)
    assert (await caller.authenticate(early)).subject == OFFICER
    clock.move(timedelta(hours=2))
    with pytest.raises(TokenRefused):
        await caller.authenticate(early)
    late = issuer.token(clock=clock)
    assert (await caller.authenticate(late)).subject == OFFICER
    clock.reset()
    assert (await caller.authenticate(late)).subject == OFFICER  # not yet issued is no reason to refuse
