"""Whatever lines and rows a reader may hand over: there is an answer, lines have fates, codes are one of a kind."""

from hypothesis import given
from hypothesis import strategies as st

from kaozheng.importing.assemble import understand
from kaozheng.importing.document import Document, Line
from kaozheng.importing.errors import NotAStandard
from tests.importing.effort import effort

WORDS = tuple(
    """
    表 1 农场（初级）|（中级）|6.2.3 高级|初级|续表|工作领域|工作任务|职业技能要求|工作领域 工作任务 职业技能要求
    6 职业技能要求|6.1 职业技能等级划分|6.2 职业技能等级要求描述|1 范围|目次|前言|3 术语和定义|参考文献
    附录A|7 考核
    1. 大棚|2.采收|一、加工|1.1 巡棚|1.2|2.1 采摘
    （一）清洗|6.1.1 种菜|6.1.1.1 浇水
    工作领域一：大棚|工作任务1.1 甲
    1.1.1 能种菜。|1.1.2能浇水；1.1.3 能除草|2.1.1|1.1.1 1.1.1|（1）能种菜
    ①能浇水。②能除草|A.能种菜;B.能浇水|能种菜。能浇水
    棚|，并记录|Python|3.6.1 版本|12|- 3 -||等级|序号|备注
    1  大棚    1.1  巡棚   1.1.1  能种菜|五级/初级工|99.99.99 能
    """.strip()
    .replace("\n    ", "|")
    .split("|")
)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("".join)
CELLS = st.lists(st.one_of(st.just(""), TEXTS, st.tuples(TEXTS, TEXTS).map("\n".join)), max_size=5).map(tuple)
#: Most documents begin so far as they should, lest all of them be refused.
BEGINNINGS = st.sampled_from([[], ["6 职业技能要求", "（初级）"], ["初级", ("工作领域", "工作任务", "职业技能要求")]])
REST = st.lists(st.one_of(TEXTS, TEXTS, CELLS), min_size=1, max_size=40)


@effort(4)
@given(BEGINNINGS, REST, st.integers(1, 6), st.booleans())
def test_every_document_gets_an_answer(
    beginning: list[str | tuple[str, ...]], rest: list[str | tuple[str, ...]], rows_of_a_table: int, paged: bool
):
    lines = tuple(
        Line(
            number=number,
            text=text if isinstance(text, str) else "\t".join(text),
            page=number // 7 + 1 if paged else None,
            cells=None if isinstance(text, str) else text,
            table=None if isinstance(text, str) else number // rows_of_a_table + 1,
        )
        for number, text in enumerate([*beginning, *rest], 1)
    )
    try:
        imported = understand(Document(name="x.docx", kind="docx", lines=lines), code="made")
    except NotAStandard as refusal:
        assert refusal.fields["reason_zh"]  # noqa: PT017 - a refusal is an answer as good as any
        return
    codes = [node.code for node, _ in imported.standard.nodes()]
    assert len(set(codes)) == len(codes)
    assert [reading.line for reading in imported.report.readings] == [line.number for line in lines]
    assert all(reading.used_for or reading.fate == "doubtful" for reading in imported.report.readings)
