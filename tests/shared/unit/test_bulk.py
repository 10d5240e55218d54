from typing import Annotated

import pytest
from pydantic import BaseModel, ValidationError

from shared.errors import FieldError
from shared.web.bulk import BulkReply, BulkRequest, ItemDone, ItemFailed, LargeBulkRequest

FAULT = FieldError("/ticket_no", "unknown-ticket", "准考证号不存在。", "There is no such ticket.")


class Recorded(ItemDone):
    work_code: str


class Item(BaseModel):
    ticket_no: Annotated[str, "ticket"]


def test_a_reply_counts_and_keeps_the_order_of_the_request():
    reply = BulkReply[Recorded].of([ItemFailed.of(1, FAULT, "en"), Recorded(index=0, work_code="W")])
    assert reply.model_dump(mode="json") == {
        "ok": 1,
        "failed": 1,
        "items": [
            {"index": 0, "ok": True, "work_code": "W"},
            {
                "index": 1,
                "ok": False,
                "error": {"pointer": "/ticket_no", "code": "unknown-ticket", "message": "There is no such ticket."},
            },
        ],
    }


def test_a_refusal_speaks_the_callers_language():
    assert ItemFailed.of(0, FAULT, "zh").error.message == "准考证号不存在。"


@pytest.mark.parametrize(("kind", "most"), [(BulkRequest, 1_000), (LargeBulkRequest, 5_000)])
def test_a_request_carries_from_one_item_to_the_limit(kind, most):
    kind[Item](items=[{"ticket_no": "1"}] * most)
    for count in (0, most + 1):
        with pytest.raises(ValidationError):
            kind[Item](items=[{"ticket_no": "1"}] * count)
