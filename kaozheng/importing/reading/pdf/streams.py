"""Compressed streams of a PDF, measured before any library unpacks them whole into memory."""

import re
import zlib

from kaozheng.importing.reading import limits
from kaozheng.importing.reading.refusal import too_much

_STREAM = re.compile(rb"stream\r?\n")
_CHUNK = 64 * 1024


def check_streams(data: bytes) -> None:
    """Refuse a file whose streams unpack to more than pages of a standard can hold.

    What is encrypted or compressed twice is not seen; the size of a page's contents is checked again when it is read.
    """
    view = memoryview(data)
    total = 0
    for found in _STREAM.finditer(data):
        size = _unpacked_size(view[found.end() :])
        total += size
        if size > limits.PDF_STREAM_BYTES or total > limits.PDF_BYTES:
            raise too_much("解压后字节数", "bytes when unpacked", limits.PDF_STREAM_BYTES)


def _unpacked_size(packed: memoryview) -> int:
    inflater = zlib.decompressobj()
    size = 0
    for start in range(0, len(packed), _CHUNK):
        waiting: bytes | memoryview = packed[start : start + _CHUNK]
        while waiting and not inflater.eof and size <= limits.PDF_STREAM_BYTES:
            try:
                size += len(inflater.decompress(waiting, _CHUNK))
            except zlib.error:
                return size
            waiting = inflater.unconsumed_tail
        if inflater.eof or size > limits.PDF_STREAM_BYTES:
            break
    return size
