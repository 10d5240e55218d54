"""范围: what the standard lays down."""

from collections.abc import Sequence

from kaozheng.importing.document import Line
from kaozheng.importing.preamble.flow import Flow, claim_rest, wording
from kaozheng.importing.report import Ledger
from shared.standards.preamble import Scope

_SECTION = ("范围", "scope")


def read_scope(lines: Sequence[Line], ledger: Ledger, *, clause: str | None = None) -> Scope | None:
    """Return the scope in the document's words, None if the section is empty. `clause` is the section's number."""
    flow = Flow.of(lines)
    description = wording(flow.text)
    if description:
        flow.use(ledger, 0, len(flow.text), "范围 scope")
    claim_rest(lines, ledger, "scope-not-understood", _SECTION)
    return Scope(clause=clause or None, description=description) if description else None
