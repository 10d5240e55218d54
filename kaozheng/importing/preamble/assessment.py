"""How a level is assessed, as far as a document says: by all its units or one of them, and by which parts."""

import re
from collections.abc import Sequence
from typing import Literal

from kaozheng.importing.preamble.sentences import Sentence
from shared.standards.preamble import Assessment

Part = Literal["materials", "practical", "interview", "theory"]

_CHOICE = re.compile(
    r"其中(?:的)?任?意?[一1](?:项|个|类|种|门)|任选(?:其中)?[一1其]|任意[一1](?:项|个|类|种)|任[一1](?:项|个|类|种)?"
    r"|(?:选择|选取|选)(?:其中)?(?:的)?[一1](?:项|个|类|种)"
)
_CHOSEN = re.compile(r"技能|领域|类别|方向|模块|单元|任务|专项")
_ASSESSED = re.compile(r"申请|申报|报考|考核|考试|考评|测试|鉴定|评价|评定|面试|笔试|证书|资格")
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("materials", re.compile(r"(?:书面|申请|申报|证明|报名)[^，。；、]{0,6}(?:资料|材料)")),
    (
        "practical",
        re.compile(
            r"(?:实操|实际操作|实践|实训|上机|技能操作|操作技能|专业技能|技能)(?:能力|部分|水平)?(?:的)?(?:考试|考核|考评|测试|鉴定)"
            r"|实操[^，。；]{0,12}(?:考试|考核|考评)"
        ),
    ),
    ("interview", re.compile(r"面试|答辩")),
    (
        "theory",
        re.compile(
            r"笔试|理论(?:知识)?(?:部分)?(?:的)?(?:考试|考核|测试)|理论(?:知识)?(?:和|与|、|及|加)[^，。；]{0,12}(?:考试|考核|测试)"
            r"|知识(?:考试|测试)"
        ),
    ),
)

#: For a document that is silent; the words are ours.
ALL_UNITS = Assessment(
    units="all_units",
    description="文件没有另行规定，考核该等级的全部内容。",
    description_en="The document lays down nothing else: all units of the level are assessed.",
)


def rules_in(told: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return the sentences that say how a level is assessed."""
    return tuple(sentence for sentence in told if _one_unit(sentence) or parts_in(sentence))


def parts_in(sentence: Sentence) -> tuple[Part, ...]:
    """Return the parts of an assessment that a sentence names."""
    if not _ASSESSED.search(sentence.compact):
        return ()
    return tuple(part for part, pattern in _PARTS if pattern.search(sentence.compact))


def assessment_of(rules: Sequence[Sentence], clause: str | None) -> Assessment | None:
    """Return the assessment that these sentences lay down in their own words; None without any."""
    if not rules:
        return None
    named = {part for sentence in rules for part in parts_in(sentence)}
    return Assessment(
        units="one_unit" if any(map(_one_unit, rules)) else "all_units",
        parts=tuple(part for part, _ in _PARTS if part in named),
        clause=clause or None,
        description="".join(sentence.words for sentence in rules),
    )


def _one_unit(sentence: Sentence) -> bool:
    words = sentence.compact
    return bool(_CHOICE.search(words) and _CHOSEN.search(words) and _ASSESSED.search(words))
