"""The printed certificate: readable by people and machines, with the credential inside."""

import asyncio
import io
import re
import shutil
import subprocess

import pypdf
import pytest
import zxingcpp

from services.certificate.adapters import qr_code
from tests.worlds.callers import NOBODY
from tests.worlds.certificate import token_of

pytestmark = pytest.mark.integration


async def test_printed_certificate_holds_text_credential_and_address(world):
    [certificate] = await world.issue("欧阳若兰")
    answer = await world.document(certificate, "pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 1
    text = "".join(reader.pages[0].extract_text().split())
    for expected in ("职业技能等级证书", "欧阳若兰", certificate["number"], "2026年11月20日", "86.50", "初级"):
        assert expected in text
    [(name, [attached])] = reader.attachments.items()
    credential = await world.document(certificate, "credential")
    assert (name, attached) == ("credential.json", credential.content)
    assert b"pdfaid:part>3<" in answer.content


async def test_qr_code_leads_to_the_page(world):
    [certificate] = await world.issue("欧阳若兰")
    number, token = certificate["number"], token_of(certificate)
    address = world.service.deps.desk.issuer.qr_url(number, token)
    [found] = zxingcpp.read_barcodes(_pixels(qr_code.svg_of(address)))
    assert found.text == address == f"HTTPS://KZ.TEST/C/{number}/{token}"
    page = await world.ask(found.text.removeprefix("HTTPS://KZ.TEST"), NOBODY)
    assert "证书有效" in page.text


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs pdftoppm to turn the page into pixels")
@pytest.mark.parametrize("dpi", [100, 200])
async def test_qr_code_on_the_printed_page_can_be_read(world, tmp_path, dpi):
    [certificate] = await world.issue("欧阳若兰")
    (tmp_path / "c.pdf").write_bytes((await world.document(certificate, "pdf")).content)
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-singlefile", tmp_path / "c.pdf", tmp_path / "c"]
    await asyncio.to_thread(subprocess.run, command, check=True)
    _, width, height, _ = (image := (tmp_path / "c.pgm").read_bytes()).split(None, 4)[:4]
    shape = (int(height), int(width))
    pixels = memoryview(image[-shape[0] * shape[1] :]).cast("B", shape)
    [found] = zxingcpp.read_barcodes(pixels)
    assert found.text == world.service.deps.desk.issuer.qr_url(certificate["number"], token_of(certificate))


async def test_certificate_is_printed_once_and_kept_sealed(world):
    [certificate] = await world.issue("欧阳若兰")
    first = await world.document(certificate, "pdf")
    second = await world.document(certificate, "pdf")
    assert first.content == second.content
    [row] = await world.rows("SELECT sealed FROM document")
    assert b"%PDF" not in bytes(row.sealed)


async def test_revoked_certificate_is_not_handed_out(world):
    [certificate] = await world.issue("欧阳若兰")
    await world.document(certificate, "pdf")
    await world.revoke(certificate)
    answer = await world.document(certificate, "pdf")
    assert (answer.status_code, answer.json()["type"]) == (410, "urn:kaozheng:problem:certificate-revoked")


async def test_character_that_no_font_has_is_an_error_not_a_blank(world):
    rare = "王\U00031350"  # CJK Extension H, far beyond the fonts at hand
    [certificate] = await world.issue(rare)
    answer = await world.document(certificate, "pdf")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:kaozheng:problem:name-not-printable")
    assert rare not in answer.text
    assert await world.rows("SELECT 1 FROM document") == []
    assert (await world.verify(certificate)).json()["certificate"]["holder"] == rare


@pytest.mark.parametrize("name", ["王", "阿卜杜拉·买买提·艾合买提江", "Zoë Anne Wellington-Smythe", "㐂䶮"])
async def test_names_of_every_kind_fit_on_one_page(world, name):
    [certificate] = await world.issue(name)
    answer = await world.document(certificate, "pdf")
    assert answer.status_code == 200, answer.text
    assert len(pypdf.PdfReader(io.BytesIO(answer.content)).pages) == 1


def _pixels(svg, scale=4):
    """Draw the run lengths of a QR code."""
    [size] = map(int, re.findall(r'viewBox="0 0 (\d+)', svg))
    rows = [bytearray(b"\xff" * size) for _ in range(size)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg):
        rows[int(y)][int(x) : int(x) + int(length)] = bytes(int(length))
    wide = [b"".join(bytes([value]) * scale for value in row) for row in rows]
    return memoryview(b"".join(row * scale for row in wide)).cast("B", (size * scale, size * scale))
