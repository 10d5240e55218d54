"""The identity documents that a person may apply with, and the words by which schools name them."""

from enum import StrEnum

from shared.text.tidying import key_of


class DocumentType(StrEnum):
    """The documents a person may apply with."""

    RESIDENT_ID = "resident_id"
    HMT_RESIDENCE_PERMIT = "hmt_residence_permit"
    HK_MACAU_PERMIT = "hk_macau_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    PERMANENT_RESIDENCE_CARD = "permanent_residence_card"
    PASSPORT = "passport"
    MILITARY_ID = "military_id"


#: The first of each is what the document calls itself.
TITLES: dict[DocumentType, tuple[str, ...]] = {
    DocumentType.RESIDENT_ID: (
        "居民身份证",
        "身份证",
        "二代身份证",
        "第二代居民身份证",
        "第二代身份证",
        "中华人民共和国居民身份证",
        "中国居民身份证",
        "内地居民身份证",
        "大陆居民身份证",
    ),
    DocumentType.HMT_RESIDENCE_PERMIT: (
        "港澳台居民居住证",
        "港澳居民居住证",
        "台湾居民居住证",
        "中华人民共和国港澳居民居住证",
        "中华人民共和国台湾居民居住证",
        "居住证",
    ),
    DocumentType.HK_MACAU_PERMIT: (
        "港澳居民来往内地通行证",
        "港澳居民来往内地通行证(非中国籍)",
        "港澳居民通行证",
        "港澳通行证",
        "来往内地通行证",
        "回乡证",
    ),
    DocumentType.TAIWAN_PERMIT: (
        "台湾居民来往大陆通行证",
        "台湾居民通行证",
        "台湾通行证",
        "来往大陆通行证",
        "台胞证",
        "卡式台胞证",
    ),
    DocumentType.PERMANENT_RESIDENCE_CARD: (
        "外国人永久居留身份证",
        "外国人永久居留证",
        "永久居留身份证",
        "永久居留证",
        "五星卡",
        "中国绿卡",
    ),
    DocumentType.PASSPORT: ("护照", "普通护照", "因私护照", "外国护照", "外籍护照", "中国护照"),
    DocumentType.MILITARY_ID: (
        "军官证",
        "军人身份证件",
        "军人证件",
        "军人证",
        "士兵证",
        "士官证",
        "军士证",
        "义务兵证",
        "警官证",
        "武警警官证",
        "文职干部证",
        "文职人员证",
        "学员证",
    ),
}


def _key(title: str) -> str:
    return key_of(title).replace(" ", "").replace("_", "")


_BY_TITLE = {_key(title): kind for kind, titles in TITLES.items() for title in (kind.value, *titles)}
#: As most files write it, found without folding.
_AS_WRITTEN = {title: kind for kind, titles in TITLES.items() for title in (kind.value, *titles)}


def document_type_of(text: str) -> DocumentType | None:
    """Return the document that somebody's wording names, or nothing."""
    return _AS_WRITTEN.get(text) or _BY_TITLE.get(_key(text))
