"""What publishers call the sections of a standard."""

import re
from typing import Literal

SectionKind = Literal[
    "front", "contents", "foreword", "scope", "references", "terms", "majors", "posts", "categories", "levels",
    "requirements", "bibliography", "appendix", "other",
]  # fmt: skip

_GROUP = r"(?:\(群\)|群)?"
_SCHOOL = r"(?:职业院校|院校|学校|教育)"
_FOR = r"(?:主要)?(?:参照|对应|面向|适用|适合|相关|针对|服务|就业)(?:的|于)?"
_AND = r"(?:及|和|与|,)"
_SKILL = r"(?:职业)?技能(?:等级)?"
_MEASURE = "(?:考核|评价|培训|实施|鉴定|认定|考评|管理)"
#: Patterns of folded names: `fold` has turned 、 into a comma and brackets into half-width ones.
_NAMES: dict[SectionKind, tuple[str, ...]] = {
    "contents": ("目次", "目录", "contents"),
    "foreword": ("前言", "引言", "序言", "foreword", "introduction"),
    "scope": ("(?:标准)?(?:适用)?范围",),
    "references": ("规范性引用(?:文件|标准)?", "引用(?:文件|标准)", "规范性文件"),
    "terms": (rf"术语(?:{_AND}?(?:符号|其?定义|缩略语))*", "(?:名词|术语)(?:解释|定义)", "定义"),
    "majors": (
        rf"{_FOR}{_SCHOOL}?{_AND}?(?:相关)?(?:的)?专业(?:领域|目录)?{_GROUP}",
        rf"{_SCHOOL}(?:相关|对应)?专业{_GROUP}",
    ),
    "posts": (
        rf"{_FOR}(?:职业|工作|就业|技术|职业技能)?(?:面向)?(?:的)?(?:岗位|领域|职业){_GROUP}",
        rf"(?:职业|工作|就业)岗位{_GROUP}",
        rf"面向(?:职业|行业){_AND}?(?:工作)?岗位{_GROUP}",
    ),
    "categories": ("(?:职业)?技能(?:的)?分类",),
    "levels": (
        rf"{_SKILL}(?:的)?(?:等级)?(?:划分|分级|设置)(?:{_AND}?(?:描述|说明|要求|依据))?",
        "(?:职业)?(?:技能)?等级(?:划分|描述|设置|说明)?",
    ),
    "requirements": (
        rf"{_SKILL}(?:标准)?(?:要求|标准)(?:{_AND}?(?:描述|内容|说明|表))?",
        "(?:职业)?(?:技能)?等级(?:要求|标准)(?:描述|内容)?",
        rf"{_SKILL}(?:要求)?{_AND}(?:评价|考核)?(?:标准|要求|内容)",
        "职业技能(?:要求)?描述|职业(?:能力|标准)要求|工作要求|职业技能",
    ),
    "bibliography": ("参考文献", "参考资料", "bibliography", "references"),
    "appendix": (
        r"附录[a-z]?(?:\((?:规范性|资料性)(?:附录)?\).{0,30})?",
        "附录[a-z](?![的中所]).{1,30}",
        "编制说明|索引",
    ),
    "other": (
        rf"(?:职业技能)?(?:等级)?(?:证书)?{_MEASURE}(?:{_AND}?{_MEASURE})?(?:要求|方案|办法|方式|内容|建议|说明|条件)?",
    ),
}
_PATTERNS = [(kind, re.compile("|".join(names))) for kind, names in _NAMES.items()]
_INLINE = (
    "规范性引用文件", "术语和定义", "术语与定义", "术语", "对应院校专业", "面向院校专业", "适用院校专业",
    "面向工作岗位", "面向职业岗位", "适用工作岗位", "职业技能分类", "职业技能等级要求描述", "职业技能等级划分",
    "职业技能等级要求", "职业技能要求", "职业技能等级", "范围",
)  # fmt: skip

#: The names in running text: spaces may stray into them, and （群） may follow.
SECTION_NAMES = "(?:" + "|".join(map(r"\s?".join, _INLINE)) + r")(?:\s?[（(]\s?群\s?[）)])?"


#: 6.2 农场管理职业技能等级要求: what a numbered heading may say before the section's name.
_OWN_NAME = re.compile(r"(?!能|会|可)(?!.*(?:初级|中级|高级)).{2,24}?(?P<name>(?:职业)?技能.*)")


def section_named(folded: str) -> SectionKind | None:
    """Return the kind of section that a folded heading without its number names."""
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(folded)), None)


def section_of_standard(folded: str) -> SectionKind | None:
    """Return the kind of section that a heading names if it puts the standard's own name before the section's."""
    found = _OWN_NAME.fullmatch(folded)
    kind = section_named(found["name"]) if found else None
    return kind if kind in ("levels", "requirements") else None
