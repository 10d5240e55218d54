"""A school's batch through the API, with every check, sealing and event, beside a bare COPY of the rows it made."""

import asyncio
import io
import time
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.contest import Entry, hold
from benchmarks.finding import Finding
from benchmarks.setting import Setting
from benchmarks.stack import Stack, demo, stack
from benchmarks.stopwatch import Figures, Stopwatch
from benchmarks.tables import Heading, finding
from kaozheng.demo import apply

_ROWS = 10_000
_SERVICE = "registration"
_NEWEST = "SELECT {columns} FROM application WHERE plan_id = (SELECT max(plan_id::text)::uuid FROM application)"
#: What the database works out by itself cannot be copied.
_COLUMNS = """
    SELECT attname FROM pg_attribute
     WHERE attrelid = 'application'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""


def measure(setting: Setting) -> Iterator[Finding]:
    """Yield one table."""
    rows = setting.events(_ROWS)
    with stack(setting.tell) as running:
        entries = [
            Entry(
                name="批量报名 intake",
                run=lambda _: asyncio.run(_through_the_api(running, rows)),
                note="CSV, checks, sealing, events; from upload to the last row",
            ),
            Entry(
                name="COPY",
                run=lambda _: asyncio.run(_copy(running)),
                note="同样的行、同样的索引：上限。 The same finished rows, a table with the same indexes: the limit.",
            ),
        ]
        results = hold(entries, setting.repeats, setting.tell, counted=False)
    notes = [f"{rows:,} rows per batch, 2 % of them bad; everything else of the stack runs too."]
    if all(result.runs for result in results):
        ours, limit = results
        notes.append(
            f"报名 / COPY intake / COPY: {ours.rate / limit.rate:.0%} of its rows per second; goal 10,000 per second."
        )
    yield finding(
        Heading(title="批量报名 Batch intake", file="intake", unit="行/秒 rows/s", details=False), results, notes
    )


async def _through_the_api(running: Stack, rows: int) -> Figures:
    """Open a plan, send a batch, and wait until it is worked through; the clock runs from the upload."""
    with demo(running, rows) as job:
        try:
            await apply.open_plan(job)
            before = set(job.seconds)
            watch = Stopwatch({"python": running.pids[_SERVICE], **_servers(running)})
            await apply.send_batch(job)
            (stage,) = job.seconds.keys() - before
            return replace(watch.stop(rows), seconds=job.seconds[stage])
        finally:
            await job.close()


async def _copy(running: Stack) -> Figures:
    """Copy the newest batch's rows into a table of the same shape."""
    connection = await running.connect(_SERVICE)
    try:
        rows, columns = io.BytesIO(), [row["attname"] for row in await connection.fetch(_COLUMNS)]
        await connection.copy_from_query(_NEWEST.format(columns=", ".join(columns)), output=rows, format="binary")
        rows.seek(0)
        await connection.execute("CREATE TABLE bare (LIKE application INCLUDING ALL)")
        watch, started = Stopwatch(_servers(running)), time.process_time()
        copied = await connection.copy_to_table("bare", source=rows, columns=columns, format="binary")
        figures = watch.stop(int(copied.rpartition(" ")[2]))
        await connection.execute("DROP TABLE bare")
        return replace(figures, cpu={**figures.cpu, "python": time.process_time() - started})
    finally:
        await connection.close()


def _servers(running: Stack) -> dict[str, int]:
    return {name: running.pids[name] for name in ("postgres", "broker")}
