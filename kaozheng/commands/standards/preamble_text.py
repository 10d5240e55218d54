"""What a standard says before its levels, written for the terminal."""

from kaozheng.commands.standards import labels
from kaozheng.commands.standards.paper import Paper
from shared.standards.model import SkillStandard
from shared.standards.preamble import Named, NormativeReference


def write_head(paper: Paper, standard: SkillStandard, origin: str) -> None:
    """Write the title and the facts about the document."""
    paper.line(standard.title, style="bold")
    if standard.title_en:
        paper.line(standard.title_en)
    facts = [
        f"代码 code {standard.code}",
        f"编号 number {standard.number}" if standard.number else "",
        f"版本 edition {standard.edition}",
        str(labels.STATUSES[standard.status]),
        str(labels.ORIGINS[origin]),
    ]
    paper.line(" · ".join(filter(None, facts)), style="dim")
    publisher = standard.publisher
    for zh, en, names in (
        ("起草单位", "drafted by", publisher.drafted_by),
        ("知识产权归属", "owner", (publisher.owner,)),
        ("使用权归属", "licensee", (publisher.licensee,)),
    ):
        if any(names):
            paper.line(f"{zh} {en}: {'、'.join(filter(None, names))}", style="dim")


def write_preamble(paper: Paper, standard: SkillStandard) -> None:
    """Write scope, references, terms, majors and categories, each only if there is any."""
    if standard.scope:
        paper.heading(*labels.SCOPE)
        paper.below(standard.scope.description, standard.scope.description_en, indent=1)
    _write_references(paper, standard.references)
    _write_terms(paper, standard)
    if standard.majors:
        paper.heading(*labels.MAJORS)
    for group in standard.majors:
        catalogue = f"（{group.catalogue}）" if group.catalogue else ""
        paper.line(f"{group.title}{catalogue} {labels.SCHOOLS[group.school_type].en}", indent=1)
        paper.line(named(group.majors), indent=2)
    if standard.categories:
        paper.heading(*labels.CATEGORIES)
    for category in standard.categories:
        paper.both(category.title, category.title_en, mark=category.code, indent=1)


def named(things: tuple[Named, ...]) -> str:
    """Return names in a row, each with its translation if there is one."""
    return "、".join(f"{each.title}（{each.title_en}）" if each.title_en else each.title for each in things)


def _write_references(paper: Paper, references: tuple[NormativeReference, ...]) -> None:
    if references:
        paper.heading(f"{labels.REFERENCES.zh}（{len(references)}）", labels.REFERENCES.en)
    for reference in references:
        paper.both(reference.title, reference.title_en, mark=cited(reference), indent=1)


def cited(reference: NormativeReference) -> str:
    """Return a reference's number as it is cited, with its year if a certain edition is meant."""
    if reference.number is None:
        return ""
    year = f"-{reference.year}" if reference.year else ""
    return reference.number if reference.number.endswith(year) else reference.number + year


def _write_terms(paper: Paper, standard: SkillStandard) -> None:
    if standard.terms:
        paper.heading(f"{labels.TERMS.zh}（{len(standard.terms)}）", labels.TERMS.en)
    for term in standard.terms:
        paper.both(term.title, term.title_en, mark=term.clause, indent=1)
        paper.below(term.definition, term.definition_en, indent=3)
