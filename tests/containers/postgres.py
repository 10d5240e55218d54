"""PostgreSQL in a container."""

from typing import Self

from testcontainers.community.postgres import PostgresContainer
from testcontainers.core.wait_strategies import ExecWaitStrategy

from kaozheng.embedded import ports
from kaozheng.embedded.postgres import SUPERUSER
from tests.containers.settings import Images

_INSIDE = 5432
#: As in docker-compose.yml.
CLUSTER = "--data-checksums --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8"
_ALWAYS = {"max_connections": "200", "max_parallel_workers_per_gather": "0", "jit": "off"}
#: For tests that crash nothing.
_FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "scram_iterations": "1"}


class PostgresServer:
    """One server; its port and its data stay the same when it is crashed."""

    def __init__(self, password: str, *, durable: bool = True) -> None:
        """Take the superuser's password."""
        self._password = password
        self._port = ports.free_port()
        self._settings = _ALWAYS | ({} if durable else _FLEETING)
        self._container: PostgresContainer | None = None

    @property
    def port(self) -> int:
        """Return where it answers on loopback."""
        return self._port

    def dsn(self, database: str = "postgres", role: str = SUPERUSER, password: str | None = None) -> str:
        """Return a `postgresql://` URL; the password is the superuser's unless given."""
        return f"postgresql://{role}:{password or self._password}@{ports.LOOPBACK}:{self._port}/{database}"

    def start(self) -> Self:
        """Start and wait until it answers."""
        image = Images().postgres_image
        container = PostgresContainer(image, username=SUPERUSER, password=self._password, dbname=SUPERUSER)
        container.with_env("POSTGRES_INITDB_ARGS", CLUSTER)
        container.with_command(
            ["postgres", *(part for name, value in self._settings.items() for part in ("-c", f"{name}={value}"))]
        )
        container.ports[str(_INSIDE)] = (ports.LOOPBACK, self._port)  # type: ignore[assignment]  # as the engine takes it
        self._container = container
        container.start()
        return self

    def crash(self) -> None:
        """End it as `pg_ctl stop -m immediate` does, and start it again."""
        assert self._container, "not started"
        wrapped = self._container.get_wrapped_container()
        wrapped.kill("SIGQUIT")
        wrapped.wait()
        wrapped.start()
        ready = ExecWaitStrategy(["pg_isready", "--host=127.0.0.1"]).with_poll_interval(0.2)
        ready.wait_until_ready(self._container)

    def stop(self) -> None:
        """End it, its data with it."""
        if self._container:
            self._container.stop()
            self._container = None
