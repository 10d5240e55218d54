"""Staff roles of the embedded stack and what each may do. With an OIDC issuer of your own, its scopes count instead."""

ROLES: dict[str, tuple[str, ...]] = {
    "administrator": ("institutions:write",),
    "reviewer": ("applications:review", "persons:read"),
    "exam-officer": ("plans:write", "plans:read"),
    "site-device": ("site:operate",),
    "marking-manager": ("marking:manage",),
    "marker": ("marks:write",),
    "arbiter": ("marks:arbitrate",),
    "panel-examiner": ("panels:score",),
    "results-officer": ("results:release",),
    "certificate-officer": ("certificates:manage", "certificates:revoke"),
    "operations": ("operations:read",),
    #: What a school's API client gets by default; needs an institution.
    "school": ("applications:write", "applications:read", "tickets:read", "certificates:read"),
}
