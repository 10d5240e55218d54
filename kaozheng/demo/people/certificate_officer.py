"""Who answers for certificates."""

from typing import Any

from kaozheng.demo.bars import NO_BAR, Bar
from kaozheng.demo.parties import Parties
from kaozheng.demo.plan import Plan


class CertificateOfficer:
    """证书管理人员: sees that certificates are issued, and revokes them."""

    def __init__(self, parties: Parties) -> None:
        self._certificate = parties.party("certificate", "certificate-officer")

    async def issue(self, plan: Plan, bar: Bar = NO_BAR) -> None:
        """Wait until everybody who passed has a certificate: it is issued by an event."""

        async def look() -> Any:
            seen = await self._certificate.call("poll", "GET", "/v1/certificates/summary", params={"plan_id": plan.id})
            bar.reach(seen["issued"])
            return seen

        passed = plan.tally.passed
        await self._certificate.until(f"{passed} certificates", look, lambda seen: seen["issued"] >= passed)

    async def revoke(
        self, certificate: dict[str, Any], reason: str = "issued_in_error", comment: str = "演示撤销 demonstration"
    ) -> Any:
        """Revoke a certificate for good."""
        body = {"reason_code": reason, "comment": comment}
        return await self._certificate.call("revoke", "POST", f"/v1/certificates/{certificate['id']}/revoke", json=body)
