"""What can go wrong on a network, and for whom: the rules that the proxy asks about everything that passes it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Effect(StrEnum):
    """What a rule does to the connections it is about."""

    HANG = "nothing passes, nobody is told"
    MUTE = "what is asked arrives, no answer comes back"
    RESET = "connections are reset, new ones refused"
    FORGET = "open connections stay silent for ever, new ones work"
    DELAY = "everything comes late"


#: Those that keep two parts from each other; the rest only slows them.
PARTITIONS = (Effect.HANG, Effect.MUTE, Effect.RESET, Effect.FORGET)


@dataclass(frozen=True)
class Rule:
    """An effect on what these sources ask of these targets; `seconds` is the delay each way."""

    effect: Effect
    sources: frozenset[str]
    targets: frozenset[str]
    seconds: float = 0.0

    def meets(self, source: str, target: str) -> bool:
        """Say whether the rule is about this pair."""
        return source in self.sources and target in self.targets


@dataclass(slots=True)
class Rules:
    """The rules of the moment."""

    active: list[Rule] = field(default_factory=list)

    def effects(self, source: str, target: str) -> Iterable[Rule]:
        """Return the rules that are about a pair."""
        return (rule for rule in self.active if rule.meets(source, target))

    def holds_back(self, source: str, target: str, *, answer: bool) -> bool:
        """Say whether nothing may pass now in this direction."""
        held = {Effect.HANG, Effect.MUTE} if answer else {Effect.HANG}
        return any(rule.effect in held for rule in self.effects(source, target))

    def refuses(self, source: str, target: str) -> bool:
        """Say whether connections are refused now."""
        return any(rule.effect is Effect.RESET for rule in self.effects(source, target))

    def delay(self, source: str, target: str) -> float:
        """Return by how many seconds what passes now comes late."""
        delays = (rule.seconds for rule in self.effects(source, target) if rule.effect is Effect.DELAY)
        return max(delays, default=0.0)
