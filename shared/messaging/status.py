"""What a worker says about itself when it is asked whether it is ready."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class WorkerStatus:
    """Reasons why the worker is not ready, by part; ready while there is none. Texts for operators, without values."""

    troubles: dict[str, str] = field(default_factory=dict)

    @property
    def is_ready(self) -> bool:
        """Say whether everything gets on."""
        return not self.troubles

    def trouble(self, part: str, reason: str) -> None:
        """Note that a part does not get on."""
        self.troubles[part] = reason

    def well(self, part: str) -> None:
        """Note that a part gets on again."""
        self.troubles.pop(part, None)
