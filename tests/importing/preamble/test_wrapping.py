"""Text taken from a PDF is wrapped anywhere: what is read does not depend on where."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaozheng.importing.preamble import (
    read_levels,
    read_majors,
    read_posts,
    read_publisher,
    read_references,
    read_terms,
)
from tests.importing.preamble.sections import read

SECTIONS = {
    read_terms: (
        "GB/T 12345-2018 界定的以及下列术语和定义适用于本标准。",
        "3.1 智能货架 smart shelf",
        "装有传感器，能够自己清点商品，并把缺货情况告诉店员的货架。",
        "3.2 补货系统 Replenishment Management System",
        "根据销量和库存，给出补货时间、品种与数量的软件，一般与收银系统相连。",
        "3.3 电子价签 ESL",
        "挂在货架边上，可以远程改价的小屏幕。",
    ),
    read_references: (
        "使用本标准时还要查阅下列文件。注日期的文件只用所注的版本，不注日期的文件用最新版本（包括修改单）。",
        "GB/T 12345-2018 门店货架与展示柜通用要求",
        "GB/T 20867 零售门店安全实施规范",
        "GB/T 38834.1-2020 门店服务质量及其评价方法第1部分：陈列质量",
    ),
    read_majors: (
        "4.1 参照原版专业目录",
        "中等职业学校：商品陈列、连锁经营与管理、市场营销、电子商务等专业。",
        "高等职业学校：视觉传播设计与制作、商业空间设计、零售管理、市场营销等专业。",
        "应用型本科学校：零售业管理、艺术设计学、市场营销等专业。",
    ),
    read_posts: (
        "【货架陈列】（初级）：主要面向零售企业、连锁企业的陈列员、理货员、收银员等岗位，从事商品上架等工作。",
        "【货架陈列】（中级）：主要面向大型零售企业的陈列主管、培训师等岗位。",
        "【货架陈列】（高级）：主要面向品牌总部的设计师、区域经理等岗位。",
    ),
    read_levels: (
        "货架陈列职业技能等级分为三个等级：初级、中级、高级，三个级别依次递进，高级别涵盖低级别职业技能要求。",
        "【货架陈列】（初级）：根据陈列图，能完成商品的上架、整理、补充等操作。",
        "【货架陈列】（中级）：能根据初级人员记下的情况，调整陈列，能对初级人员进行指导。",
        "【货架陈列】（高级）：能设计全店的陈列方案，能培训初级、中级人员。",
    ),
    read_publisher: (
        "本标准按照 GB/T 1.1-2020 的规定起草。",
        "本标准起草单位：青禾商业研究院、青禾职业技术学院、本溪青禾零售集团有限公司。",
        "本标准主要起草人：赵一、钱二、孙三、李四。",
        "声明：本标准的知识产权归属于青禾商业研究院，使用权归属于青禾零售集团，未经许可不得翻印。",
    ),
}


def wrapped(paragraphs: tuple[str, ...], width: int) -> str:
    """Break paragraphs into lines of a width; Latin words and numbers stay whole, as they do in print."""
    lines = []
    for paragraph in paragraphs:
        line, used = "", 0
        for piece in re.findall(r"[A-Za-z0-9./:-]+|.", paragraph):
            size = sum(1 if ord(character) < 256 else 2 for character in piece)
            if used + size > width and line.strip():
                lines.append(line.strip())
                line, used = "", 0
            line, used = line + piece, used + size
        lines.append(line.strip())
    return "\n".join(lines)


@pytest.mark.parametrize("reader", SECTIONS, ids=lambda reader: reader.__name__)
@given(width=st.integers(24, 120))
@settings(max_examples=60)
def test_wrapping_changes_nothing(reader, width):
    whole = read(reader, "\n".join(SECTIONS[reader]))
    broken = read(reader, wrapped(SECTIONS[reader], width))
    assert whole.codes == []
    assert broken.value == whole.value
    assert broken.codes == []
