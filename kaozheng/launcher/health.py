"""Asks services whether they are ready."""

import httpx


def is_ready(url: str) -> bool:
    """Say whether the service at this base URL can do its work now."""
    return describe(url) == "ok"


def describe(url: str) -> str:
    """Return `ok`, or in a few words what is wrong with the service at this base URL."""
    try:
        answer = httpx.get(f"{url}/health/ready", timeout=5, trust_env=False)
    except httpx.HTTPError as error:
        return type(error).__name__
    if answer.is_success:
        return "ok"
    try:
        checks = dict(answer.json()["checks"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {answer.status_code}"
    return ", ".join(f"{name}: {outcome}" for name, outcome in checks.items() if outcome != "ok")
