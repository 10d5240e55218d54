"""Documents by the words that schools use."""

import pytest

from shared.persons.documents import TITLES, DocumentType, document_type_of


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("身份证", DocumentType.RESIDENT_ID),
        (" 居民 身份证\u200b", DocumentType.RESIDENT_ID),
        ("港澳居民居住证", DocumentType.HMT_RESIDENCE_PERMIT),
        ("台湾居民居住证", DocumentType.HMT_RESIDENCE_PERMIT),
        ("港澳居民来往内地通行证（非中国籍）", DocumentType.HK_MACAU_PERMIT),
        (" PASSPORT ", DocumentType.PASSPORT),
        ("resident id", DocumentType.RESIDENT_ID),
        ("学生证", None),
        ("", None),
    ],
)
def test_title(title, kind):
    assert document_type_of(title) is kind


def test_every_title_names_its_document():
    assert all(document_type_of(title) is kind for kind, titles in TITLES.items() for title in titles)
    assert set(TITLES) == set(DocumentType)
