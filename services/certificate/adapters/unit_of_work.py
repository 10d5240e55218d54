"""One transaction of the certificate service."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from services.certificate.adapters.archive import SqlArchive
from services.certificate.adapters.candidates import SqlCandidates
from services.certificate.adapters.repository import SqlRegister
from shared import audit
from shared.work import UnitOfWork


class CertificateWork(UnitOfWork):
    """The platform's transaction with this service's stores."""

    @cached_property
    def candidates(self) -> SqlCandidates:
        """Return what has come in."""
        return SqlCandidates(self)

    @cached_property
    def register(self) -> SqlRegister:
        """Return the certificates."""
        return SqlRegister(self)

    @cached_property
    def archive(self) -> SqlArchive:
        """Return what is published beside them."""
        return SqlArchive(self)

    async def audit(self, actor: str, action: str, subject: str, detail: Mapping[str, Any]) -> None:
        """Append to the audit trail."""
        await audit.record(self, actor, action, subject, detail)
