"""Measuring the streams of a PDF comes to an end, also where other bytes follow a stream's own end."""

import zlib

from kaozheng.importing.reading.pdf.streams import check_streams


def test_bytes_after_the_end_of_a_long_stream_are_left_alone():
    check_streams(b"stream\n" + zlib.compress(b"ab" * 40_000) + b"\nendstream" * 100)
