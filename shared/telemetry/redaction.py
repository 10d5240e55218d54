"""Names of values that never reach logs or spans, and how they are taken out."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

#: What stands in place of a value that was taken out.
WITHHELD = "[withheld]"

#: Parts of names: a field is withheld if one of its words is here. `document_number` and `token_url` both are.
_WORDS = frozenset(
    {
        "address", "answer", "answers", "authorization", "birthday", "birthdate", "body", "comment", "cookie",
        "credential", "document", "email", "idcard", "identity", "input", "name", "names", "number", "numbers",
        "params", "parameters", "password", "payload", "person", "persons", "phone", "photo", "query", "scores",
        "sealed", "secret", "secrets", "signature", "ticket", "token", "tokens",
    }
)  # fmt: skip

#: Names that hold one of those words and mean no person.
_HARMLESS = frozenset(
    {
        "client.address", "code.function.name", "db.collection.name", "db.namespace", "db.operation.name",
        "db.query.summary", "db.system.name", "deployment.environment.name", "host.name", "http.request.body.size",
        "http.response.body.size", "messaging.consumer.group.name", "messaging.destination.name",
        "messaging.message.body.size", "messaging.operation.name", "network.protocol.name", "server.address",
        "service.name", "telemetry.sdk.name", "thread.name",
    }
)  # fmt: skip


@lru_cache(maxsize=4_096)
def is_private(key: str) -> bool:
    """Tell whether a field of this name must never leave the process."""
    lowered = key.lower()
    if lowered in _HARMLESS:
        return False
    return not _WORDS.isdisjoint(lowered.replace(".", "_").replace("-", "_").split("_"))


def redact(value: Any, depth: int = 8) -> Any:
    """Return the value with every private field of every mapping in it withheld."""
    if depth == 0:
        return WITHHELD
    if isinstance(value, Mapping):
        return {key: WITHHELD if is_private(str(key)) else redact(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redact(item, depth - 1) for item in value]
    return value
