"""证书一经撤销，谁来查验都立刻看到已撤销，并看到原因；院校也会得知，别人的证书不受影响。

Once a certificate is revoked, whoever verifies it sees that at once, and why; the school hears of it, too.
Another person's certificate stays valid.
"""

from tests.stories.support.cast import Cast
from tests.stories.support.expecting import expect, expect_soon


async def story(cast: Cast) -> None:
    school = await cast.school()
    plan = await cast.certified(school, cast.people(2))
    certificate, other = await school.certificates(plan)
    expect("certificate", "its state before", (await cast.employer.verify(certificate))["state"], "VALID")

    await cast.certificate_officer.revoke(certificate, reason="issued_in_error")

    seen = await cast.employer.verify(certificate)
    expect("certificate", "its state after", seen["state"], "REVOKED")
    expect("certificate", "the reason that an employer sees", seen["certificate"]["reason_code"], "issued_in_error")
    both = await cast.employer.verify_many([certificate, other])
    expect("certificate", "states verified together", [one["state"] for one in both], ["REVOKED", "VALID"])
    credential = await cast.employer.credential(certificate)
    presented = await cast.employer.verify_credential(credential)
    expect("certificate", "the state of the credential presented", presented["state"], "REVOKED")

    async def told() -> str | None:
        known = (await school.application(certificate["application_id"]))["certificate"]
        return known and known["status"]

    await expect_soon("registration", "the certificate that the school sees", told, "revoked")
