"""Data Integrity proofs (W3C). A document carries an array of them, and is genuine only if every one is.

A cryptosuite is one entry of `SUITES`: how to hash the canonical forms of proof options and document, which together
are signed. Adding a second suite means adding an entry and its name to `REQUIRED`.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from services.certificate.domain import multibase
from services.certificate.domain.canonical import NotCanonical, canonical

Json = dict[str, Any]
EDDSA_JCS = "eddsa-jcs-2022"
#: A document of ours has exactly these proofs, in this order: dropping one from the set must not go unnoticed.
REQUIRED = (EDDSA_JCS,)
_SIGNATURE_BYTES = 64


class NotGenuine(Exception):
    """A proof is missing, malformed, by an unknown key, or does not fit the document."""


def timestamp(moment: datetime) -> str:
    """Return a moment as `2026-11-20T08:00:00Z`."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def options(document: Mapping[str, Any], method: str, created: datetime) -> list[Json]:
    """Return the required proofs of a document, made with the key listed as `method`, still without their values."""
    return [
        {
            "type": "DataIntegrityProof",
            "cryptosuite": suite,
            "created": timestamp(created),
            "verificationMethod": method,
            "proofPurpose": "assertionMethod",
            "@context": document["@context"],
        }
        for suite in REQUIRED
    ]


def sign(document: Mapping[str, Any], key: Ed25519PrivateKey, method: str, created: datetime) -> Json:
    """Return the document with one proof of each required suite, all made with the key listed as `method`."""
    proofs = [
        {**each, "proofValue": multibase.encode(key.sign(hash_jcs(document, each)))}
        for each in options(document, method, created)
    ]
    return {**document, "proof": proofs}


def check(signed: Mapping[str, Any], keys: Mapping[str, Ed25519PublicKey]) -> None:
    """Raise `NotGenuine` unless the document carries exactly the required proofs, each valid by a listed key."""
    proofs = signed.get("proof")
    if not isinstance(proofs, list) or not all(isinstance(proof, dict) for proof in proofs):
        raise NotGenuine("the proof is not an array of objects")
    if tuple(proof.get("cryptosuite") for proof in proofs) != REQUIRED:
        raise NotGenuine("the set of proofs is not complete")
    document = {name: value for name, value in signed.items() if name != "proof"}
    for proof in proofs:
        check_proof(document, proof, keys)


def check_proof(document: Mapping[str, Any], proof: Mapping[str, Any], keys: Mapping[str, Ed25519PublicKey]) -> None:
    """Raise `NotGenuine` unless this one proof was made over the document by a listed key."""
    stated = {name: value for name, value in proof.items() if name != "proofValue"}
    if stated.get("type") != "DataIntegrityProof" or stated.get("proofPurpose") != "assertionMethod":
        raise NotGenuine("wrong type or purpose")
    if stated.get("@context") != document.get("@context"):
        raise NotGenuine("the proof was made for another context")
    method, suite = stated.get("verificationMethod"), stated.get("cryptosuite")
    if not isinstance(method, str) or method not in keys:
        raise NotGenuine("the key is not listed by the issuer")
    if not isinstance(suite, str) or suite not in SUITES:
        raise NotGenuine("unknown cryptosuite")
    try:
        keys[method].verify(_signature(proof.get("proofValue")), hash_jcs(document, stated))
    except InvalidSignature:
        raise NotGenuine("the signature does not fit") from None


def _signature(value: object) -> bytes:
    try:
        signature = multibase.decode(value) if isinstance(value, str) and len(value) <= 2 * _SIGNATURE_BYTES else b""
    except ValueError:
        signature = b""
    if len(signature) != _SIGNATURE_BYTES:
        raise NotGenuine("the proof value is no signature")
    return signature


def hash_jcs(document: Mapping[str, Any], proof: Mapping[str, Any]) -> bytes:
    """Return what a proof's suite signs, of document and proof in their canonical form."""
    try:
        return to_sign(proof["cryptosuite"], canonical(dict(proof)), canonical(dict(document)))
    except NotCanonical:
        raise NotGenuine("the document has no canonical form") from None


def to_sign(suite: str, proof: bytes, document: bytes) -> bytes:
    """Return what a suite signs: hash of the proof options, then hash of the document without proof."""
    return SUITES[suite](proof) + SUITES[suite](document)


def _sha256(canonical_form: bytes) -> bytes:
    return hashlib.sha256(canonical_form).digest()


SUITES: dict[str, Callable[[bytes], bytes]] = {EDDSA_JCS: _sha256}
