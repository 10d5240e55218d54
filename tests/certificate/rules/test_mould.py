"""What a mould casts."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.certificate.domain import status_list
from services.certificate.domain.credential import Scores
from services.certificate.domain.mould import Mould, written
from services.certificate.domain.status_list import Place
from shared.persons.names import normal_name
from tests.certificate.samples import AWARD, ISSUER, KEY, METHOD, NAMES, SCORES, signed


@given(NAMES, NAMES, st.uuids(), st.integers(0, status_list.BITS - 1), st.tuples(SCORES, SCORES, SCORES), st.booleans())
def test_what_a_mould_casts_is_what_building_and_signing_gives(name, title, subject, index, given_scores, is_whole):
    """Also where the text around the gaps holds percent signs, quotes and whatever else titles are made of."""
    scores = Scores(*given_scores) if is_whole else Scores(given_scores[0], None, "")
    achievement = replace(AWARD.achievement, standard_title=f"{title} 100% %s %%b")
    first = replace(AWARD, achievement=achievement, scores=scores)
    mould = Mould(ISSUER, first, METHOD)
    changes = {"number": "KZ1", "subject_id": subject, "holder": normal_name(name), "place": Place(1, index)}
    for award in (first, replace(first, **changes)):
        by_hand = signed(**{field: getattr(award, field) for field in (*changes, "achievement", "scores")})
        assert mould.cast(award, KEY.sign) == written(by_hand).encode()
