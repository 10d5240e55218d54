"""Whoever applies is one person, however the document is written; a passport's number is its state's."""

from dataclasses import replace

from services.registration.domain.person import Person
from shared.persons.documents import DocumentType

TRAVELLER = Person("张三", DocumentType.HK_MACAU_PERMIT, "H12345678", None)


def test_a_renewed_document_is_the_same_person():
    assert replace(TRAVELLER, document_number="H1234567801").holder == TRAVELLER.holder
    assert replace(TRAVELLER, document_number="H12345679").holder != TRAVELLER.holder


def test_name_and_phone_do_not_tell_who_it_is():
    assert replace(TRAVELLER, name="李四", phone="13800000001").holder == TRAVELLER.holder


def test_a_passport_of_another_state_is_another_person():
    passport = Person("张三", DocumentType.PASSPORT, "E12345678", None, "CHN")
    assert replace(passport, document_issuer="KOR").holder != passport.holder
