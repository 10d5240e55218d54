"""A PDF as lines: page by page, tables that go on over pages kept together."""

import logging
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import islice

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage

from kaozheng.importing.reading import limits
from kaozheng.importing.reading.draft import Draft
from kaozheng.importing.reading.pdf.assembly import drafts_of
from kaozheng.importing.reading.pdf.pages import PageContent, read_page
from kaozheng.importing.reading.pdf.streams import check_streams
from kaozheng.importing.reading.refusal import Refused, too_much

#: From this share on, of pages or of characters, a document cannot be read as it is.
_MOST = 0.5
_UNMAPPED_SHARE = 0.2


def read_pdf(data: bytes) -> tuple[list[Draft], tuple[int, ...]]:
    """Return the lines of a PDF, and the numbers of the pages that are pictures only."""
    check_streams(data)
    try:
        with _silence():
            pages = _pages(data)
    except (Refused, MemoryError, RecursionError):
        raise
    except Exception as error:  # noqa: BLE001 - pdfminer raises whatever the broken part of a file leads it into
        raise _refusal(error) from None
    _check_text(pages)
    return drafts_of(pages), tuple(page.number for page in pages if page.is_picture)


def _pages(data: bytes) -> list[PageContent]:
    deadline = time.process_time() + limits.PDF_SECONDS
    pages: list[PageContent] = []
    with pdfplumber.open(BytesIO(data)) as pdf:
        if len(list(islice(PDFPage.create_pages(pdf.doc), limits.PDF_PAGES + 1))) > limits.PDF_PAGES:
            raise too_much("页数", "pages", limits.PDF_PAGES)
        for page in pdf.pages:
            pages.append(read_page(page))
            page.close()
            if time.process_time() > deadline:
                raise Refused(
                    f"{limits.PDF_SECONDS:.0f} 秒处理器时间内没有读完；请另存为 .docx 后再导入。",
                    f"not read within {limits.PDF_SECONDS:.0f} s of processor time; save it as .docx and import that",
                )
    return pages


@contextmanager
def _silence() -> Iterator[None]:
    """Keep pdfminer's remarks on every oddity of a file from our logs, for as long as it reads."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _refusal(error: Exception) -> Refused:
    causes = (error, *error.args)
    if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
        return Refused(
            "PDF 有打开密码；请用密码打开，打印或另存为不加密的 PDF 后再导入。",
            "it is locked by a password; open it with that, print or save it as a PDF without one, and import that",
        )
    return Refused(
        "PDF 结构已损坏；请用阅读器打开并重新打印为 PDF，或另存为 .docx。",
        "its structure is broken; open it in a reader and print it as PDF again, or save it as .docx",
    )


def _check_text(pages: list[PageContent]) -> None:
    characters = sum(page.characters for page in pages)
    pictures = sum(1 for page in pages if page.is_picture)
    if not characters or pictures > _MOST * len(pages):
        raise Refused(
            "PDF 是扫描图片，没有文字层；请先做文字识别（OCR）再导入。",
            "it has no text, only scanned pictures; run text recognition (OCR) on it first",
        )
    if sum(page.unmapped for page in pages) > _UNMAPPED_SHARE * characters:
        raise Refused(
            "PDF 字体没有文字编码，取出来的是乱码；请用原文件另存为 .docx，或先做文字识别（OCR）。",
            "its fonts do not say which characters they draw; save the original as .docx, or run OCR on it",
        )
