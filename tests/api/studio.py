"""A studio whose api is called as a browser or a program would, with a clock that tests move."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from api.main import create_app
from api.serving import StudioServer, listen
from api.studio import Companion, Studio
from engine.core import passwords, sessions, staff
from engine.core.database import Database
from engine.core.models import Role, Staff
from engine.settings import Settings
from tests.cli.studio import ROOT, wait_for

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PASSWORD = "paard batterij nietje juist"
OWNER, PRODUCER = "eigenaar@studio.example", "jeroen@studio.example"


@cache
def password_hash() -> str:
    """Of PASSWORD; made once, since it takes a moment on purpose."""
    return passwords.hash_password(PASSWORD)


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    now: datetime = AT

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


@dataclass
class ApiStudio:
    """One api over one database, with an owner and a producer."""

    database: Database
    folder: Path
    settings: dict[str, Any] = field(default_factory=dict)
    companions: tuple[Companion, ...] = ()
    clock: Clock = field(default_factory=Clock)
    portal_key: str = ""

    def __post_init__(self) -> None:
        settings = Settings(data_dir=self.folder, **self.settings)
        self.studio = Studio(self.database, settings, self.clock, self.companions, self.portal_key)
        self.app: FastAPI = create_app(self.studio)
        self.hire()

    def hire(self) -> None:
        """An owner and a producer, where they are not there yet."""
        with self.database.writing() as session:
            for email, role in ((OWNER, Role.OWNER), (PRODUCER, Role.PRODUCER)):
                if staff.find_staff(session, email) is None:
                    staff.add_staff(session, email=email, role=role, password_hash=password_hash(), at=AT)

    def reached_at(self, public_url: str, **settings: str) -> "ApiStudio":
        """The same studio, reached another way."""
        return ApiStudio(self.database, self.folder, {"public_url": public_url, **settings}, clock=self.clock)

    def beside_a_portal(self, key: str) -> "ApiStudio":
        """The same studio with a portal's process beside it, which has this key."""
        return ApiStudio(self.database, self.folder, clock=self.clock, portal_key=key)

    @contextmanager
    def open(self) -> Iterator[httpx.Client]:
        """Serve the api on loopback; yields a client that nobody is signed in with."""
        with listen("127.0.0.1", 0) as listening:
            server = StudioServer(self.app)

            def serve() -> None:
                with suppress(SystemExit):  # uvicorn's word for an app that did not start
                    server.run([listening])

            thread = threading.Thread(target=serve)
            thread.start()
            try:
                wait_for(lambda: server.started or not thread.is_alive(), "the api")
                assert server.started, "the api did not start"
                with httpx.Client(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=30) as client:
                    yield client
            finally:
                server.end()
                thread.join()

    def staff(self, email: str = OWNER) -> Staff:
        """A person as kept."""
        with self.database.reading() as session:
            found = staff.find_staff(session, email)
        assert found is not None
        return found

    def token(self, email: str = OWNER) -> str:
        """The token of a new session, without going through the sign-in."""
        with self.database.writing() as session:
            found = staff.find_staff(session, email)
            assert found is not None
            token, _ = sessions.begin_session(
                session, found, lasts=timedelta(days=30), address="127.0.0.1", user_agent="pytest", at=self.clock()
            )
        return token

    def log_in(self, client: httpx.Client, email: str = OWNER, password: str = PASSWORD, **more: str) -> httpx.Response:
        """What a person does."""
        return client.post("/api/auth/login", json={"email": email, "password": password, **more})


def assert_problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The answer is a problem of this kind, in words, without anything that is nobody's business."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem["code"] == code, problem
    assert problem["status"] == status
    assert problem["detail"].endswith(".")
    assert problem["request_id"] == answer.headers["x-request-id"]
    for secret in ("Traceback", "SELECT", "sqlalchemy", str(ROOT), "site-packages"):
        assert secret not in answer.text
    return problem
