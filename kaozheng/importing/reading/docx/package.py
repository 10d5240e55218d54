"""A .docx file as a package of XML parts, opened with the care that a stranger's ZIP file needs."""

import lzma
import posixpath
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree
from lxml.etree import _Element as Element

from kaozheng.importing.reading import limits
from kaozheng.importing.reading.refusal import Refused, too_much

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAIN = "word/document.xml"
_ENCRYPTED = 0x1
_BROKEN = (
    BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError,
)  # fmt: skip


class Package:
    """The parts of a document by what they are to it."""

    def __init__(self, data: bytes) -> None:
        """Open it and check its directory; raise `Refused`."""
        try:
            self._archive = ZipFile(BytesIO(data))
        except _BROKEN:
            raise _broken() from None
        self._names = set(self._archive.namelist())
        self._check()
        self._main = self._target("_rels/.rels", "", "officeDocument") or _MAIN

    def document(self) -> Element:
        """Return the document itself."""
        root = self._part(self._main)
        if root is None:
            raise _broken()
        return root

    def related(self, kind: str) -> Element | None:
        """Return a part that the document refers to by its kind, such as `numbering`."""
        folder, name = posixpath.split(self._main)
        target = self._target(f"{folder}/_rels/{name}.rels", folder, kind)
        return None if target is None else self._part(target)

    def _check(self) -> None:
        entries = self._archive.infolist()
        if len(entries) > limits.ZIP_ENTRIES:
            raise too_much("压缩包条目数", "entries in its ZIP file", limits.ZIP_ENTRIES)
        if sum(entry.file_size for entry in entries) > limits.ZIP_BYTES:
            raise too_much("解压后字节数", "bytes when unpacked", limits.ZIP_BYTES)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise Refused("文件有密码保护；请去掉密码后另存。", "it is locked by a password; save it without one")

    def _target(self, relations: str, folder: str, kind: str) -> str | None:
        root = self._part(relations)
        if root is None:
            return None
        for relation in root.iterchildren():
            if relation.get("Type", "").endswith(f"/{kind}") and (target := relation.get("Target")):
                name = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                return name if name in self._names else None
        return None

    def _part(self, name: str) -> Element | None:
        if name not in self._names:
            return None
        try:
            with self._archive.open(name) as file:
                data = file.read(limits.ZIP_PART_BYTES + 1)
        except _BROKEN:
            raise _broken() from None
        if len(data) > limits.ZIP_PART_BYTES:  # whatever its directory declared
            raise too_much("解压后字节数", "bytes in one part when unpacked", limits.ZIP_PART_BYTES)
        return _parsed(data.replace(_STRICT, _TRANSITIONAL))


def _parsed(data: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        raise _broken() from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused("XML 中含有文档类型声明，不予读取。", "its XML declares a document type, which Word never does")
    return root


def _broken() -> Refused:
    return Refused(
        "内部结构已损坏；请在 Word 或 WPS 中打开并重新另存为 .docx。",
        "its inner structure is broken; open it in Word or WPS and save it again as .docx",
    )
