"""How the certificate service says no.

ServiceError
├── NotFound
│   ├── CertificateUnknown    unknown number, wrong token or another institution's: one answer for all (404)
│   └── StatusListUnknown     no status list of that number (404)
├── Conflict
│   └── NameNotPrintable      the fonts lack a character of the name (409)
├── CertificateRevoked        it is no longer handed out (410)
├── TooManyRequests           the caller asks too often (429)
└── Invalid
    ├── PersonUnreadable      the sealed person cannot be opened or has no name; parks the event (422)
    ├── ResultIncomplete      a pass without a score (422)
    ├── RequirementUnknown    a result names a requirement that the standard has not (422)
    ├── UnitUnknown           a plan names a unit that the standard has not (422)
    └── TenantUnknown         the token speaks for no institution (422)
"""

from shared.errors import Conflict, Invalid, NotFound, ServiceError


class CertificateUnknown(NotFound):
    """No certificate opens with what was given."""

    slug = "certificate-unknown"
    zh = "没有找到与所给信息相符的证书。"
    en = "No certificate matches what was given."


class StatusListUnknown(NotFound):
    """There is no status list of that number."""

    slug = "status-list-unknown"
    zh = "没有此编号的状态列表。"
    en = "There is no status list of that number."


class NameNotPrintable(Conflict):
    """The fonts at hand lack a character of what is to be printed."""

    slug = "name-not-printable"
    zh = "证书内容含有字库暂缺的汉字，暂不能生成 PDF；电子凭证不受影响。请联系发证机构。"
    en = "The fonts lack a character of this certificate, so no PDF can be made; the credential itself is not affected."


class CertificateRevoked(ServiceError):
    """A revoked certificate is shown as revoked but never handed out again."""

    slug = "certificate-revoked"
    status = 410
    zh = "该证书已被撤销，不再提供下载。"
    en = "This certificate has been revoked and is no longer handed out."


class TooManyRequests(ServiceError):
    """The caller asks too often."""

    slug = "too-many-requests"
    status = 429
    zh = "查询过于频繁，请在 {seconds} 秒后重试。"
    en = "Too many requests; try again in {seconds} seconds."


class PersonUnreadable(Invalid):
    """The sealed person cannot be opened, or has no name that can be signed."""

    slug = "person-unreadable"
    zh = "报名信息无法解封或缺少姓名。"
    en = "The sealed person cannot be opened or has no name."


class ResultIncomplete(Invalid):
    """A pass came without its total score."""

    slug = "result-incomplete"
    zh = "合格成绩缺少总分。"
    en = "A pass came without its total score."


class RequirementUnknown(Invalid):
    """A result names a skill requirement that its standard has not."""

    slug = "requirement-unknown"
    zh = "标准“{standard}”没有技能要求“{code}”。"
    en = "The standard '{standard}' has no requirement '{code}'."


class UnitUnknown(Invalid):
    """A plan names a unit that its standard has not."""

    slug = "unit-unknown"
    zh = "标准“{standard}”没有单元“{code}”。"
    en = "The standard '{standard}' has no unit '{code}'."


class TenantUnknown(Invalid):
    """A token that may read its institution's certificates names no institution."""

    slug = "tenant-unknown"
    zh = "访问令牌不属于任何机构。"
    en = "The token speaks for no institution."
