"""Counts the SQL statements that reach a database, whoever sends them: the server writes them into its log."""

import re
from pathlib import Path

from benchmarks.ground import DRIVER, Place

_STATEMENT = re.compile(r"LOG:  (?:statement|execute [^:]*):")


class StatementLog:
    """The statements in a place's database; for runs that are not timed, since writing them down takes time."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._database = place.dsn.rpartition("/")[2]
        self._from = 0

    async def open(self) -> None:
        """Let the server write down the statements of all connections made from now on."""
        connection = await self._place.connect()
        await connection.execute(f"ALTER DATABASE \"{self._database}\" SET log_statement = 'all'")
        await connection.close()

    def mark(self) -> None:
        """Count from here."""
        self._from = self._place.log.stat().st_size

    def count(self) -> int:
        """Return how many statements others than the driver ran since the mark, transactions' own ones included."""
        return sum(1 for database in statements(self._place.log, self._from) if database == self._database)


def statements(log: Path, offset: int) -> list[str]:
    """Return the database of every statement logged since then, the driver's own left out."""
    with log.open("rb") as lines:
        lines.seek(offset)
        texts = (line.decode(errors="replace") for line in lines)
        parts = (text.split("|", 2) for text in texts if _STATEMENT.search(text))
        return [part[0] for part in parts if len(part) == 3 and part[1] != DRIVER]
