"""The one verification function: every state, and closed when in doubt."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given

from services.certificate.domain import proof, status_list
from services.certificate.domain.credential import Scores
from services.certificate.domain.status_list import Place
from services.certificate.domain.verification import Cause, Finding, State, Trust, number_in, verify
from shared.persons.names import normal_name
from tests.certificate.mutants import mutants
from tests.certificate.samples import AWARD, ISSUER, KEY, METHOD, NAMES, NOW, SCORES, STANDING, TRUST, signed


def test_genuine_credential_in_good_standing_is_valid():
    assert verify(signed(), TRUST, STANDING, NOW) == Finding(State.VALID)


def test_revoked_certificate_is_revoked_not_invalid():
    found = verify(signed(), TRUST, replace(STANDING, revoked=True), NOW)
    assert found == Finding(State.REVOKED, Cause.REVOKED)


def test_unknown_standing_is_never_valid():
    assert verify(signed(), TRUST, None, NOW) == Finding(State.CANNOT_CHECK, Cause.STATUS_UNKNOWN)


@pytest.mark.parametrize(
    "standing",
    [replace(STANDING, place=Place(1, 1)), replace(STANDING, place=Place(2, 94567)), replace(STANDING, number="X")],
)
def test_standing_of_another_certificate_does_not_count(standing):
    assert verify(signed(), TRUST, standing, NOW) == Finding(State.INVALID, Cause.STATUS_MISMATCH)


def test_credential_of_the_future_is_not_yet_valid_beyond_clock_skew():
    assert verify(signed(issued_at=NOW + timedelta(minutes=4)), TRUST, STANDING, NOW).state is State.VALID
    late = verify(signed(issued_at=NOW + timedelta(minutes=6)), TRUST, STANDING, NOW)
    assert late == Finding(State.CANNOT_CHECK, Cause.NOT_YET_VALID)


def test_other_key_and_other_issuer_are_refused():
    stranger = Ed25519PrivateKey.generate()
    unsigned = {name: value for name, value in signed().items() if name != "proof"}
    forged = proof.sign(unsigned, stranger, METHOD, NOW)
    assert verify(forged, TRUST, STANDING, NOW).cause is Cause.NOT_GENUINE
    elsewhere = Trust(replace(ISSUER, did="did:web:other.example:issuers:main"), TRUST.keys)
    assert verify(signed(), elsewhere, STANDING, NOW).cause is Cause.OTHER_ISSUER


def test_certificate_of_a_retired_key_stays_valid_while_the_key_is_listed():
    newer = Ed25519PrivateKey.generate().public_key()
    rotated = Trust(ISSUER, {f"{ISSUER.did}#new": newer, METHOD: KEY.public_key()})
    assert verify(signed(), rotated, STANDING, NOW).state is State.VALID


def test_other_things_signed_by_the_issuer_are_no_certificates():
    listed = status_list.list_credential(ISSUER.list_url(1), ISSUER.did, status_list.encode_list([]), NOW)
    listed["issuer"] = {"id": ISSUER.did}
    assert verify(proof.sign(listed, KEY, METHOD, NOW), TRUST, STANDING, NOW).cause is Cause.MALFORMED


def test_no_mutant_is_ever_valid_or_revoked():
    for what, mutant in mutants(signed()):
        assert verify(mutant, TRUST, STANDING, NOW).state is State.INVALID, what


@pytest.mark.parametrize("thing", [{}, {"issuer": 1}, {"issuer": {"id": ISSUER.did}}, {"credentialSubject": []}])
def test_anything_else_is_refused_without_an_exception(thing):
    assert verify(thing, TRUST, STANDING, NOW).state is State.INVALID
    assert number_in(thing) is None


def test_number_is_read_from_the_credential():
    assert number_in(signed()) == AWARD.number


@given(NAMES, SCORES)
def test_any_holder_and_score_can_be_signed_and_verified(name, score):
    document = signed(holder=normal_name(name), scores=Scores(score, None, None))
    assert verify(document, TRUST, STANDING, NOW).state is State.VALID
