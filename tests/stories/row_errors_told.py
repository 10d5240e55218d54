"""一批报名里被退回的每一行，院校都看得到行号、列名和原因，其余各行照常受理；选填项读不出的只留空并提示。

A school sees every refused row of its batch with its column and the reason; all other rows are taken in, without what
is optional and cannot be read, which is noted.
"""

from kaozheng.demo.batches import encoded, mistyped
from tests.stories.support.cast import Cast
from tests.stories.support.expecting import expect


async def story(cast: Cast) -> None:
    school = await cast.school()
    plan = await cast.open()
    good, nameless, mistaken, short, other = cast.people(5)
    rows = [good, nameless._replace(name=""), mistyped(mistaken), good, short._replace(phone="1381234"), other]

    await school.hear_of(plan)
    batch = await school.follow(await school.send(plan, encoded(rows)), plan)

    faults = await school.row_errors(batch)
    expect(
        "registration",
        "rows that the school sees refused or noted",
        [(fault["row"], fault["field"], fault["code"], fault["severity"]) for fault in faults],
        [
            (3, "姓名", "required", "error"),
            (4, "证件号码", "wrong_check_digit", "error"),
            (5, "证件号码", "duplicate_in_batch", "error"),
            (6, "手机号", "phone_dropped", "note"),
        ],
    )
    expect("registration", "faults without words", [fault for fault in faults if not fault["message_zh"]], [])
    taken_in = await school.applications(plan, batch_id=batch["id"])
    expect("registration", "rows taken in", [application["row"] for application in taken_in], [2, 6, 7])
