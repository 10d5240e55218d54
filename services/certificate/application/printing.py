"""The printed certificate: made when first asked for, then kept as it is."""

from services.certificate.application import verifying
from services.certificate.application.desk import Desk, read_credential
from services.certificate.application.errors import CertificateRevoked
from services.certificate.application.ports import OpenWork, Press
from services.certificate.application.verifying import Asked


async def document(desk: Desk, press: Press, open_work: OpenWork, asked: Asked) -> bytes:
    """Return the PDF; raise `CertificateUnknown`, `CertificateRevoked` or `NameNotPrintable`.

    Printing happens between two transactions; of two printers at once the first keeps its document.
    """
    async with open_work() as work:
        entry, source = await verifying.open_entry(desk, work, asked.number, asked.token)
        if entry.certificate.is_revoked:
            raise CertificateRevoked
        kept = await work.archive.document(entry.certificate.id)
    if kept is not None:
        return desk.open_document(kept)
    qr_url = desk.issuer.qr_url(entry.certificate.number, desk.open_token(entry.token))
    printed = await press.print(read_credential(source), source, qr_url)
    async with open_work() as work:
        await work.archive.save_document(entry.certificate.id, desk.seal_document(printed), desk.clock.now())
        kept = await work.archive.document(entry.certificate.id)
    return desk.open_document(kept) if kept is not None else printed
