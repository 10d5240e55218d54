"""Batch files as schools send them: synthetic people with valid numbers, and about two rows in a hundred bad."""

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from operator import mul
from pathlib import Path
from typing import NamedTuple

HEADER = ("姓名", "证件类型", "证件号码", "手机号", "专业", "班级", "学号", "材料")
#: One row in so many is bad.
BAD_EVERY = 50
_ENCODING = "gb18030"  # what a Chinese spreadsheet saves as CSV
_FAMILY = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰建国文辉宇晨佳欣怡琳浩然子涵"
_MINORITY = ("阿依古丽·买买提", "巴特尔·孟和", "扎西·次仁", "古丽娜尔·艾山")
_REGIONS = ("330106", "330108", "440305", "310115", "110108", "510107", "350203", "420111", "610113", "540102")
_MAJORS = ("电子商务", "跨境电子商务", "国际经济与贸易", "商务英语", "市场营销")
_FIRST_BIRTHDAY = date(2001, 1, 1)
_BIRTHDAYS = 2_500
_SEQUENCES = 999
_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
_FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


class Row(NamedTuple):
    """A row of a batch file: a person, as a school writes people down."""

    name: str
    document_type: str
    document_number: str
    phone: str
    major: str
    class_name: str
    student_no: str
    materials: str


def resident_number(number: int) -> str:
    """Return the resident number of the person with this number: each another, all with a valid check character."""
    day, rest = number % _BIRTHDAYS, number // _BIRTHDAYS
    region, sequence = _REGIONS[rest % len(_REGIONS)], rest // len(_REGIONS) % _SEQUENCES + 1
    body = f"{region}{_FIRST_BIRTHDAY + timedelta(days=day):%Y%m%d}{sequence:03d}"
    return body + "10X98765432"[sum(map(mul, map(int, body), _WEIGHTS)) % 11]


def person(number: int, chance: random.Random) -> Row:
    """Return a good row: the person with this number."""
    name = chance.choice(_FAMILY) + "".join(chance.sample(_GIVEN, chance.choice((1, 2, 2))))
    if number % 41 == 0:
        name = _MINORITY[number // 41 % len(_MINORITY)]
    digest = hashlib.sha256(f"application-form-{number}".encode()).hexdigest()
    return Row(
        name=name,
        document_type="居民身份证",
        document_number=resident_number(number),
        phone=f"1{chance.choice('3578')}{chance.randrange(10**9):09d}",
        major=chance.choice(_MAJORS),
        class_name=f"2024级{chance.randrange(1, 9)}班",
        student_no=f"2024{number:06d}",
        materials=f"application_form:{digest}:{chance.randrange(20_000, 200_000)}",
    )


def _with(**cells: str) -> Callable[[Row, Row], Row]:
    return lambda row, _first: row._replace(**cells)


def mistyped(row: Row) -> Row:
    """Return the row with a wrong check character."""
    number = row.document_number
    wrong = str((int(number[-1]) + 1) % 10) if number[-1] != "X" else "0"
    return row._replace(document_number=number[:-1] + wrong)


#: Each way a row can be bad; the second argument is the first row of the file.
FAULTS: tuple[Callable[[Row, Row], Row], ...] = (
    lambda row, _first: mistyped(row),
    _with(document_number="230103199902290018"),
    _with(name=""),
    _with(document_number="3.30106E+17"),
    _with(document_type="学生证"),
    lambda _row, first: first,
    _with(document_number="11010120000101001"),
    _with(name="张3丰"),
    _with(document_number=""),
    _with(materials="application_form:not-a-digest:1"),
)
#: Odd but good: what schools write and the system understands.
ODDITIES: tuple[Callable[[Row, Row], Row], ...] = (
    lambda row, _first: row._replace(document_number=row.document_number.translate(_FULL_WIDTH)),
    lambda row, _first: row._replace(document_number=row.document_number.lower()),
    lambda row, _first: row._replace(phone=f"+86 {row.phone[:3]}-{row.phone[3:7]}-{row.phone[7:]}"),
    lambda row, _first: row._replace(name=f" {row.name}　"),
    _with(phone=""),
    _with(class_name='2024级"跨境"班, 春季'),
)


def rows(count: int, seed: int, after: int = 0) -> Iterator[tuple[Row, bool]]:
    """Yield `count` rows, each with whether it is good. The same seed gives the same rows; every 50th is bad.

    The people are those numbered from `after` on: two files of other numbers have no person in common.
    """
    chance = random.Random(seed)  # noqa: S311 - synthetic people, no secret
    first = person(after + 1, chance)
    for number in range(1, count + 1):
        row = first if number == 1 else person(after + number, chance)
        if number % BAD_EVERY == 0:
            yield FAULTS[number // BAD_EVERY % len(FAULTS)](row, first), False
        elif number % 17 == 0:
            yield ODDITIES[number // 17 % len(ODDITIES)](row, first), True
        else:
            yield row, True


def expected_bad_rows(count: int) -> int:
    """Return how many of `count` rows are bad."""
    return count // BAD_EVERY


def generate(count: int, seed: int, after: int = 0) -> Iterator[str]:
    """Yield the lines of a CSV batch with `count` rows, the header first."""
    return lines(row for row, _good in rows(count, seed, after))


def write(path: Path, count: int, seed: int, after: int = 0) -> tuple[int, int]:
    """Write a batch file in GB 18030 and return how many rows it has and how many of them are bad."""
    with path.open("w", encoding=_ENCODING, newline="") as file:
        file.writelines(generate(count, seed, after))
    return count, expected_bad_rows(count)


def encoded(people: Iterable[Row]) -> bytes:
    """Return the batch file of these people."""
    return "".join(lines(people)).encode(_ENCODING)


def lines(people: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of a CSV file, the header first."""
    yield _line(HEADER)
    for row in people:
        yield _line(row)


def _line(cells: Iterable[str]) -> str:
    return ",".join(_quoted(cell) for cell in cells) + "\r\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\r\n') else cell
