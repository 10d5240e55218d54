"""Notes what a client really sends and gets: of each operation the last exchange that went well."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx
from fastapi import FastAPI
from fastapi.routing import APIRoute

from tests.examples.forms import shortened


@dataclass
class Exchanges:
    """Requests and answers by operation, in the form of the example files."""

    app: FastAPI
    found: dict[str, Any] = field(default_factory=dict)

    async def note(self, answer: httpx.Response) -> None:
        """Keep an exchange; an event hook of the client."""
        await answer.aread()
        if answer.is_success:
            request = answer.request
            shown = {"status": answer.status_code} | _message(answer.headers, answer.content)
            self.found[self._operation(request)] = {
                "request": _message(request.headers, request.content),
                "answer": shown,
            }

    def _operation(self, request: httpx.Request) -> str:
        routes = (route for route in self.app.routes if isinstance(route, APIRoute))
        return next(
            route.name
            for route in routes
            if request.method in route.methods and route.path_regex.match(request.url.path)
        )


def _message(headers: httpx.Headers, content: bytes) -> dict[str, Any]:
    kind = headers.get("content-type", "").split(";")[0]
    if not content:
        return {}
    if kind.endswith("json"):
        return {"content_type": kind, "body": shortened(json.loads(content))}
    if kind == "application/x-www-form-urlencoded":
        return {"content_type": kind, "body": dict(parse_qsl(content.decode()))}
    try:
        return {"content_type": kind, "body": content.decode()}
    except UnicodeDecodeError:
        return {"content_type": kind}
