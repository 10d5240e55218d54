"""Getting at a file's bytes, whatever the path leads to."""

import os
import stat
from pathlib import Path

from kaozheng.importing.reading import limits
from kaozheng.importing.reading.refusal import Refused

_MEGABYTE = 1024 * 1024
#: A FIFO without a writer must not block; Windows has neither such files nor the flag.
_NO_WAITING = getattr(os, "O_NONBLOCK", 0)


def read_bytes(path: Path) -> bytes:
    """Return all bytes of a regular file that is neither empty nor too large; raise `Refused`."""
    try:
        with open(path, "rb", opener=_opener) as file:
            _check(os.fstat(file.fileno()))
            data = file.read(limits.FILE_BYTES + 1)
    except FileNotFoundError:
        raise Refused("没有这个文件。", "there is no such file") from None
    except IsADirectoryError:
        raise _not_a_file() from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise Refused(f"打不开（{reason}）。", f"it cannot be opened ({reason})") from None
    if not data:
        raise Refused("文件是空的。", "the file is empty")
    if len(data) > limits.FILE_BYTES:
        raise _too_large()
    return data


def _opener(name: str, flags: int) -> int:
    return os.open(name, flags | _NO_WAITING)


def _check(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise _not_a_file()
    if status.st_size > limits.FILE_BYTES:
        raise _too_large()


def _not_a_file() -> Refused:
    return Refused("这不是普通文件。", "it is not a regular file")


def _too_large() -> Refused:
    megabytes = limits.FILE_BYTES // _MEGABYTE
    return Refused(
        f"文件超过 {megabytes} MB；标准文本通常不到 5 MB，请去掉其中的图片或只导出正文。",
        f"larger than {megabytes} MB; standards are below 5 MB: leave out its pictures",
    )
