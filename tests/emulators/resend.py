"""Resend on loopback: real HTTP, its own contract as judge of what it is sent, and its bad days."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from pydantic import JsonValue as Json
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.serving import listen
from tests.cli.studio import wait_for
from tests.emulators.contracts import Contract, contract_path

KEY = "re_emulated"  # opens nothing


@dataclass
class ResendEmulator:
    """The vendor. `next_answers` are its coming bad days as status and name; "lose" takes the mail, then fails."""

    url: str = ""
    next_answers: list[tuple[int, str]] = field(default_factory=list)
    sent: dict[str, dict[str, Json]] = field(default_factory=dict)
    """What went out, by Idempotency-Key."""
    posts: int = 0
    broken: list[str] = field(default_factory=list)


@contextmanager
def emulated_resend() -> Iterator[ResendEmulator]:
    """An account that takes mails until the end of the block; fails where what it got broke the contract."""
    emulator, contract = ResendEmulator(), Contract(contract_path("resend/resend.json"), "")

    async def send(request: Request) -> Response:
        body = await request.body()
        emulator.posts += 1
        if (broken := contract.broken_by(request, body)) is not None:
            emulator.broken.append(broken)
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return _problem(401, "invalid_api_key")
        status, name = emulator.next_answers.pop(0) if emulator.next_answers else (200, "")
        if status == 200:
            emulator.sent.setdefault(request.headers["idempotency-key"], json.loads(body))
        if name == "lose":
            return _problem(500, "application_error")  # taken, and the answer lost on the way
        return JSONResponse({"id": "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794"}) if status == 200 else _problem(status, name)

    app = Starlette(routes=[Route("/emails", send, methods=["POST"])])
    with listen("127.0.0.1", 0) as listening:
        emulator.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            wait_for(lambda: server.started, "the emulator")
            yield emulator
        finally:
            server.should_exit = True
            thread.join()
    assert emulator.broken == []


def _problem(status: int, name: str) -> Response:
    headers = {"retry-after": "7"} if status == 429 else {}
    return JSONResponse({"statusCode": status, "name": name, "message": f"It is {name}."}, status, headers)
