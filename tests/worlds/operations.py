"""Operations with spans that the other services send."""

from datetime import datetime
from typing import Any, ClassVar

import httpx
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from shared.clock import SystemClock
from tests.worlds import services
from tests.worlds.callers import Issuer, bearer

#: The headers of a process that sends spans.
TELEMETRY = bearer("telemetry")
PROTOBUF = TELEMETRY | {"content-type": "application/x-protobuf"}


class World(services.World):
    NAME = "operations"
    STAFF = ("operations:read",)
    #: Noon of today: the days that spans are kept for follow the database's day.
    NOW: ClassVar[datetime] = SystemClock().now().replace(hour=12, minute=0, second=0, microsecond=0)

    @classmethod
    def settings(cls, issuer: Issuer) -> dict[str, Any]:
        """Return them with the token of those who send spans."""
        return super().settings(issuer) | {"otlp_token": "telemetry"}

    async def keep(self, spans: ExportTraceServiceRequest) -> httpx.Response:
        """Send spans; return the answer, good or not."""
        return await self.http.post("/v1/traces", content=spans.SerializeToString(), headers=PROTOBUF)
