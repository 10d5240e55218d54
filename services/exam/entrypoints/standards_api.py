"""Skill standards over HTTP, for whoever reads plans or applications.

Not for everybody: the operator may have loaded wording under a licence.
"""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response

from services.exam.application import standards
from services.exam.entrypoints.deps import ExamDeps
from services.exam.entrypoints.standards_schemas import (
    BrokenFile,
    CoveredQuery,
    EditionQuery,
    LevelPath,
    LevelQuery,
    LevelResponse,
    RequirementPath,
    RequirementResponse,
    StandardPath,
    StandardQuery,
    StandardsResponse,
    StandardSummary,
    UnitQuery,
    WordsQuery,
)
from shared.standards.blueprint import Blueprint
from shared.standards.catalogue import Catalogue
from shared.standards.codes import Edition
from shared.standards.default import default_blueprint
from shared.standards.difference import Difference, difference
from shared.standards.documents import to_json
from shared.standards.model import SkillStandard
from shared.standards.searching import Hit
from shared.web.auth import Principal, require_any
from shared.web.pages import Page, PageQuery, decode_cursor, encode_cursor
from shared.web.strict_json import StrictRoute

router = APIRouter(prefix="/v1", tags=["标准 standards"], route_class=StrictRoute)

Reader = Annotated[
    Principal,
    Depends(require_any("plans:read", "plans:write", "site:operate", "applications:read", "applications:review")),
]
_IfNoneMatch = Annotated[str | None, Header(description="已有内容的 ETag the ETag of what the caller has")]
_OFFICERS = frozenset({"plans:read", "plans:write"})
_UNCHANGED: dict[int | str, dict[str, str]] = {304: {"description": "内容未变 Not changed"}}


@router.get("/standards", summary="标准列表 List standards")
async def list_standards(deps: ExamDeps, reader: Reader) -> StandardsResponse:
    """List the standards in their newest editions. Who works on plans is also told of files that cannot be used."""
    known, broken = await standards.read(standards.standards, deps.catalogue)
    items = [StandardSummary.of(each) for each in known]
    told = broken if reader.scopes & _OFFICERS else ()
    return StandardsResponse(items=items, broken=[BrokenFile.of(each) for each in told])


@router.get("/standards/{code}", summary="标准全文 Get a standard", response_model=SkillStandard, responses=_UNCHANGED)
async def get_standard(
    code: StandardPath, deps: ExamDeps, _: Reader, edition: EditionQuery = None, if_none_match: _IfNoneMatch = None
) -> Response:
    """Give an edition of a standard as `kaozheng standards export` does."""
    content, tag = await standards.read(_exported, deps.catalogue, code, edition)
    headers = {"etag": tag, "cache-control": "private, no-cache", "vary": "authorization"}
    if tag in _tags(if_none_match):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)


@router.get("/standards/{code}/levels/{level}", summary="等级 Get a level")
async def get_level(
    code: StandardPath,
    level: LevelPath,
    deps: ExamDeps,
    _: Reader,
    edition: EditionQuery = None,
    covered: CoveredQuery = False,  # noqa: FBT002 - a parameter of a request
) -> LevelResponse:
    """Give one level with its units, tasks and requirements."""
    found = await standards.read(standards.covered_level, deps.catalogue, code, edition, level)
    return LevelResponse.of(found, covered=covered)


@router.get("/standards/{code}/levels/{level}/blueprint", summary="推导的考核方案 Derive a blueprint")
async def derive_blueprint(
    code: StandardPath,
    level: LevelPath,
    deps: ExamDeps,
    _: Reader,
    unit: UnitQuery = None,
    edition: EditionQuery = None,
) -> Blueprint:
    """Give the blueprint that a plan has without an authored one. What the source does not state is refused."""
    return await standards.read(lambda: default_blueprint(deps.catalogue.standard(code, edition), level, unit))


@router.get("/standards/{code}/difference", summary="版本差异 Compare editions")
async def compare_editions(
    code: StandardPath,
    deps: ExamDeps,
    _: Reader,
    old: Annotated[Edition, Query(alias="from", description="旧版本 the older edition")],
    new: Annotated[Edition, Query(alias="to", description="新版本 the newer edition")],
) -> Difference:
    """Say what an edition adds, drops, changes and moves against another."""
    catalogue = deps.catalogue
    return await standards.read(lambda: difference(catalogue.standard(code, old), catalogue.standard(code, new)))


@router.get("/requirements", summary="查找职业技能要求 Search requirements")
async def search_requirements(
    q: WordsQuery,
    deps: ExamDeps,
    page: Annotated[PageQuery, Depends()],
    _: Reader,
    standard: StandardQuery = None,
    level: LevelQuery = None,
) -> Page[Hit]:
    """Find requirements of the newest editions by words in them, their clause, or what they lie under; best first."""
    start = decode_cursor(page.cursor, _natural)[0] if page.cursor else 0
    found = await standards.read(standards.requirements, deps.catalogue, q, standard=standard, level=level)
    end = start + page.limit
    return Page(items=found[start:end], next_cursor=encode_cursor(end) if len(found) > end else None)


@router.get("/requirements/{code}", summary="职业技能要求 Get a requirement")
async def get_requirement(
    code: RequirementPath, deps: ExamDeps, _: Reader, edition: EditionQuery = None
) -> RequirementResponse:
    """Give a requirement with what it lies under, in the newest edition of its standard unless one is named."""
    return RequirementResponse.of(await standards.read(standards.requirement, deps.catalogue, code, edition))


def _exported(catalogue: Catalogue, code: str, edition: str | None) -> tuple[str, str]:
    """Return a standard as JSON, and the tag of that content."""
    content = to_json(catalogue.standard(code, edition))
    return content, f'"{hashlib.sha256(content.encode()).hexdigest()}"'


def _natural(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("not a place in a list")
    return int(text)


def _tags(header: str | None) -> set[str]:
    """Return the tags that a caller has; a weak one is as good here, for the same content has the same tag."""
    return {tag.strip().removeprefix("W/") for tag in (header or "").split(",")}
