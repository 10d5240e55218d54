"""What is told of a fault."""

from services.registration.domain.faults import MESSAGES, FieldError


def test_every_code_speaks_both_languages():
    assert all(zh and en.isascii() for zh, en in MESSAGES.values())


def test_a_fault_says_what_to_do_in_both_languages():
    fault = FieldError("手机号", "bad_phone")
    assert (fault.zh, fault.en) == MESSAGES["bad_phone"]
