"""Which scopes open each route, any one of them being enough; every route of every service is listed."""

PUBLIC = frozenset[str]()
_HEALTH = {("GET", f"/health/{name}"): PUBLIC for name in ("live", "ready", "startup")}
_APPLICATIONS = frozenset({"applications:read", "applications:review"})
_WRITE = frozenset({"applications:write"})
_REVIEW = frozenset({"applications:review"})
_INSTITUTIONS = frozenset({"institutions:write"})
_PLANS = frozenset({"plans:read", "plans:write", "site:operate"})
_STANDARDS = _PLANS | _APPLICATIONS
_OFFICER = frozenset({"plans:write"})
_SITE = frozenset({"site:operate"})
_MANAGE = frozenset({"marking:manage"})
_RELEASE = frozenset({"results:release"})
_GRADING = frozenset({"marking:manage", "results:release", "marks:write", "marks:arbitrate", "panels:score"})
_CERTIFICATES = frozenset({"certificates:read", "certificates:manage"})
_OPERATIONS = frozenset({"operations:read"})

DOORS: dict[str, dict[tuple[str, str], frozenset[str]]] = {
    "registration": _HEALTH
    | {
        ("GET", "/.well-known/jwks.json"): PUBLIC,
        ("POST", "/oauth/token"): PUBLIC,  # it asks for the client's secret
        ("GET", "/v1/applications"): _APPLICATIONS,
        ("POST", "/v1/applications"): _WRITE,
        ("POST", "/v1/applications/decisions"): _REVIEW,
        ("GET", "/v1/applications/{application_id}"): _APPLICATIONS,
        ("PUT", "/v1/applications/{application_id}"): _WRITE,
        ("POST", "/v1/applications/{application_id}/void"): _REVIEW,
        ("POST", "/v1/applications/{application_id}/withdraw"): _WRITE,
        ("GET", "/v1/batches"): _APPLICATIONS,
        ("POST", "/v1/batches"): _WRITE,
        ("GET", "/v1/batches/{batch_id}"): _APPLICATIONS,
        ("GET", "/v1/batches/{batch_id}/errors"): _APPLICATIONS,
        ("GET", "/v1/batches/{batch_id}/errors.csv"): _APPLICATIONS,
        ("GET", "/v1/institutions"): _INSTITUTIONS,
        ("POST", "/v1/institutions"): _INSTITUTIONS,
        ("POST", "/v1/institutions/{institution_id}/clients"): _INSTITUTIONS,
        ("GET", "/v1/plans"): _APPLICATIONS,
    },
    "exam": _HEALTH
    | {
        ("GET", "/v1/plans"): _PLANS,
        ("POST", "/v1/plans"): _OFFICER,
        ("GET", "/v1/plans/{plan_id}"): _PLANS,
        ("POST", "/v1/plans/{plan_id}/arrange"): _OFFICER,
        ("POST", "/v1/plans/{plan_id}/close-entry"): _OFFICER,
        ("POST", "/v1/plans/{plan_id}/finish"): _OFFICER,
        ("POST", "/v1/plans/{plan_id}/publish"): _OFFICER,
        ("GET", "/v1/sessions"): _PLANS,
        ("POST", "/v1/sessions/{session_id}/attendance"): _SITE,
        ("POST", "/v1/sessions/{session_id}/check-ins"): _SITE,
        ("POST", "/v1/sessions/{session_id}/close"): _SITE,
        ("GET", "/v1/sessions/{session_id}/roster"): _SITE,
        ("POST", "/v1/sessions/{session_id}/works"): _SITE,
        ("GET", "/v1/sites"): _PLANS,
        ("GET", "/v1/blueprints"): _STANDARDS,
        ("GET", "/v1/blueprints/{code}"): _STANDARDS,
        ("GET", "/v1/requirements"): _STANDARDS,
        ("GET", "/v1/requirements/{code}"): _STANDARDS,
        ("GET", "/v1/standards"): _STANDARDS,
        ("GET", "/v1/standards/{code}"): _STANDARDS,
        ("GET", "/v1/standards/{code}/difference"): _STANDARDS,
        ("GET", "/v1/standards/{code}/levels/{level}"): _STANDARDS,
        ("GET", "/v1/standards/{code}/levels/{level}/blueprint"): _STANDARDS,
        ("POST", "/v1/sites"): _OFFICER,
        ("GET", "/v1/tickets"): frozenset({"tickets:read", "plans:read", "plans:write"}),
    },
    "grading": _HEALTH
    | {
        ("GET", "/v1/arbitrations"): frozenset({"marks:arbitrate"}),
        ("POST", "/v1/arbitrations"): frozenset({"marks:arbitrate"}),
        ("POST", "/v1/interview-scores"): frozenset({"panels:score"}),
        ("GET", "/v1/interview-tasks"): frozenset({"panels:score"}),
        ("GET", "/v1/marking-tasks"): frozenset({"marks:write"}),
        ("POST", "/v1/marks"): frozenset({"marks:write"}),
        ("GET", "/v1/plans"): _GRADING,
        ("GET", "/v1/plans/{plan_id}"): _GRADING,
        ("GET", "/v1/plans/{plan_id}/criteria"): _GRADING,
        ("POST", "/v1/plans/{plan_id}/allocate"): _MANAGE,
        ("POST", "/v1/plans/{plan_id}/close-marking"): _MANAGE,
        ("POST", "/v1/plans/{plan_id}/markers"): _MANAGE,
        ("POST", "/v1/plans/{plan_id}/panels"): _MANAGE,
        ("POST", "/v1/plans/{plan_id}/release"): _RELEASE,
        ("GET", "/v1/plans/{plan_id}/results"): _RELEASE,
    },
    "certificate": _HEALTH
    | {
        ("GET", "/issuers/main/did.json"): PUBLIC,
        ("GET", "/v1/certificates"): _CERTIFICATES,
        ("GET", "/v1/certificates/summary"): _CERTIFICATES,
        ("GET", "/v1/certificates/{certificate_id}"): _CERTIFICATES,
        ("POST", "/v1/certificates/{certificate_id}/revoke"): frozenset({"certificates:revoke"}),
        ("GET", "/v1/certificates/{number}/credential"): PUBLIC,  # these two ask for the token on the paper
        ("GET", "/v1/certificates/{number}/pdf"): PUBLIC,
        ("GET", "/v1/status-lists/{number}"): PUBLIC,
        ("POST", "/v1/verifications"): PUBLIC,
        ("POST", "/v1/verifications/bulk"): PUBLIC,
        ("POST", "/v1/verifications/credential"): PUBLIC,
        ("GET", "/v1/verifications/{number}"): PUBLIC,
    },
    "operations": _HEALTH
    | {
        ("GET", "/journeys/{journey_id}"): PUBLIC,  # it asks for a signed link
        ("GET", "/v1/journeys/{journey_id}"): _OPERATIONS,
        ("GET", "/v1/journeys/{journey_id}/page-link"): _OPERATIONS,
        ("GET", "/v1/services"): _OPERATIONS,
        ("POST", "/v1/traces"): PUBLIC,  # it asks for the exporters' shared token
    },
}
#: Pages that the document does not list.
HIDDEN = {"certificate": {"/C/{number}/{token}", "/c", "/c/lookup", "/c/{number}"}}
GUARDED = [(service, *door, scopes) for service, doors in DOORS.items() for door, scopes in doors.items() if scopes]
