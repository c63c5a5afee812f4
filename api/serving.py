"""Serving: the app behind uvicorn, set so that the wire cannot lie or linger.

Called by engine.cli (serve) and tests.
Law: nothing that a caller writes changes where it seems to come from: uvicorn's own belief in X-Forwarded-For is off,
and api.addresses decides. Asked to end, it lets answers finish and ends streams.
"""

import socket
from types import FrameType
from typing import Final

import uvicorn
from fastapi import FastAPI

from api.header_limit import LimitedHeaders
from api.studio import Studio

LONGEST_FAREWELL_S: Final = 20


class StudioServer(uvicorn.Server):
    """Serves one studio until it is asked to end (SIGINT, SIGTERM or `end`)."""

    def __init__(self, app: FastAPI, *, host: str = "127.0.0.1", port: int = 8000) -> None:
        self.studio: Studio = app.state.studio
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                http=LimitedHeaders,
                proxy_headers=False,
                server_header=False,
                log_config=None,
                access_log=False,  # api.middleware.requests writes it, without queries
                timeout_graceful_shutdown=LONGEST_FAREWELL_S,
                lifespan="on",
            )
        )

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal: streams end, answers finish."""
        self.studio.is_stopping = True
        super().handle_exit(sig, frame)

    def end(self) -> None:
        """The same as a signal, from another thread."""
        self.studio.is_stopping = True
        self.should_exit = True


def listen(host: str, port: int) -> socket.socket:
    """A socket to serve on; port 0 takes any that is free. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen()  # who comes while the api starts waits, and is not turned away
    return listening
