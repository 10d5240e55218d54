"""Serves an application with uvicorn inside a loop that also does other work, and leaves signals to that loop."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

_FINISH_SECONDS = 20


class Server(uvicorn.Server):
    """A server that is stopped by setting `should_exit`, not by signals of its own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the process's signal handlers alone."""
        yield


def server_for(app: FastAPI) -> Server:
    """Return a server that writes no access log of its own: its lines would hold paths and queries."""
    config = uvicorn.Config(
        app,
        loop="none",
        http="httptools",
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=_FINISH_SECONDS,
    )
    return Server(config)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; raise `OSError` if the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    listener.set_inheritable(True)
    return listener
