"""Whether a level includes what the levels below it demand, as the document puts it."""

import re
from typing import Literal

from kaozheng.importing.preamble.sentences import Sentence
from shared.standards.preamble import Inclusion

Kind = Literal["higher_includes_lower", "separate"]

_COVERS = r"(?:涵盖|包含|包括|覆盖|囊括)"
_LOWER = r"(?:低级|低等|低一级|较低|低于|中级|初级|中、初|初、中|下一?级|下一?等级|前一?级|以下)"
_INCLUDES = re.compile(
    rf"(?:高(?:一)?(?:级|等)|中级|上一?级|上一?等级|较高)[^，。；:：]{{0,10}}?{_COVERS}[^，。；]{{0,12}}?{_LOWER}|向下(?:涵盖|兼容|包含)"
    rf"|{_COVERS}(?:了)?(?:其)?(?:以下|下级|低级别|低等级|较低)"
)
_SEPARATE = re.compile(rf"(?:相互|互相|彼此|各自)独立|互不(?:{_COVERS}|隶属)|不{_COVERS}[^，。；]{{0,8}}{_LOWER}")
_STEPS = re.compile(r"(?:依次|逐级|逐步|层层|逐层)(?:递进|递升|提高|提升)")

#: For a document that is silent; the words are ours.
NOT_STATED = Inclusion(
    kind="not_stated",
    description="文件没有说明高等级是否包含低等级的要求。",
    description_en="The document does not say whether a higher level includes the lower ones.",
)


def inclusion_in(sentence: Sentence) -> tuple[Kind, bool] | None:
    """Return which rule a sentence states, and whether it says so in so many words; None if it states none."""
    words = sentence.compact
    if _SEPARATE.search(words):
        return "separate", True
    if _INCLUDES.search(words):
        return "higher_includes_lower", True
    return ("higher_includes_lower", False) if _STEPS.search(words) and "级" in words else None
