"""One certificate of the junior level, as tests need it, and the key that signs it."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import strategies as st

from services.certificate.domain import credential, issuer, proof
from services.certificate.domain.credential import Achievement, Award, Issuer, Requirement, Scores
from services.certificate.domain.status_list import Place
from services.certificate.domain.verification import Standing, Trust

NOW = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ISSUER = Issuer("https://kz.example", issuer.did_of("https://kz.example"), "考证示范评价机构", "Kaozheng Body")
METHOD = issuer.method_of(ISSUER.did, KEY.public_key().public_bytes_raw())
TRUST = Trust(ISSUER, {METHOD: KEY.public_key()})
AWARD = Award(
    number="KZXB2BJ202600000042A",
    subject_id=UUID(int=7),
    holder="欧阳若兰",
    achievement=Achievement(
        standard="xb2b",
        level="junior",
        standard_title="跨境电商B2B数据运营职业技能等级标准",
        standard_title_en="B2B data operation",
        level_title="初级",
        level_title_en="Junior",
        unit_title=None,
        unit_title_en=None,
        criteria="实操考试与面试均合格。",
        requirements=(Requirement("xb2b:junior:1.1.1", "拍照"), Requirement("xb2b:junior:1.1.2", "修图")),
    ),
    scores=Scores("86.50", "88.00", "83.00"),
    place=Place(1, 94567),
    issued_at=NOW,
)
#: Names of holders and scores, of any kind.
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(str.strip)
SCORES = st.decimals("0", "100", places=2).map(str)
STANDING = Standing(AWARD.number, AWARD.place, revoked=False)


def signed(**changes):
    """Return the signed credential of the sample, with changes to the award."""
    return proof.sign(credential.build(ISSUER, replace(AWARD, **changes)), KEY, METHOD, NOW)
