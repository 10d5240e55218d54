"""What a file is by its content; its name counts only between plain text, Markdown and pieces of HTML."""

import codecs
import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from kaozheng.importing.document import DocumentKind
from kaozheng.importing.reading.refusal import Refused

_PDF_WITHIN = 1024
_HTML = re.compile(
    rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,20}<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_END = re.compile(rb"</html\s*>\s*\Z", re.IGNORECASE)
_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_TEXT_SUFFIXES = (".md", ".markdown", ".txt", ".text")

_SAVE_AS = ("请另存为 .docx 或 PDF 后再导入。", "save it as .docx or PDF and import that")
_OCR = ("请先做文字识别（OCR）再导入。", "run text recognition (OCR) on it first")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE = ("图片", "a picture", *_OCR)
_ARCHIVE = ("压缩包", "an archive", "请解压后导入其中的文件。", "unpack it and import the file inside")
#: First bytes, what that is, and what to do.
_SIGNATURES: tuple[tuple[bytes, tuple[str, str, str, str]], ...] = (
    (b"{\\rtf", ("RTF 文件", "an RTF file", *_SAVE_AS)),
    (b"\x89PNG\r\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b\x08", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ\0", _ARCHIVE),
    (b"AT&TFORM", ("DjVu 文件", "a DjVu file", *_SAVE_AS)),
    (b"%!PS", ("PostScript 文件", "a PostScript file", *_SAVE_AS)),
    (b"MIME-Version:", ("网页归档（MHTML）", "a web archive (MHTML)", *_SAVE_AS)),
    (b"CAJ", ("CAJ 文件", "a CAJ file", *_SAVE_AS)),
    (b"KDH", ("KDH 文件", "a KDH file", *_SAVE_AS)),
    (b"\x7fELF", ("程序", "a program", *_SAVE_AS)),
    (b"SQLite format 3\0", ("数据库", "a database", *_SAVE_AS)),
)
#: Entries of a ZIP file that tell what it is.
_ZIP_KINDS: tuple[tuple[str, tuple[str, str, str, str]], ...] = (
    ("xl/", ("Excel 表格", "an Excel sheet", *_SAVE_AS)),
    ("ppt/", ("演示文稿", "a presentation", *_SAVE_AS)),
    ("content.xml", ("OpenDocument 文件", "an OpenDocument file", *_SAVE_AS)),
    ("OFD.xml", ("OFD 文件", "an OFD file", *_SAVE_AS)),
    ("META-INF/container.xml", ("电子书（EPUB）", "an e-book (EPUB)", *_SAVE_AS)),
)
_RIFF, _WEBP = b"RIFF", slice(8, 12)


def kind_of(data: bytes, suffix: str) -> DocumentKind:
    """Return what a file is; raise `Refused` for a kind that is known but not read."""
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data)
    _refuse_known(data)
    return "html" if _is_page(data, suffix.lower()) else "text"


def _refuse_known(data: bytes) -> None:
    if data.startswith(_OLE):
        raise _refused_ole(data)
    if data.startswith(b"PK"):
        raise _refused(*_ARCHIVE)
    if data.startswith(_RIFF) and data[_WEBP] == b"WEBP":
        raise _refused(*_PICTURE)
    if b"Word.Document" in data[:_PDF_WITHIN] and data.lstrip().startswith(b"<?"):
        raise _refused("Word XML 文件", "a Word XML file", *_SAVE_AS)
    for signature, known in _SIGNATURES:
        if data.startswith(signature):
            raise _refused(*known)


def _refused(zh: str, en: str, advice_zh: str, advice_en: str) -> Refused:
    return Refused(f"这是{zh}，{advice_zh}", f"it is {en}; {advice_en}")


def _refused_ole(data: bytes) -> Refused:
    """Tell old binary Office files apart by the names of their streams, which are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Refused(
            "文件有密码保护；请在 Word 或 WPS 中打开，去掉密码后另存为 .docx。",
            "it is locked by a password; open it in Word or WPS and save it without one, as .docx",
        )
    if "WordDocument".encode("utf-16-le") in data:
        return _refused("旧版 Word（.doc）或 WPS 文件", "an old binary Word (.doc) or WPS file", *_SAVE_AS)
    return _refused("旧版 Office 或 WPS 文件", "an old binary Office or WPS file", *_SAVE_AS)


def _kind_of_zip(data: bytes) -> DocumentKind:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refused(
            "压缩结构已损坏；请在 Word 或 WPS 中打开并重新另存为 .docx。",
            "its ZIP structure is broken; open it in Word or WPS and save it again as .docx",
        ) from None
    if any(name.startswith("word/") for name in names):
        return "docx"
    for sign, known in _ZIP_KINDS:
        if any(name.startswith(sign) for name in names):
            raise _refused(*known)
    raise _refused(*_ARCHIVE)


def _is_page(data: bytes, suffix: str) -> bool:
    """Tell a whole page from a text that only begins with a table of HTML, as OCR tools write it."""
    body = data.removeprefix(codecs.BOM_UTF8).lstrip()
    if suffix in _HTML_SUFFIXES:
        return b"<" in data
    if not _HTML.match(body):
        return False
    return suffix not in _TEXT_SUFFIXES or (_HTML_END.search(data) is not None and b"<body><table>" not in data)
