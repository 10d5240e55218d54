"""电子凭证改动一处，不论姓名、等级还是分数，都通不过查验；原样的通过。

A credential with anything changed, be it the name, the level or a score, does not verify; the true one does.
"""

import copy
from typing import Any

from tests.stories.support.cast import Cast
from tests.stories.support.expecting import expect


async def story(cast: Cast) -> None:
    school = await cast.school()
    [certificate] = await school.certificates(await cast.certified(school, cast.people(1)))
    credential = await cast.employer.credential(certificate)

    for what, forged in forgeries(credential).items():
        answer = await cast.employer.verify_credential(forged)
        expect("certificate", f"a credential with another {what}", answer["state"], "INVALID")
    true = await cast.employer.verify_credential(credential)
    expect("certificate", "the credential as it was signed", true["state"], "VALID")


def forgeries(credential: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the credential with one thing changed in each."""
    name, level, score = (copy.deepcopy(credential) for _ in range(3))
    name["credentialSubject"]["identifier"][0]["identityHash"] = "李四"
    level["credentialSubject"]["achievement"]["name"] = "跨境电商B2B数据运营职业技能等级标准（高级）"
    score["credentialSubject"]["result"][0]["value"] = "99.00"
    return {"name": name, "level": level, "score": score}
