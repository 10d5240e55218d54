"""One transaction of operations."""

from typing import Self

from services.operations.adapters.repository import SqlSpans
from services.operations.application.ports import Spans
from shared.work import UnitOfWork


class OperationsWork(UnitOfWork):
    """A transaction with the spans in it."""

    spans: Spans

    async def __aenter__(self) -> Self:
        """Open the transaction."""
        await super().__aenter__()
        self.spans = SqlSpans(self)
        return self
