"""Many items in one request, each with its own answer, in the order they were sent."""

from typing import Annotated, Generic, Literal, Self, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from shared.errors import FieldError
from shared.web.languages import Language, preferred
from shared.web.problems import ProblemError

ItemT = TypeVar("ItemT")

DoneT = TypeVar("DoneT", bound="ItemDone")


class BulkRequest(BaseModel, Generic[ItemT]):
    """Up to a thousand items."""

    model_config = ConfigDict(extra="forbid")

    items: Annotated[list[ItemT], Field(min_length=1, max_length=1_000)]


class LargeBulkRequest(BaseModel, Generic[ItemT]):
    """Up to five thousand items: a device's upload, a reviewer's decisions, a marker's finished works."""

    model_config = ConfigDict(extra="forbid")

    items: Annotated[list[ItemT], Field(min_length=1, max_length=5_000)]


class ItemDone(BaseModel):
    """An item that was done. Subclass it to say what came of it."""

    index: int
    ok: Literal[True] = True


class ItemFailed(BaseModel):
    """An item that was refused, and why."""

    index: int
    ok: Literal[False] = False
    error: ProblemError

    @classmethod
    def of(cls, index: int, fault: FieldError, language: Language) -> Self:
        """Return the refusal of the item at `index` in the caller's language."""
        message = fault.zh if language == "zh" else fault.en
        return cls(index=index, error=ProblemError(pointer=fault.pointer, code=fault.code, message=message))


class BulkReply(BaseModel, Generic[DoneT]):
    """How many were done and refused, and each item's own answer."""

    ok: int
    failed: int
    items: list[DoneT | ItemFailed]

    @classmethod
    def of(cls, items: list[DoneT | ItemFailed]) -> Self:
        """Count the answers and put them in the order of the request."""
        ordered = sorted(items, key=lambda item: item.index)
        done = sum(1 for item in ordered if item.ok)
        return cls(ok=done, failed=len(ordered) - done, items=ordered)


def _language(request: Request) -> Language:
    return preferred(request.headers.get("accept-language"))


#: The caller's language, as a parameter of a route: `language: CallersLanguage`.
CallersLanguage = Annotated[Language, Depends(_language)]
