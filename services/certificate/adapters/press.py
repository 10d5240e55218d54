"""Prints certificates with Typst: PDF/A-3b with the signed credential attached. Equal input gives equal bytes."""

import asyncio
import json
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

from services.certificate.adapters import qr_code
from services.certificate.application.errors import NameNotPrintable
from services.certificate.domain.credential import Issuer
from services.certificate.domain.proof import Json
from shared.clock import CHINA

_TEMPLATE = resources.files("services.certificate.adapters") / "printing" / "certificate.typ"
_FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
_TITLE_EN = "Certificate of Vocational Skill Level"


class TypstPress:
    """One compiler, used by one thread at a time; a second one would not be faster on its own core."""

    def __init__(self, issuer: Issuer) -> None:
        """Read the template and the fonts once."""
        self._issuer = issuer
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)])
        self._compiler = typst.Compiler(str(_TEMPLATE), font_paths=fonts)
        self._turn = asyncio.Lock()

    async def print(self, credential: Json, source: bytes, qr_url: str) -> bytes:
        """Return the PDF; raise `NameNotPrintable` if no font has a character of it."""
        inputs = {"data": json.dumps(self._data(credential, qr_url)), "credential": source.decode()}
        issued = _issued_at(credential)
        async with self._turn:
            return await asyncio.to_thread(self._compile, inputs, issued)

    def _compile(self, inputs: dict[str, str], issued: datetime) -> bytes:
        try:
            pdf = self._compiler.compile(
                format="pdf", sys_inputs=inputs, pdf_standards=["a-3b"], timestamp=int(issued.timestamp())
            )
        except typst.TypstError as error:
            if "could not be displayed with" in error.message:
                raise NameNotPrintable from None  # the compiler's message holds the name
            raise
        assert isinstance(pdf, bytes)
        return pdf

    def _data(self, credential: Json, qr_url: str) -> dict[str, Any]:
        subject = credential["credentialSubject"]
        achievement = subject["achievement"]
        names = {item["id"]: item["name"] for item in achievement["resultDescription"]}
        issued = _issued_at(credential).astimezone(CHINA)
        return {
            "title": credential["name"],
            "title_en": _TITLE_EN,
            "number": subject["licenseNumber"],
            "holder": subject["identifier"][0]["identityHash"],
            "issuer": credential["issuer"]["name"],
            "issued": {"year": issued.year, "month": issued.month, "day": issued.day},
            "achievement": achievement["name"],
            "achievement_en": achievement["description"],
            "requirements": len(achievement["alignment"]),
            "scores": " · ".join(f"{names[item['resultDescription']]} {item['value']}" for item in subject["result"]),
            "verify_url": qr_url,
            "qr": qr_code.svg_of(qr_url),
        }


def _issued_at(credential: Json) -> datetime:
    return datetime.fromisoformat(credential["validFrom"])
