"""How the system says no: one class per reason, in Chinese and English, mapped to HTTP once at the edge.

ServiceError
├── Invalid         the input breaks a rule (422), may carry located field errors
├── NotFound        no such thing, or not yours (404)
├── Conflict        the state does not allow it (409)
├── Forbidden       known, but not allowed (403)
├── Unauthenticated no valid token (401)
├── Precondition    somebody else changed it first (412)
├── TooLarge        more than one request may carry (413)
└── Unavailable     try again later (503)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One located fault: where (JSON pointer or column name), which rule, and what to do, in both languages."""

    pointer: str
    code: str
    zh: str
    en: str


class ServiceError(Exception):
    """A refusal with a stable slug. `zh` and `en` are templates filled from the keyword fields."""

    slug: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    zh: ClassVar[str] = "服务出错。"
    en: ClassVar[str] = "Something went wrong."

    def __init__(self, *, errors: Sequence[FieldError] = (), **fields: Any) -> None:
        """Keep the values that broke the rule; never pass personal data in them."""
        self.errors = tuple(errors)
        self.fields = fields
        super().__init__(f"{self.slug}: {self.message('en')}")

    def message(self, language: str) -> str:
        """Return the message in `zh` or `en`."""
        template = self.zh if language == "zh" else self.en
        return template.format(**self.fields)


class Invalid(ServiceError):
    """The input breaks a rule."""

    slug = "invalid"
    status = 422
    zh = "提交的内容有误，请按所列字段更正后重试。"
    en = "The input breaks a rule; correct the listed fields and try again."


class NotFound(ServiceError):
    """No such thing, or it belongs to somebody else."""

    slug = "not-found"
    status = 404
    zh = "没有找到所请求的内容。"
    en = "There is no such thing, or it is not yours to see."


class Conflict(ServiceError):
    """The current state does not allow it."""

    slug = "conflict"
    status = 409
    zh = "当前状态不允许此操作。"
    en = "The current state does not allow this."


class Forbidden(ServiceError):
    """The caller is known but may not do this."""

    slug = "forbidden"
    status = 403
    zh = "没有执行此操作的权限。"
    en = "You are not allowed to do this."


class Unauthenticated(ServiceError):
    """No token, or one that cannot be trusted."""

    slug = "unauthenticated"
    status = 401
    zh = "缺少有效的访问令牌。"
    en = "A valid bearer token is required."


class Precondition(ServiceError):
    """Somebody else changed it first."""

    slug = "precondition-failed"
    status = 412
    zh = "内容已被他人修改，请刷新后重试。"
    en = "Somebody else changed this first; read it again and retry."


class TooLarge(ServiceError):
    """More than one request may carry."""

    slug = "too-large"
    status = 413
    zh = "请求内容过大，请分批提交。"
    en = "The request is too large; send it in parts."


class Unavailable(ServiceError):
    """Try again later."""

    slug = "unavailable"
    status = 503
    zh = "服务暂时不可用，请稍后重试。"
    en = "The service cannot answer now; try again later."
