"""What can be measured, in the order in which it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module

from benchmarks.finding import Finding
from benchmarks.setting import Setting


class Part(StrEnum):
    """Names of the parts on the command line."""

    RELAY = "relay"
    CONSUMER = "consumer"
    TRACING = "tracing"
    FAULTS = "faults"
    LATENCY = "latency"
    RELEASE = "release"
    INTAKE = "intake"
    VERIFICATION = "verification"
    SIGNING = "signing"
    PDF = "pdf"
    LIVES = "lives"
    GROWTH = "growth"
    PROFILE = "profile"


@dataclass(frozen=True)
class Measurement:
    """One part: its heading and the module that measures it, loaded only when wanted."""

    title: str
    module: str

    def run(self, setting: Setting) -> Iterator[Finding]:
        """Measure; yield one finding after the other."""
        measure: Callable[[Setting], Iterator[Finding]] = import_module(f"benchmarks.{self.module}").measure
        yield from measure(setting)


MEASUREMENTS = {
    Part.RELAY: Measurement("中继 Outbox relay", "relays.part"),
    Part.CONSUMER: Measurement("消费 Consumer with inbox", "consumers.part"),
    Part.TRACING: Measurement("追踪 Tracing", "consumers.tracing"),
    Part.FAULTS: Measurement("故障后的正确性 Correct after a kill", "faults"),
    Part.LATENCY: Measurement("事件到效果 Event to effect", "latency.chain"),
    Part.RELEASE: Measurement("发布到可验 Result released to certificate verifiable", "latency.release"),
    Part.INTAKE: Measurement("批量报名 Batch intake", "intake"),
    Part.VERIFICATION: Measurement("公开验证 Verification", "web.verification"),
    Part.SIGNING: Measurement("签名 Signing", "web.signing"),
    Part.PDF: Measurement("证书 PDF Certificate PDF", "web.pdf"),
    Part.LIVES: Measurement("一生 Whole lives", "lives"),
    Part.GROWTH: Measurement("增长 Growth", "growth"),
    Part.PROFILE: Measurement("热点 Profiles", "profile"),
}
