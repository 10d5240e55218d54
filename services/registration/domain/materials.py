"""Written materials, named by their kind and digest; the files themselves live in the school's or the body's store."""

import re
from dataclasses import dataclass
from enum import StrEnum


class MaterialKind(StrEnum):
    """What a written material is."""

    APPLICATION_FORM = "application_form"
    ID_SCAN = "id_scan"
    PHOTO = "photo"
    ENROLMENT = "enrolment_certificate"
    DIPLOMA = "diploma"
    WRITTEN_WORK = "written_work"
    OTHER = "other"


_TITLES = {kind.value: kind for kind in MaterialKind} | {
    "申请表": MaterialKind.APPLICATION_FORM,
    "证件扫描件": MaterialKind.ID_SCAN,
    "照片": MaterialKind.PHOTO,
    "在籍证明": MaterialKind.ENROLMENT,
    "学历证书": MaterialKind.DIPLOMA,
    "书面材料": MaterialKind.WRITTEN_WORK,
    "其他": MaterialKind.OTHER,
}
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SIZE = re.compile(r"[1-9]\d{0,11}", re.ASCII)
_MOST = 20


@dataclass(frozen=True, slots=True)
class Material:
    """One written material: kind, SHA-256 in lower-case hexadecimal, and size in bytes."""

    kind: MaterialKind
    sha256: str
    size: int


def material_of(kind: str, sha256: str, size: str) -> Material | None:
    """Return the material, or nothing if a part has not the right form."""
    known, digest = _TITLES.get(kind.strip()), sha256.strip().lower()
    if known is None or not _SHA256.fullmatch(digest) or not _SIZE.fullmatch(size.strip()):
        return None
    return Material(known, digest, int(size))


def read_materials(text: str) -> tuple[Material, ...] | None:
    """Return the materials of a cell, `kind:sha256:size` separated by semicolons, or nothing if it cannot be read."""
    if not text:
        return ()
    parts = [part.split(":") for part in text.replace("：", ":").replace("；", ";").split(";") if part.strip()]
    if len(parts) > _MOST or any(len(part) != 3 for part in parts):  # noqa: PLR2004 - kind, digest, size
        return None
    found = tuple(material_of(*part) for part in parts)
    return None if None in found else tuple(material for material in found if material)
