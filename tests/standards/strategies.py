"""Any valid standard, small enough to be made quickly: every optional part present or not, every kind of code."""

from hypothesis import settings
from hypothesis import strategies as st

from shared.standards.codes import LEVELS, LevelName
from shared.standards.model import Level, SkillRequirement, SkillStandard, Unit, WorkTask
from shared.standards.preamble import (
    Assessment,
    Inclusion,
    Majors,
    Named,
    NormativeReference,
    Posts,
    Publisher,
    Scope,
    SkillCategory,
    Term,
)

#: A whole standard takes its time to be made, on a busy machine more than Hypothesis likes.
unhurried = settings(max_examples=60)

#: What YAML or a search could take for something else.
AWKWARD = (
    "no", "null", "~", "1.10", "2023-01-01", "0x1F", "1e3", "=", "<<", "&a *a", "- a: b", "a: b #c", "'\"", "| x",
    "%TAG", "第一行\n第二行", "a\n\n  b", "a\ttab", "𠮷野家 😀", "１．１", "ﬁ ﬂ", "x\u2028x", "a\x85b\nc", "a\rb",
    "\x07", "\ufeffx", "é e\u0301", "ẞ ß İ",
)  # fmt: skip

PHRASES = (
    "店铺",
    "店铺 数据",
    "数据运营",
    "shop",
    "Shop operation",
    "Ｂ２Ｂ 运营",
    "（初级）",
    "1.1",
    "（（",
    "运营，数据",
)

#: The leading letter sees to it that something is left when pydantic has taken the spaces from the ends.
texts = st.one_of(
    st.sampled_from(PHRASES),
    st.sampled_from(AWKWARD),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6).map("x{}".format),
)
optional = st.none() | texts
codes = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
editions = st.one_of(st.just("undated"), st.from_regex(r"[0-9A-Za-z][0-9A-Za-z.-]{0,8}", fullmatch=True))
clauses = st.sampled_from(("1", "2", "6.1", "10", "A", "b-1"))


def some(elements, *, least: int = 0, most: int = 2) -> st.SearchStrategy[tuple]:
    """Return a few of something."""
    return st.lists(elements, min_size=least, max_size=most).map(tuple)


def built(model, **fields) -> st.SearchStrategy:
    """Return instances of a model."""
    return st.builds(model, **fields)


named = built(Named, title=texts, title_en=optional)
rule = {"clause": optional, "description": texts, "description_en": optional}
heads = st.fixed_dictionaries(
    {
        "title": texts,
        "title_en": optional,
        "number": optional,
        "status": st.sampled_from(("draft", "published", "replaced", "withdrawn")),
        "publisher": built(Publisher, drafted_by=some(texts), owner=optional, licensee=optional),
        "scope": st.none() | built(Scope, **rule),
        "references": some(
            built(
                NormativeReference,
                number=optional,
                year=st.none() | st.integers(1900, 2100),
                title=texts,
                title_en=optional,
            )
        ),
        "terms": some(
            built(Term, clause=texts, title=texts, title_en=optional, definition=texts, definition_en=optional)
        ),
        "majors": some(
            built(
                Majors,
                school_type=st.sampled_from(
                    ("secondary", "higher", "vocational_bachelor", "applied_bachelor", "other")
                ),
                title=texts,
                title_en=optional,
                catalogue=optional,
                majors=some(named),
            )
        ),
        "inclusion": built(
            Inclusion, kind=st.sampled_from(("higher_includes_lower", "separate", "not_stated")), **rule
        ),
    }
)


@st.composite
def requirements(draw: st.DrawFn, parent: str, separator: str) -> tuple[SkillRequirement, ...]:
    """Return the requirements of one task."""
    return tuple(
        SkillRequirement(
            code=f"{parent}{separator}{clause}",
            clause=clause,
            title=draw(optional),
            title_en=draw(optional),
            description=draw(texts),
            description_en=draw(optional),
            complete=draw(st.booleans()),
        )
        for clause in draw(st.lists(clauses, min_size=1, max_size=3, unique=True))
    )


@st.composite
def tasks(draw: st.DrawFn, unit: str) -> tuple[WorkTask, ...]:
    """Return the tasks of one unit; the requirements of a single one may lie under the unit itself."""
    separator = draw(st.sampled_from(".:"))
    numbers = draw(st.lists(clauses, max_size=2, unique=True))
    if len(numbers) == 1 and draw(st.booleans()):
        code = f"{unit}:requirements"
        return (WorkTask(code=code, clause="A", title=draw(texts), requirements=draw(requirements(unit, ":"))),)
    return tuple(
        WorkTask(
            code=f"{unit}{separator}{number}",
            clause=number,
            title=draw(texts),
            title_en=draw(optional),
            requirements=draw(requirements(f"{unit}{separator}{number}", separator)),
        )
        for number in numbers
    )


@st.composite
def units(draw: st.DrawFn, level: str, categories: tuple[str, ...]) -> tuple[Unit, ...]:
    """Return the units of one level."""
    made = []
    for clause in draw(st.lists(clauses, max_size=2, unique=True)):
        code = f"{level}:{clause}"
        content = draw(tasks(code))
        whole = bool(content) and all(each.complete for task in content for each in task.requirements)
        made.append(
            Unit(
                code=code,
                clause=clause,
                title=draw(texts),
                title_en=draw(optional),
                category=draw(st.sampled_from((None, *categories))),
                complete=whole and draw(st.booleans()),
                tasks=content,
            )
        )
    return tuple(made)


@st.composite
def levels(draw: st.DrawFn, code: str, name: LevelName, categories: tuple[str, ...]) -> Level:
    """Return one level."""
    content = draw(units(f"{code}:{name}", categories))
    return Level(
        level=name,
        title=draw(texts),
        title_en=draw(optional),
        clause=draw(optional),
        description=draw(texts),
        description_en=draw(optional),
        posts=draw(st.none() | built(Posts, employers=some(named), posts=some(named))),
        assessment=Assessment(
            units=draw(st.sampled_from(("all_units", "one_unit", "not_stated"))),
            parts=draw(some(st.sampled_from(("materials", "practical", "interview", "theory")))),
            description=draw(texts),
        ),
        complete=bool(content) and draw(st.booleans()),
        units=content,
    )


@st.composite
def standards(
    draw: st.DrawFn, code: st.SearchStrategy[str] = codes, edition: st.SearchStrategy[str] = editions
) -> SkillStandard:
    """Return any valid standard; give `code` or `edition` to fix them."""
    own = draw(code)
    categories = tuple(draw(st.lists(codes, max_size=2, unique=True)))
    names = [name for name in LEVELS if draw(st.booleans())] or [draw(st.sampled_from(LEVELS))]
    return SkillStandard(
        **draw(heads),
        code=own,
        edition=draw(edition),
        categories=tuple(SkillCategory(code=each, title=draw(texts), title_en=draw(optional)) for each in categories),
        levels=tuple(draw(levels(own, name, categories)) for name in names),
    )
