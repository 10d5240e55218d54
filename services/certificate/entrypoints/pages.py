"""The public page that opens from the QR code: Chinese first, readable on a phone, nothing loaded from elsewhere."""

import base64
import hashlib
from html import escape
from importlib import resources
from string import Template
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from services.certificate.application import verifying
from services.certificate.application.verifying import Asked
from services.certificate.domain.verification import State
from services.certificate.entrypoints import answers
from services.certificate.entrypoints.deps import Deps, UsedDeps
from services.certificate.entrypoints.public_api import OUTAGES, Number, address_of
from services.certificate.entrypoints.schemas import ShownCertificate, VerificationResponse
from shared.clock import CHINA
from shared.text.codes import code_of

router = APIRouter(include_in_schema=False)

_FILES = resources.files("services.certificate.entrypoints") / "page"
_STYLE = (_FILES / "style.css").read_text(encoding="utf-8")
_PAGE = Template((_FILES / "page.html").read_text(encoding="utf-8"))
_FORM = Template((_FILES / "form.html").read_text(encoding="utf-8"))
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {"content-security-policy": _POLICY, "cache-control": "no-store"}
_MAX_FORM = 4_096

#: State -> kind of banner, mark, headline in Chinese and English.
_BANNERS: dict[State, tuple[str, str, str, str]] = {
    State.VALID: ("good", "✓", "证书有效", "Valid"),
    State.REVOKED: ("bad", "✕", "证书已撤销", "Revoked"),
    State.NOT_FOUND: ("none", "?", "未找到证书", "Not found"),
    State.INVALID: ("bad", "✕", "凭证无效", "Invalid"),
    State.CANNOT_CHECK: ("wait", "!", "暂时无法核验", "Cannot check now"),
}


@router.get("/C/{number}/{token}")
async def open_from_paper(deps: UsedDeps, number: Number, token: str) -> HTMLResponse:
    """Show the page for the address in the QR code, which is in capitals."""
    return await _by_token(deps, number, token)


@router.get("/c/{number}")
async def open_page(
    deps: UsedDeps, number: Number, t: Annotated[str | None, Query(max_length=64)] = None
) -> HTMLResponse:
    """Show the certificate for number and token; without a token ask for the name."""
    if t is None:
        return _html(_page(deps, "证书查验", "Verify a certificate", _form(number)))
    return await _by_token(deps, number, t)


@router.get("/c")
async def open_form(deps: UsedDeps) -> HTMLResponse:
    """Ask for number and name."""
    return _html(_page(deps, "证书查验", "Verify a certificate", _form("")))


@router.post("/c/lookup")
async def ask_by_name(deps: UsedDeps, request: Request) -> HTMLResponse:
    """Show whether number and name belong together; limited per address like the API."""
    allowance = deps.lookups.take(address_of(request))
    if not allowance.is_allowed:
        text = f"查询过于频繁，请在 {allowance.wait_seconds} 秒后重试。Too many requests; try again later."
        return _html(
            _page(deps, "证书查验", "Verify", f'<p class="note">{text}</p>{_form("")}'), 429, allowance.headers()
        )
    body = (await request.body())[:_MAX_FORM]
    fields = parse_qs(body.decode("utf-8", "replace"))
    asked = fields.get("number", [""])[0][:60], fields.get("name", [""])[0][:200]
    try:
        async with deps.open_work() as work:
            verdict = await verifying.by_name(deps.desk, work, *asked)
    except OUTAGES:
        return _html(_verdict_page(deps, answers.unavailable(deps.desk.clock.now()), ""), 503)
    form = _form(asked[0]) if verdict.finding.state is State.NOT_FOUND else ""
    return _html(_verdict_page(deps, answers.verification(verdict), form), 200, allowance.headers())


