"""A certificate's life and when one is due."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from services.certificate.domain.model import REASON_TEXTS, Candidacy, Certificate, Reason, Status
from services.certificate.domain.status_list import Place
from tests.certificate.samples import NOW

ISSUED = Certificate(
    id=UUID(int=1),
    application_id=UUID(int=2),
    number="KZXB2BJ202600000042A",
    place=Place(1, 5),
    status=Status.VALID,
    version=1,
    issued_at=NOW,
)


def test_revoking_keeps_number_and_tells_reason_and_date():
    revoked = ISSUED.revoke(Reason.FALSE_EVIDENCE, NOW)
    assert (revoked.status, revoked.reason, revoked.revoked_at, revoked.version) == (
        Status.REVOKED,
        Reason.FALSE_EVIDENCE,
        NOW,
        2,
    )
    assert revoked.number == ISSUED.number
    assert revoked.standing.revoked


def test_revoking_twice_keeps_the_first_reason():
    revoked = ISSUED.revoke(Reason.FALSE_EVIDENCE, NOW)
    assert revoked.revoke(Reason.HOLDER_REQUEST, NOW + timedelta(days=1)) == revoked


def test_every_reason_has_a_text_in_both_languages():
    assert set(REASON_TEXTS) == set(Reason)


def test_certificate_is_due_only_when_everything_is_known_and_good():
    ready = Candidacy(
        application_id=UUID(int=2),
        plan_id=UUID(int=3),
        is_admitted=True,
        is_voided=False,
        has_passed=True,
        has_certificate=False,
    )
    assert ready.is_due(plan_known=True)
    assert not ready.is_due(plan_known=False)
    assert not replace(ready, is_admitted=False).is_due(plan_known=True)
    assert not replace(ready, is_voided=True).is_due(plan_known=True)
    assert not replace(ready, has_passed=False).is_due(plan_known=True)
    assert not replace(ready, has_certificate=True).is_due(plan_known=True)
