"""What judges think of what they see."""

from collections.abc import Sequence

from kaozheng.demo.judging import Scale
from kaozheng.demo.people.judges import Opinion


def giving(percent: int) -> Opinion:
    """Give so many of a hundred points, in every criterion to the nearest step."""

    def opinion(_code: str, _judge: str, form: Sequence[Scale]) -> dict[str, str]:
        return {scale.code: scale.choices[round(percent / 100 * (len(scale.choices) - 1))] for scale in form}

    return opinion
