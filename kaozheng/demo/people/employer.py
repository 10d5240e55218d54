"""Who verifies certificates: anyone."""

from collections.abc import Sequence
from typing import Any

import httpx

from kaozheng.demo.parties import Parties

Certificate = dict[str, Any]


class Employer:
    """用人单位: the public, without any token of a person."""

    def __init__(self, parties: Parties) -> None:
        self._certificate = parties.party("certificate")

    async def verify(self, certificate: Certificate) -> Any:
        """Verify by the QR code."""
        path = f"/v1/verifications/{certificate['number']}"
        return await self._certificate.call("verify one", "GET", path, params={"token": token_of(certificate)})

    async def verify_many(self, certificates: Sequence[Certificate]) -> list[dict[str, Any]]:
        """Verify up to a thousand in one call."""
        items = [{"number": certificate["number"], "token": token_of(certificate)} for certificate in certificates]
        return await self._certificate.bulk("verify 1000", "/v1/verifications/bulk", {"items": items})

    async def verify_name(self, number: str, name: str) -> Any:
        """Verify by number and name, as somebody does who has only a copy."""
        return await self._certificate.call(
            "verify name", "POST", "/v1/verifications", json={"number": number, "name": name}
        )

    async def credential(self, certificate: Certificate) -> Any:
        """Fetch the signed credential."""
        path, params = f"/v1/certificates/{certificate['number']}/credential", {"token": token_of(certificate)}
        return await self._certificate.call("credential", "GET", path, params=params)

    async def verify_credential(self, credential: Any) -> Any:
        """Verify a credential that somebody has presented."""
        return await self._certificate.call(
            "verify credential", "POST", "/v1/verifications/credential", json=credential
        )

    async def pdf(self, certificate: Certificate) -> bytes:
        """Fetch the printed certificate."""
        path, params = f"/v1/certificates/{certificate['number']}/pdf", {"token": token_of(certificate)}
        return self._certificate.good(await self._certificate.send("pdf", "GET", path, params=params)).content


def token_of(certificate: Certificate) -> str:
    """Return the token that the QR code carries."""
    return str(httpx.URL(certificate["verify_url"]).params["t"])
