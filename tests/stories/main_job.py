"""二十人从报名到证书，每个数字都对得上。

Twenty people from application to certificate, and every sum adds up.
"""

from kaozheng.demo.run import play
from tests.stories.support.cast import Cast
from tests.stories.support.expecting import expect


async def story(cast: Cast) -> None:
    demo = cast.demo(candidates=20)
    await play(demo)
    for sum_of, left, right in demo.tally.sums():
        expect("all", sum_of, left, right)
    expect("registration", "faults", demo.facts.get("faults", []), [])
    expect("exam", "candidates", demo.tally.admitted, 20)
