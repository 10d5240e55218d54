"""What a standard says, in a form that two readings of it can be compared in. Shares no code with the importer."""

import unicodedata

from shared.standards.model import SkillRequirement, SkillStandard

_FOLDED = str.maketrans({"。": ".", "、": ",", "“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "…": "."})


def squeeze(text: str) -> str:
    """Return what stays of a text whatever spaces, widths of characters and end marks a form gives it."""
    folded = unicodedata.normalize("NFKC", text).translate(_FOLDED)
    return "".join(folded.split()).rstrip(".;,")


def squeezed(outline: dict[str, str]) -> dict[str, str]:
    """Return an outline with all its words squeezed."""
    return {code: squeeze(words) for code, words in outline.items()}


def outline(standard: SkillStandard) -> dict[str, str]:
    """Return title or wording of every unit, task and requirement by level and clause, squeezed."""
    return {
        node.code.partition(":")[2]: squeeze(node.description if isinstance(node, SkillRequirement) else node.title)
        for node, _ in standard.nodes()
    }


def wordings(standard: SkillStandard) -> dict[str, str]:
    """Return the wording of every requirement by level and clause, squeezed."""
    return {each.code.partition(":")[2]: squeeze(each.description) for each in standard.requirements}


def difference(found: dict[str, str], known: dict[str, str]) -> dict[str, tuple[str | None, str | None]]:
    """Return what was found and what is known where the two are not the same."""
    places = known | found
    return {place: pair for place in places if len(set(pair := (found.get(place), known.get(place)))) > 1}
