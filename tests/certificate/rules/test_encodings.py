"""Encodings lose nothing; signatures hold for every name and score."""

from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from services.certificate.domain import multibase, naming, status_list
from services.certificate.domain.canonical import NotCanonical, canonical
from services.certificate.domain.credential import Scores
from services.certificate.domain.mould import Mould, written
from services.certificate.domain.status_list import Place
from services.certificate.domain.verification import State, verify
from tests.certificate.unit.samples import AWARD, ISSUER, KEY, METHOD, NOW, STANDING, TRUST, signed

NAME = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(str.strip)
SCORE = st.decimals("0", "100", places=2).map(str)


@given(st.binary(max_size=80))
def test_multibase_reads_back(data):
    assert multibase.decode(multibase.encode(data)) == data


@settings(max_examples=25)
@given(st.sets(st.integers(0, status_list.BITS - 1), max_size=200))
def test_exactly_the_revoked_indexes_are_set(revoked):
    bits = status_list.decode_list(status_list.encode_list(revoked))
    assert sum(byte.bit_count() for byte in bits) == len(revoked)
    assert all(status_list.is_set(bits, index) for index in revoked)


@given(NAME, NAME, st.uuids(), st.integers(0, status_list.BITS - 1), st.tuples(SCORE, SCORE, SCORE), st.booleans())
def test_what_a_mould_casts_is_what_building_and_signing_gives(name, title, subject, index, given_scores, is_whole):
    """Also where the text around the gaps holds percent signs, quotes and whatever else titles are made of."""
    scores = Scores(*given_scores) if is_whole else Scores(given_scores[0], None, "")
    achievement = replace(AWARD.achievement, standard_title=f"{title} 100% %s %%b")
    first = replace(AWARD, achievement=achievement, scores=scores)
    mould = Mould(ISSUER, first, METHOD)
    changes = {"number": "KZ1", "subject_id": subject, "holder": naming.normalise_name(name), "place": Place(1, index)}
    for award in (first, replace(first, **changes)):
        by_hand = signed(**{field: getattr(award, field) for field in (*changes, "achievement", "scores")})
        assert mould.cast(award, KEY.sign) == written(by_hand).encode()


@given(NAME, SCORE)
def test_any_holder_and_score_can_be_signed_and_verified(name, score):
    document = signed(holder=naming.normalise_name(name), scores=Scores(score, None, None))
    assert verify(document, TRUST, STANDING, NOW).state is State.VALID


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.text(max_size=40))
def test_comparing_names_never_fails(one, two):
    assert naming.same_name(one, one)
    naming.same_name(one, two)


@settings(max_examples=300)
@given(
    st.recursive(
        st.none() | st.booleans() | st.text() | st.integers() | st.floats(),
        lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
        max_leaves=30,
    )
)
def test_canonical_form_is_that_of_rfc_8785_for_any_json(value):
    try:
        expected = rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError):
        with pytest.raises(NotCanonical):
            canonical(value)
    else:
        assert canonical(value) == expected
