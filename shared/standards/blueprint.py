"""The assessment blueprint (考核方案): what is scored, for how many points, and by which rules."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from shared.errors import FieldError
from shared.standards.codes import Edition, ItemCode, LevelName, StandardCode, Text
from shared.standards.components import Component
from shared.standards.criteria import BlueprintPart, Criterion, CriterionCode
from shared.standards.refusing import refuse
from shared.standards.rules import Composition

#: Below PostgreSQL's `integer`, and more than anybody will ever author.
Version = Annotated[int, Field(ge=1, le=1_000_000)]


class Blueprint(BlueprintPart):
    """考核方案: one version for one standard, level and (where one is chosen) unit. `derived`: nobody authored it."""

    code: CriterionCode
    version: Version
    title: Text
    title_en: Text
    standard: StandardCode
    edition: Edition
    level: LevelName
    unit: ItemCode | None = None
    derived: bool
    components: tuple[Component, ...] = Field(min_length=1, max_length=10)
    composition: Composition

    @property
    def requirements(self) -> tuple[str, ...]:
        """Return the codes of all requirements that some criterion assesses, each once, in order."""
        return tuple(dict.fromkeys(code for _, criterion in self.criteria() for code in criterion.requirements))

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the content; the same under another version number."""
        content = self.model_dump(mode="json", exclude={"version"})
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def component(self, code: str) -> Component:
        """Return a component; raise `KeyError` if there is none of that code."""
        return {component.code: component for component in self.components}[code]

    def criteria(self) -> Iterator[tuple[str, Criterion]]:
        """Yield every criterion of all components with where it stands, as a JSON pointer."""
        for at, component in enumerate(self.components):
            for number, task in enumerate(component.tasks):
                for index, criterion in enumerate(task.criteria):
                    yield f"/components/{at}/tasks/{number}/criteria/{index}", criterion

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        refuse("Blueprint", [*self._faults_of_codes(), *self._faults_of_weights()])
        return self

    def _faults_of_codes(self) -> Iterator[FieldError]:
        components = [(f"/components/{at}", each) for at, each in enumerate(self.components)]
        yield from _repeated((place, each.code) for place, each in components)
        yield from _repeated(
            (f"{place}/tasks/{number}", task.code)
            for place, each in components
            for number, task in enumerate(each.tasks)
        )
        yield from _repeated((place, criterion.code) for place, criterion in self.criteria())

    def _faults_of_weights(self) -> Iterator[FieldError]:
        weights = sum(component.weight for component in self.components)
        if weights != 1:
            zh = f"各科目权重之和须为 1，现为 {weights}。"
            en = f"the weights of the components must add up to 1; they add up to {weights}."
            yield FieldError(f"/components/{len(self.components) - 1}/weight", "weights-not-one", zh, en)


def _repeated(coded: Iterable[tuple[str, str]]) -> Iterator[FieldError]:
    seen: dict[str, str] = {}
    for place, code in coded:
        if code in seen:
            zh, en = f"代码 {code} 已用于 {seen[code]}，请换一个。", f"{code} is given twice: {seen[code]} has it, too."
            yield FieldError(f"{place}/code", "code-repeated", zh, en)
        seen.setdefault(code, place)
