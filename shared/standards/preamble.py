"""What a standard says before its requirements: who issued it, what it builds on, its words, and whom it is for."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.standards.codes import StandardCode, Text


class StandardPart(BaseModel):
    """What all parts of a standard have in common: frozen, and no field that the schema does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(StandardPart):
    """Something with a title, such as a post or a major. English is missing where nobody has translated it yet."""

    title: Text
    title_en: Text | None = None

    @property
    def english(self) -> str:
        """Return the English title, or the Chinese one until there is one."""
        return self.title_en or self.title


class Publisher(StandardPart):
    """Who drafted the document, and whose it is. Names of persons are left out: nothing here needs them."""

    drafted_by: tuple[Text, ...] = ()
    owner: Text | None = None
    licensee: Text | None = None


class Scope(StandardPart):
    """范围: what the standard lays down and for what it is meant, in our own words."""

    clause: Text | None = None
    description: Text
    description_en: Text | None = None


class NormativeReference(Named):
    """规范性引用文件: a document that this one relies on. Without a `year`, its newest edition applies.

    Laws and catalogues have no `number`.
    """

    number: Text | None = None
    year: int | None = None


class Term(Named):
    """术语和定义: a term, with its definition in our own words."""

    clause: Text
    definition: Text
    definition_en: Text | None = None


class Majors(Named):
    """对应院校专业: the majors of one type of school (its title) that the standard addresses."""

    school_type: Literal["secondary", "higher", "vocational_bachelor", "applied_bachelor", "other"]
    #: Which edition of the catalogue of majors is meant, where the document gives several.
    catalogue: Text | None = None
    majors: tuple[Named, ...]


class Posts(StandardPart):
    """面向工作岗位（群）: the employers and posts that one level is for."""

    employers: tuple[Named, ...] = ()
    posts: tuple[Named, ...]


class Rule(StandardPart):
    """A rule of the document in our own words, with where it stands."""

    clause: Text | None = None
    description: Text
    description_en: Text | None = None


class Inclusion(Rule):
    """Whether a level includes what the levels below it demand. `not_stated`: the document is silent."""

    kind: Literal["higher_includes_lower", "separate", "not_stated"]


class Assessment(Rule):
    """How a level is assessed: all its units or one chosen unit, and by which parts, as far as the document says.

    `not_stated`: the document is silent, and the level cannot be examined.
    """

    units: Literal["all_units", "one_unit", "not_stated"]
    #: What an applicant must pass or hand in: written materials, practical exam, interview, written test.
    parts: tuple[Literal["materials", "practical", "interview", "theory"], ...] = ()


class SkillCategory(Named):
    """职业技能分类: one of the categories that a standard without work areas divides skills into."""

    code: StandardCode