async def _by_token(deps: Deps, number: str, token: str) -> HTMLResponse:
    try:
        [verdict] = await verifying.by_token(deps.desk, deps.open_work, deps.reader, [Asked(number, token)])
    except OUTAGES:
        return _html(_verdict_page(deps, answers.unavailable(deps.desk.clock.now()), ""), 503)
    answer = answers.verification(verdict)
    state = answer.state
    more = _form(number) if state is State.NOT_FOUND else _downloads(code_of(number), token, state)
    return _html(_verdict_page(deps, answer, more), 404 if state is State.NOT_FOUND else 200)


def _verdict_page(deps: Deps, answer: VerificationResponse, more: str) -> str:
    kind, mark, zh, en = _BANNERS[answer.state]
    at = answer.checked_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
    banner = (
        f'<section class="banner {kind}" role="status"><span class="mark" aria-hidden="true">{mark}</span>'
        f'<div><h1>{zh} <span lang="en">{en}</span></h1><p>{escape(answer.message_zh)}</p>'
        f'<p lang="en">{escape(answer.message_en)}</p></div></section>'
    )
    details = _details(answer.certificate) if answer.certificate else ""
    checked = f'<p class="checked">核验时间（北京时间）<span lang="en">Checked at</span> {at}</p>'
    return _page(deps, zh, en, banner + details + more + checked)


def _details(shown: ShownCertificate) -> str:
    issued = shown.issued_at.astimezone(CHINA)
    rows = [
        *_revocation(shown),
        ("持证人", "Holder", escape(shown.holder), "holder"),
        ("标准与等级", "Standard and level", _both(shown.achievement, shown.achievement_en), ""),
        ("证书编号", "Certificate No.", escape(shown.number), "number"),
        ("发证日期", "Date of issue", f"{issued.year} 年 {issued.month} 月 {issued.day} 日", ""),
        ("发证机构", "Issued by", escape(shown.issuer), ""),
    ]
    if shown.scores:
        rows.append(("成绩", "Result", " · ".join(escape(f"{each.name} {each.value}") for each in shown.scores), ""))
    cells = (
        f'<dt>{zh} <span lang="en">{en}</span></dt><dd class="{kind}">{value}</dd>' for zh, en, value, kind in rows
    )
    return f'<dl class="card">{"".join(cells)}</dl>'


def _revocation(shown: ShownCertificate) -> list[tuple[str, str, str, str]]:
    if shown.revoked_at is None:
        return []
    at = shown.revoked_at.astimezone(CHINA)
    reason = _both(shown.reason_zh or "", shown.reason_en or "")
    return [
        ("撤销日期", "Revoked on", f"{at.year} 年 {at.month} 月 {at.day} 日", ""),
        ("撤销原因", "Reason", reason, ""),
    ]


def _both(zh: str, en: str) -> str:
    return f'{escape(zh)}<br><span lang="en">{escape(en)}</span>'


def _downloads(number: str, token: str, state: State) -> str:
    if state not in {State.VALID, State.REVOKED}:
        return ""
    start = f"/v1/certificates/{escape(number)}"
    links = [(f"{start}/credential?token={escape(token)}", "电子凭证", "Credential (JSON)")]
    if state is State.VALID:
        links.insert(0, (f"{start}/pdf?token={escape(token)}", "证书 PDF", "Certificate (PDF)"))
    links.append(("/issuers/main/did.json", "签发者公钥", "Issuer's keys"))
    items = (f'<li><a href="{url}">{zh} <span lang="en">{en}</span></a></li>' for url, zh, en in links)
    return f'<ul class="links">{"".join(items)}</ul>'


def _form(number: str) -> str:
    return _FORM.substitute(number=escape(number))


def _page(deps: Deps, zh: str, en: str, main: str) -> str:
    issuer, issuer_en = escape(deps.desk.issuer.name), escape(deps.desk.issuer.name_en)
    return _PAGE.substitute(style=_STYLE, title=f"{zh} {en}", main=main, issuer=issuer, issuer_en=issuer_en)


def _html(page: str, status: int = 200, headers: dict[str, str] | None = None) -> HTMLResponse:
    return HTMLResponse(page, status, {**_HEADERS, **(headers or {})})
