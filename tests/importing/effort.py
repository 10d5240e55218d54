"""How many documents are made: few and always the same ones in the suite, many new ones when fuzzing.

`pytest tests/importing --hypothesis-profile=fuzz --timeout=0` fuzzes.
"""

from hypothesis import HealthCheck, Phase, settings

_QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
#: The suite must stay green and quick on any machine: no chance, no deadline, no search for the smallest failure.
MODEST = settings(
    max_examples=24,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=_QUIET,
)
FUZZ = settings(max_examples=1500, deadline=None, print_blob=True, suppress_health_check=_QUIET)


def effort(share: float = 1.0) -> settings:
    """Return the settings for a property; `share` below 1 for what takes longer."""
    chosen = FUZZ if settings.get_current_profile_name() == "fuzz" else MODEST
    return settings(chosen, max_examples=max(2, int(chosen.max_examples * share)))
