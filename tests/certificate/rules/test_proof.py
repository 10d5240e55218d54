"""Data Integrity proofs: the published vector, and no change unnoticed."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from services.certificate.domain import multibase, proof
from tests.certificate.mutants import mutants
from tests.certificate.samples import KEY, METHOD, NOW, TRUST, signed

#: The eddsa-jcs-2022 example of W3C Data Integrity EdDSA Cryptosuites 1.0, appendix B.
VECTOR = json.loads((Path(__file__).parent / "eddsa_jcs_2022_vector.json").read_text(encoding="utf-8"))


def test_published_vector_gives_the_published_hash_and_verifies():
    document = {name: value for name, value in VECTOR["signed"].items() if name != "proof"}
    made = dict(VECTOR["signed"]["proof"])
    options = {name: value for name, value in made.items() if name != "proofValue"}
    assert proof.hash_jcs(document, options).hex() == VECTOR["hash"]
    key = Ed25519PublicKey.from_public_bytes(multibase.decode_key(VECTOR["publicKeyMultibase"]))
    proof.check_proof(document, made, {made["verificationMethod"]: key})


def test_published_key_makes_the_published_signature():
    private = Ed25519PrivateKey.from_private_bytes(multibase.decode(VECTOR["privateKeyMultibase"])[2:])
    assert multibase.encode_key(private.public_key().public_bytes_raw()) == VECTOR["publicKeyMultibase"]
    signature = multibase.encode(private.sign(bytes.fromhex(VECTOR["hash"])))
    assert signature == VECTOR["signed"]["proof"]["proofValue"]


def test_every_change_of_a_credential_is_refused():
    genuine = signed()
    proof.check(genuine, TRUST.keys)
    accepted, tried = [], 0
    for what, mutant in mutants(genuine):
        tried += 1
        try:
            proof.check(mutant, TRUST.keys)
            accepted.append(what)
        except proof.NotGenuine:
            pass
    assert tried > 150
    assert accepted == []


@pytest.mark.parametrize("proofs", [None, [], {}, "z", [1], [[]]])
def test_document_without_its_set_of_proofs_is_refused(proofs):
    with pytest.raises(proof.NotGenuine):
        proof.check({**signed(), "proof": proofs}, TRUST.keys)


def test_every_proof_of_the_set_must_be_there_once_and_be_good():
    genuine = signed()
    other = proof.sign({k: v for k, v in genuine.items() if k != "proof"}, Ed25519PrivateKey.generate(), METHOD, NOW)
    for proofs in (genuine["proof"] * 2, genuine["proof"] + other["proof"], other["proof"]):
        with pytest.raises(proof.NotGenuine):
            proof.check({**genuine, "proof": proofs}, TRUST.keys)


def test_key_that_the_issuer_does_not_list_is_refused():
    with pytest.raises(proof.NotGenuine):
        proof.check(signed(), {METHOD + "x": KEY.public_key()})


@pytest.mark.parametrize("value", [{"score": float("nan")}, {"n": 2**60}, {"name": "\ud800"}])
def test_document_without_canonical_form_is_refused(value):
    with pytest.raises(proof.NotGenuine):
        proof.check({**signed(), **value}, TRUST.keys)


def test_document_nested_beyond_measure_is_refused():
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(proof.NotGenuine):
        proof.check({**signed(), "deep": deep}, TRUST.keys)
