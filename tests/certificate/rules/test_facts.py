"""What a credential of ours is shown to say."""

from hypothesis import given

from services.certificate.domain.credential import Scores
from services.certificate.domain.facts import Facts, facts_in, holder_in
from shared.persons.names import normal_name
from tests.certificate.samples import AWARD, ISSUER, NAMES, NOW, SCORES, signed


def test_facts_are_those_of_the_award():
    assert facts_in(signed()) == Facts(
        number=AWARD.number,
        holder=AWARD.holder,
        achievement=AWARD.achievement.title,
        achievement_en=AWARD.achievement.title_en,
        issuer=ISSUER.name,
        issued_at=NOW,
        scores=(("总成绩", "86.50"), ("实操考试", "88.00"), ("面试", "83.00")),
    )


@given(NAMES, SCORES)
def test_holder_and_scores_read_back_whatever_they_are(name, score):
    document = signed(holder=normal_name(name), scores=Scores(score, None, None))
    assert holder_in(document) == normal_name(name)
    assert facts_in(document).scores == (("总成绩", score),)
