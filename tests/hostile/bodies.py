"""A good JSON body for every route that takes one; tests spoil one value at a time."""

from collections.abc import Iterator
from typing import Any

ID = "4f0c8a52-7d0e-4b8e-9a35-0f6f4f1b7c11"
AT = "2026-11-21T01:00:00Z"
_RECORD = {"sequence": 1, "ticket_no": "T1", "occurred_at": AT}
_ARTEFACT = {"task_code": "xb2b:junior:1.1", "sha256": "0" * 64, "size": 10}
_PERSON = {
    "name": "张三",
    "document_type": "resident_id",
    "document_number": "11010519491231002X",
    "phone": "13800000001",
    "major": "电子商务",
    "class_name": "一班",
    "student_no": "1",
}
_MATERIAL = {"kind": "photo", "sha256": "0" * 64, "size": 10}
_SCORES = {"scores": {"xb2b:junior:1.1.1": "8.5"}, "comment": "好"}

BODIES: dict[str, dict[tuple[str, str], Any]] = {
    "registration": {
        ("POST", "/v1/institutions"): {"name": "示范学院", "region": "330100", "credit_code": None},
        ("POST", "/v1/institutions/{institution_id}/clients"): {"label": "教务", "scopes": ["applications:read"]},
        ("POST", "/oauth/token"): {"grant_type": "client_credentials", "client_id": "kz-a", "client_secret": "b"},
        ("POST", "/v1/applications"): {"plan_id": ID, "person": _PERSON, "materials": [_MATERIAL]},
        ("PUT", "/v1/applications/{application_id}"): {"person": _PERSON, "materials": [_MATERIAL]},
        ("POST", "/v1/applications/{application_id}/void"): {"reason_code": "false_materials"},
        ("POST", "/v1/applications/decisions"): {
            "items": [
                {"application_id": ID, "version": 1, "decision": "refuse", "reason_code": "x1", "comment": "不全"}
            ]
        },
    },
    "exam": {
        ("POST", "/v1/sites"): {"name": "站点", "address": "考试路1号", "rooms": [{"name": "101", "stations": 4}]},
        ("POST", "/v1/plans"): {
            "title": "考核",
            "standard": "xb2b",
            "edition": None,
            "level": "junior",
            "unit": None,
            "blueprint": {"code": "authored", "version": 1},
            "entry_opens_at": AT,
            "entry_closes_at": AT,
            "rules": {"opens_minutes_before": 60, "late_limit_minutes": 30},
            "sessions": [{"component": "practical", "site_id": ID, "starts_at": AT, "ends_at": AT}],
        },
        ("POST", "/v1/plans/{plan_id}/arrange"): {"seed": "s"},
        ("POST", "/v1/sessions/{session_id}/check-ins"): {"device_id": "gate-1", "items": [_RECORD]},
        ("POST", "/v1/sessions/{session_id}/attendance"): {"device_id": "gate-1", "items": [_RECORD]},
        ("POST", "/v1/sessions/{session_id}/works"): {
            "device_id": "gate-1",
            "items": [_RECORD | {"artefacts": [_ARTEFACT]}],
        },
    },
    "grading": {
        ("POST", "/v1/plans/{plan_id}/markers"): {"items": [{"subject": "m1", "institution_id": ID}]},
        ("POST", "/v1/plans/{plan_id}/panels"): {"panels": [{"name": "一组", "examiners": ["e1", "e2", "e3"]}]},
        ("POST", "/v1/plans/{plan_id}/allocate"): {"seed": 1},
        ("POST", "/v1/marks"): {"plan_id": ID, "items": [{"work_code": "W1"} | _SCORES]},
        ("POST", "/v1/arbitrations"): {"plan_id": ID, "items": [{"work_code": "W1"} | _SCORES]},
        ("POST", "/v1/interview-scores"): {"plan_id": ID, "items": [{"interview_code": "I1"} | _SCORES]},
    },
    "certificate": {
        ("POST", "/v1/certificates/{certificate_id}/revoke"): {"reason_code": "misconduct", "comment": ""},
        ("POST", "/v1/verifications"): {"number": "KZ1", "name": "张三"},
        ("POST", "/v1/verifications/bulk"): {"items": [{"number": "KZ1", "token": "T"}]},
        ("POST", "/v1/verifications/credential"): {
            "issuer": {"id": "did:web:x"},
            "credentialSubject": {"licenseNumber": "KZ1"},
            "proof": [{"verificationMethod": "m", "cryptosuite": "eddsa-jcs-2022", "proofValue": "z1"}],
        },
    },
    "operations": {
        ("POST", "/v1/traces"): {
            "resourceSpans": [
                {
                    "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "exam"}}]},
                    "scopeSpans": [{"spans": [{"traceId": "5b8efff798038103d269b633813fc60c", "name": "x"}]}],
                }
            ]
        }
    },
}
ROUTES = [(service, method, path) for service, routes in BODIES.items() for method, path in routes]


def leaves(body: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield where every value of a body is that holds no others."""
    if isinstance(body, dict | list):
        for key, value in body.items() if isinstance(body, dict) else enumerate(body):
            yield from leaves(value, (*place, key))
    else:
        yield place


def spoilt(body: Any, place: tuple[str | int, ...], value: Any) -> Any:
    """Return the body with another value at a place."""
    if not place:
        return value
    copy = dict(body) if isinstance(body, dict) else list(body)
    copy[place[0]] = spoilt(body[place[0]], place[1:], value)  # type: ignore[index]  # a key of a dict, or an index
    return copy
