"""Transactions that publish wrongly."""

from shared.outbox import writer
from shared.work import UnitOfWork


class PublishesBeforeCommit(UnitOfWork):
    """Mutant: the events are out before it is sure that anything happened."""

    async def _commit(self):
        async with UnitOfWork(self._engine) as apart:
            await writer.write(apart.session, self._events)
        await self.session.commit()


class PublishesAfterCommit(UnitOfWork):
    """Mutant: the change commits, then the events are written."""

    async def _commit(self):
        await self.session.commit()
        async with UnitOfWork(self._engine) as apart:
            await writer.write(apart.session, self._events)


class NoShield(UnitOfWork):
    """Mutant: a cancellation interrupts the commit."""

    async def __aexit__(self, kind, error, traceback):
        await self._finish(failed=kind is not None)
