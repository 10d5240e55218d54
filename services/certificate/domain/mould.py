"""Casts signed credentials that are alike: what they share is built and put in canonical form once, with gaps.

The bytes are exactly those of building, signing and writing each by itself.
"""

import json
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from json.encoder import encode_basestring
from uuid import UUID

from services.certificate.domain import credential, multibase, proof
from services.certificate.domain.canonical import canonical
from services.certificate.domain.credential import Award, Issuer, Scores
from services.certificate.domain.proof import Json
from services.certificate.domain.status_list import Place

#: Makes the signature over some bytes.
Stamp = Callable[[bytes], bytes]


class Mould:
    """For awards of one achievement and moment, in one status list, with the same scores given."""

    def __init__(self, issuer: Issuer, like: Award, method: str) -> None:
        """Prepare the texts for awards like this one, to be signed by the key that the issuer lists as `method`."""
        sample = _with_gaps(like)
        gaps = _differing(sample)
        document = credential.build(issuer, sample)
        options = proof.options(document, method, like.issued_at)
        values = [secrets.token_hex() for _ in options]
        proofs = [{**each, "proofValue": value} for each, value in zip(options, values, strict=True)]
        self._suites = [(each["cryptosuite"], canonical(each)) for each in options]
        self._document = _Form(canonical(document).decode(), gaps)
        self._source = _Form(written({**document, "proof": proofs}), [*gaps, *values])

    def cast(self, award: Award, stamp: Stamp) -> bytes:
        """Return the signed credential of an award as it is stored."""
        differing = [encode_basestring(value)[1:-1].encode() for value in _differing(award)]
        document = self._document.filled(differing)
        signatures = [stamp(proof.to_sign(suite, options, document)) for suite, options in self._suites]
        return self._source.filled([*differing, *(multibase.encode(each).encode() for each in signatures)])


def written(signed: Json) -> str:
    """Return a signed credential as the text that is stored and handed out."""
    return json.dumps(signed, ensure_ascii=False, separators=(",", ":"))


class _Form:
    """A text with gaps, each of which may occur several times."""

    def __init__(self, text: str, gaps: Sequence[str]) -> None:
        parts = re.split("|".join(gaps), text)
        found = re.findall("|".join(gaps), text)
        self._text = "%b".join(part.replace("%", "%%") for part in parts).encode()
        self._order = [gaps.index(gap) for gap in found]

    def filled(self, values: Sequence[bytes]) -> bytes:
        return self._text % tuple([values[index] for index in self._order])


def _differing(award: Award) -> list[str]:
    scores = [score for _, _, score in award.scores.named()]
    return [award.number, str(award.subject_id), award.holder, str(award.place.index), *scores]


def _with_gaps(like: Award) -> Award:
    """Return the award with random values, which occur nowhere else, where awards differ."""
    number, holder, total, practical, interview = (secrets.token_hex() for _ in range(5))
    scores = like.scores
    return replace(
        like,
        number=number,
        subject_id=UUID(bytes=secrets.token_bytes(16)),
        holder=holder,
        scores=Scores(total, scores.practical and practical, scores.interview and interview),
        place=Place(like.place.list_number, secrets.randbits(128)),
    )
