"""Routes that are asked so often that what the framework does for any request would cost more than the answer."""

import re
from inspect import iscoroutinefunction
from typing import Any

from starlette.types import Receive, Scope, Send

from shared.web.strict_json import StrictRequest, StrictRoute

#: A query in which nothing is written in another way than it is meant.
_PLAIN = re.compile(rb"[\w.~&=-]*", re.ASCII).fullmatch


class DirectRoute(StrictRoute):
    """Calls an endpoint that takes `request` and parameters of path and query itself if these are plain and valid.

    Anything else goes the framework's way, which finds the same values or says in detail what is wrong with them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make the route; raise `TypeError` if its endpoint takes anything else, or if it is no coroutine."""
        super().__init__(*args, **kwargs)
        known = self.dependant
        others = (known.dependencies, known.header_params, known.cookie_params, known.body_params)
        if any(others) or known.request_param_name != "request" or not iscoroutinefunction(self.endpoint):
            raise TypeError(f"{self.path}: a direct route takes `request`, path and query")
        self._fields = [*known.path_params, *known.query_params]

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request of this path."""
        values = self._values(scope) if scope["method"] in (self.methods or ()) else None
        if values is None:
            await super().handle(scope, receive, send)
            return
        response = await self.endpoint(request=StrictRequest(scope, receive, send), **values)
        await response(scope, receive, send)

    def _values(self, scope: Scope) -> dict[str, Any] | None:
        query = scope["query_string"]
        if not _PLAIN(query):
            return None
        given = dict(scope["path_params"])
        for pair in query.decode().split("&"):
            name, _, text = pair.partition("=")
            if name in given:
                return None
            given[name] = text
        values: dict[str, Any] = {}
        for field in self._fields:
            values[field.name], errors = field.validate(given.get(field.alias), values)
            if errors or field.alias not in given:
                return None
        return values
