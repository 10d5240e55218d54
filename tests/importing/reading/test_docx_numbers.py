"""Numbers that Word shows but does not store."""

import pytest

from kaozheng.importing.reading.numerals import numeral
from tests.importing.reading.building import number, number_lists, read, rows, texts, word, word_of

CLAUSES = [("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")]


def numbered(*levels: int, definitions=CLAUSES):
    def build(document):
        (made,) = number_lists(document, definitions)
        for level in levels:
            number(document.add_paragraph("条"), made, level)

    return word(build)


def test_clauses_are_counted_by_level(tmp_path):
    document = read(tmp_path, "a.docx", numbered(0, 1, 2, 2, 1, 2, 0, 1))
    assert texts(document) == ["1 条", "1.1 条", "1.1.1 条", "1.1.2 条", "1.2 条", "1.2.1 条", "2 条", "2.1 条"]


def test_a_level_without_one_above_it_shows_the_start_of_that(tmp_path):
    assert texts(read(tmp_path, "a.docx", numbered(2))) == ["1.1.1 条"]


def test_numbers_of_cells_are_counted_in_reading_order(tmp_path):
    def build(document):
        areas, clauses = number_lists(document, [("decimal", "%1.")], [*CLAUSES])
        made = document.add_table(rows=2, cols=3)
        for at in range(2):
            for column, (which, level) in enumerate(((areas, 0), (clauses, 1), (clauses, 2))):
                paragraph = made.cell(at, column).paragraphs[0]
                paragraph.text = "文"
                number(paragraph, which, level)
        number(made.cell(1, 2).add_paragraph("再"), clauses, 2)

    assert rows(read(tmp_path, "a.docx", word(build))) == [
        ("1. 文", "1.1 文", "1.1.1 文"),
        ("2. 文", "1.2 文", "1.2.1 文\n1.2.2 再"),
    ]


def test_a_cell_may_hold_nothing_but_its_number(tmp_path):
    def build(document):
        (made,) = number_lists(document, [("decimal", "%1")])
        grid = document.add_table(rows=2, cols=2)
        for at in range(2):
            number(grid.cell(at, 0).paragraphs[0], made)
            grid.cell(at, 1).text = "文"

    assert rows(read(tmp_path, "a.docx", word(build))) == [("1", "文"), ("2", "文")]


def test_an_empty_paragraph_is_left_out_but_counted(tmp_path):
    def build(document):
        (made,) = number_lists(document, CLAUSES)
        for text in ("甲", "", "乙"):
            number(document.add_paragraph(text), made)

    assert texts(read(tmp_path, "a.docx", word(build))) == ["1 甲", "3 乙"]


def test_a_number_typed_as_well_is_not_doubled(tmp_path):
    def build(document):
        (made,) = number_lists(document, CLAUSES)
        number(document.add_paragraph("1.1 整理"), made, 1)
        number(document.add_paragraph("1+X 证书"), made, 0)

    assert texts(read(tmp_path, "a.docx", word(build))) == ["1.1 整理", "1 1+X 证书"]


NUMBERING = """
<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="S"/>
 <w:lvl w:ilvl="0"><w:start w:val="3"/>
 <w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/><w:pStyle w:val="H1"/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/><w:pStyle w:val="H2"/></w:lvl>
 <w:lvl w:ilvl="2"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%3）"/><w:lvlRestart w:val="0"/></w:lvl>
 <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="S"/></w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="7"><w:abstractNumId w:val="1"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>
<w:num w:numId="8"><w:abstractNumId w:val="1"/>
 <w:lvlOverride w:ilvl="2"><w:lvl w:ilvl="2"><w:numFmt w:val="lowerRoman"/>
 <w:lvlText w:val="(%3)"/></w:lvl></w:lvlOverride></w:num>
<w:num w:numId="9"><w:abstractNumId w:val="77"/></w:num>
"""
STYLES = """
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>
 <w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="X"><w:basedOn w:val="X"/></w:style>
"""


def paragraph(list_number: int | None = None, level: int | None = None, style: str = "") -> str:
    asked = "" if list_number is None else f'<w:numId w:val="{list_number}"/>'
    asked += "" if level is None else f'<w:ilvl w:val="{level}"/>'
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}<w:numPr>{asked}</w:numPr></w:pPr><w:r><w:t>条</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (paragraph(style="H1") + paragraph(style="H2") + paragraph(style="H1"), ["第三章 条", "3.1 条", "第四章 条"]),
        (paragraph(5, 0) + paragraph(6, 0), ["第三章 条", "第四章 条"]),
        (paragraph(5, 0) + paragraph(7, 0) + paragraph(7, 0), ["第三章 条", "第九章 条", "第十章 条"]),
        (paragraph(5, 2) + paragraph(5, 0) + paragraph(5, 2), ["A） 条", "第三章 条", "B） 条"]),
        (paragraph(8, 2) + paragraph(5, 3), ["(i) 条", "条"]),
        (paragraph(0, style="H1") + paragraph(9) + paragraph(99, 44), ["条", "条", "条"]),
        (paragraph(style="X") + paragraph(style="none"), ["条", "条"]),
    ],
)
def test_lists_styles_and_overrides_decide_the_number(tmp_path, body, shown):
    assert texts(read(tmp_path, "a.docx", word_of(body, numbering=NUMBERING, styles=STYLES))) == shown


def test_deleted_paragraphs_are_not_counted(tmp_path):
    deleted = (
        "<w:p><w:pPr><w:numPr><w:numId w:val='5'/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>"
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
    )
    body = paragraph(5) + deleted + paragraph(5)
    assert texts(read(tmp_path, "a.docx", word_of(body, numbering=NUMBERING))) == ["第三章 条", "第四章 条"]


@pytest.mark.parametrize(
    ("form", "number", "written"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 2010, "二千零一十"),
        ("chineseLegalSimplified", 12, "拾贰"),
        ("ideographDigital", 20, "二〇"),
        ("ideographTraditional", 2, "乙"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4000, "4000"),
        ("lowerLetter", 28, "bb"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 10, "１０"),
        ("decimalEnclosedCircleChinese", 3, "③"),
        ("decimalEnclosedCircle", 21, "21"),
        ("chineseCounting", 0, "〇"),
        ("chineseCounting", 12345, "12345"),
        ("none", 3, ""),
        ("unheard of", 3, "3"),
    ],
)
def test_numbers_are_written_in_the_format_of_their_list(form, number, written):
    assert numeral(number, form) == written
