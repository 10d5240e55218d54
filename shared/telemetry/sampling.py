"""Which traces are kept: all of them on a quiet day, so many a second in a rush, and whatever went wrong always."""

from collections.abc import Sequence

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.trace.sampling import Decision, Sampler, SamplingResult
from opentelemetry.trace import Link, SpanContext, SpanKind, TraceState
from opentelemetry.util.types import Attributes

from shared.telemetry.allowance import Allowance

#: A span that starts with this attribute is kept; its value says why: `parked`, `failed` or `replayed`.
KEPT_BECAUSE = "cert.kept.because"


class BoundedSampler(Sampler):
    """Decides once per trace, at its beginning; inside the system the decision travels with the context.

    A context from outside may say that its trace is not wanted, but not that we must keep it: that costs us, not them.
    """

    def __init__(self, roots: Allowance) -> None:
        """Take what may be spent on new traces."""
        self._roots = roots

    def should_sample(  # noqa: PLR0913, PLR0917  # the SDK's signature
        self,
        parent_context: Context | None,
        trace_id: int,  # noqa: ARG002
        name: str,  # noqa: ARG002
        kind: SpanKind | None = None,
        attributes: Attributes = None,
        links: Sequence[Link] | None = None,
        trace_state: TraceState | None = None,  # noqa: ARG002
    ) -> SamplingResult:
        """Keep or drop a span that is about to start."""
        parent = trace.get_current_span(parent_context).get_span_context()
        if attributes and KEPT_BECAUSE in attributes:
            keep = True
        elif parent.is_valid and not (parent.is_remote and kind is SpanKind.SERVER):
            keep = parent.trace_flags.sampled
        elif links:  # a new trace that goes on with others
            keep = any(link.context.trace_flags.sampled for link in links)
        else:
            keep = self._is_wanted(parent) and bool(self._roots.take(1))
        decision = Decision.RECORD_AND_SAMPLE if keep else Decision.DROP
        return SamplingResult(decision, attributes if keep else None, parent.trace_state)

    def get_description(self) -> str:
        """Name the sampler."""
        return "BoundedSampler"

    @staticmethod
    def _is_wanted(parent: SpanContext) -> bool:
        return not parent.is_valid or parent.trace_flags.sampled
