"""How many documents are made: few and always the same ones in the suite, many new ones when fuzzing (conftest.py)."""

from hypothesis import HealthCheck, Phase, settings


def effort(share: float = 1.0) -> settings:
    """Return the settings for a property; `share` below 1 for what takes longer. The suite shrinks no failure."""
    phases = list(Phase) if _fuzzes() else [Phase.explicit, Phase.generate]
    examples = settings().max_examples if _fuzzes() else 24
    quiet = [*settings().suppress_health_check, HealthCheck.filter_too_much]
    return settings(max_examples=max(2, int(examples * share)), phases=phases, suppress_health_check=quiet)


def _fuzzes() -> bool:
    return settings.get_current_profile_name() == "fuzz"
