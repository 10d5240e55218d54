"""What all event payloads have in common."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class EventPayload(BaseModel):
    """The data of one event. Producers validate strictly by construction; consumers ignore unknown fields."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    #: Wire type, `<service>.<event>.v<major>`.
    event_type: ClassVar[str]
    #: Topic it travels on.
    topic: ClassVar[str]
    #: The field whose value is the partition key: events with the same key keep their order.
    key_field: ClassVar[str]

    @property
    def key(self) -> str:
        """Return the partition key."""
        return str(getattr(self, self.key_field))
