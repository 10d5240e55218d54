import pytest

from kaozheng.importing.errors import Unreadable
from tests.importing.reading.building import HEADER, read, rows, texts, with_parts, word, word_of


def para(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(content: str, properties: str = "") -> str:
    inner = content if content.startswith("<w:") else para(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*table_rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{cells}</w:tr>' for cells in table_rows)}</w:tbl>"


def test_paragraphs_and_tables_come_in_their_order(tmp_path):
    def build(document):
        document.add_heading("6 职业技能要求", 1)
        document.add_paragraph("表 1 要求（初级）")
        made = document.add_table(rows=4, cols=3)
        for at, text in enumerate(HEADER):
            made.cell(0, at).text = text
        made.cell(1, 0).merge(made.cell(2, 0)).text = "1. 仓库"
        made.cell(1, 1).text = "1.1 整理"
        made.cell(1, 2).text = "1.1.1 能整理。"
        made.cell(1, 2).add_paragraph("1.1.2 能核对。")
        made.cell(2, 1).text = "1.2 清点"
        made.cell(2, 2).text = "1.2.1 能清点，\n并记录。"
        made.cell(3, 0).merge(made.cell(3, 1)).text = "2. 运输"
        made.cell(3, 2).text = "2.1.1 能运输。"
        document.add_paragraph("参考文献")
        document.sections[0].header.paragraphs[0].text = "页眉"

    document = read(tmp_path, "a.docx", word(build))
    assert document.kind == "docx"
    assert rows(document) == [
        HEADER,
        ("1. 仓库", "1.1 整理", "1.1.1 能整理。\n1.1.2 能核对。"),
        ("", "1.2 清点", "1.2.1 能清点，\n并记录。"),
        ("2. 运输", "", "2.1.1 能运输。"),
    ]
    assert [line.number for line in document.lines] == [1, 2, 3, 4, 5, 6, 7]
    assert texts(document)[0] == "6 职业技能要求"
    assert texts(document)[-1] == "参考文献"


def test_content_controls_and_text_boxes_are_read_once(tmp_path):
    box = f"<w:txbxContent>{para('框内')}</w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    controlled = f"<w:sdt><w:sdtPr/><w:sdtContent>{para('控件')}</w:sdtContent></w:sdt>"
    rows_controlled = (
        f"<w:tbl><w:sdt><w:sdtContent><w:tr>{cell('甲')}<w:sdt><w:sdtContent>{cell('乙')}</w:sdtContent></w:sdt></w:tr>"
        "</w:sdtContent></w:sdt></w:tbl>"
    )
    body = f"{controlled}<w:p><w:r><w:t>正文</w:t>{drawing}</w:r></w:p>{rows_controlled}"
    document = read(tmp_path, "a.docx", word_of(body))
    assert texts(document) == ["控件", "正文", "框内", "甲\t乙"]


def test_changes_are_read_as_accepted(tmp_path):
    body = (
        "<w:p><w:r><w:t>能</w:t></w:r><w:ins><w:r><w:t>熟练</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>初步</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo><w:r><w:t>操作</w:t></w:r></w:p>"
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>可见</w:t></w:r></w:p>"
        + table(cell("甲") + cell("乙"), "<w:trPr><w:del/></w:trPr>" + cell("删") + cell("除"))
    )
    assert texts(read(tmp_path, "a.docx", word_of(body))) == ["能熟练新操作", "可见", "甲\t乙"]


def test_signs_that_are_no_letters_are_read(tmp_path):
    body = (
        "<w:p><w:r><w:t>GB</w:t><w:noBreakHyphen/><w:t>1</w:t><w:br/><w:t>二</w:t>"
        "<w:sym w:font='Wingdings' w:char='F0B7'/>"
        "<w:sym w:char='4E00'/><w:sym w:char='D800'/><w:footnoteReference w:id='1'/></w:r></w:p>"
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>yi</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>一</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> SEQ 表 </w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>表 1</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
    )
    assert texts(read(tmp_path, "a.docx", word_of(body))) == ["GB-1", "二•一•", "一", "表 1"]


def test_an_entry_of_the_contents_shows_its_leader(tmp_path):
    style = "<w:style w:type='paragraph' w:styleId='T1'><w:name w:val='toc 1'/></w:style>"
    tabs = "<w:pPr><w:tabs><w:tab w:val='right' w:leader='dot' w:pos='9000'/></w:tabs></w:pPr>"
    line = "<w:r><w:t>1 范围</w:t><w:tab/><w:t>2</w:t></w:r></w:p>"
    body = f"<w:p>{tabs}{line}<w:p><w:pPr><w:pStyle w:val='T1'/></w:pPr>{line}<w:p>{line}"
    document = read(tmp_path, "a.docx", word_of(body, styles=style))
    assert texts(document) == ["1 范围.....\t2", "1 范围.....\t2", "1 范围\t2"]


def test_columns_stay_aligned_when_rows_begin_late_or_cells_go_on(tmp_path):
    body = table(
        cell("甲", "<w:gridSpan w:val='2'/>") + cell("乙", "<w:vMerge w:val='restart'/>"),
        "<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + cell("丙") + cell("<w:p/>", "<w:vMerge/>"),
        cell("丁") + cell("戊") + cell("乙", "<w:vMerge w:val='continue'/>"),
        cell("己") + cell("庚") + cell("另有要求", "<w:vMerge w:val='continue'/>"),
        cell("辛") + cell("并入", "<w:hMerge w:val='restart'/>") + cell("<w:p/>", "<w:hMerge/>"),
    )
    assert rows(read(tmp_path, "a.docx", word_of(body))) == [
        ("甲", "", "乙"),
        ("", "丙", ""),
        ("丁", "戊", ""),
        ("己", "庚", "另有要求"),
        ("辛", "并入", ""),
    ]


def test_a_table_inside_a_cell_is_read_in_place(tmp_path):
    inner = table(cell("1.1.1") + cell("能整理。"), cell("1.1.2") + cell("能核对。"))
    small = table(cell("1. 仓库") + cell("1.1 整理") + cell(inner) + cell("备注") + cell("无"))
    assert rows(read(tmp_path, "a.docx", word_of(small))) == [
        ("1. 仓库", "1.1 整理", "1.1.1 能整理。\n1.1.2 能核对。", "备注", "无")
    ]


def test_a_table_that_only_places_another_one_is_no_table(tmp_path):
    inner = table(cell("甲") + cell("乙"), cell("丙") + cell("丁"))
    document = read(tmp_path, "a.docx", word_of(table(cell(para("题") + inner) + cell("旁"))))
    assert texts(document) == ["题", "甲\t乙", "丙\t丁", "旁"]
    assert {line.table for line in document.lines} == {None, 1}


def test_strict_documents_are_read_too(tmp_path):
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    content = f'<w:document xmlns:w="{strict}"><w:body>{para("严格")}</w:body></w:document>'
    data = with_parts(word(lambda _: None), {"word/document.xml": content})
    assert texts(read(tmp_path, "a.docx", data)) == ["严格"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<w:document/>", "structure is broken"),
        ("<document/>", "no body"),
        ("", "structure is broken"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "document type"),
        (f"<x>{'<y>' * 5000}{'</y>' * 5000}</x>", "structure is broken"),
    ],
)
def test_a_document_with_a_broken_body_is_refused(tmp_path, content, reason):
    with pytest.raises(Unreadable, match=reason):
        read(tmp_path, "a.docx", with_parts(word(lambda _: None), {"word/document.xml": content}))


def test_an_unfolded_part_is_refused_rather_than_lost(tmp_path):
    with pytest.raises(Unreadable, match="save it again"):
        read(tmp_path, "a.docx", word_of(para("题") + "<w:altChunk/>"))


def test_a_document_without_text_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="no text"):
        read(tmp_path, "a.docx", word_of("<w:p/>"))
