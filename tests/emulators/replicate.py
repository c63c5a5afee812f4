"""Replicate on loopback: real HTTP, its contract as judge, a ledger of what it charged, and its bad days.

In a test it runs in a thread: `with emulated_replicate(folder / "ledger.db") as vendor`. Against kill -9 it runs as a
process of its own: `python -m tests.emulators.replicate --port 0 --ledger FILE`, which prints its address.
The ledger is an SQLite file that both can read. What an order costs is charged when the order is accepted.
"""

import argparse
import json
import random
import socket
import sys
import threading
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Literal

import uvicorn
from PIL import Image
from pydantic import JsonValue as Json
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.emulators.contracts import Contract, contract_path
from tests.emulators.replicate_ledger import Ledger, Order

PREFIX = "/v1"
TOKEN = "r8_emulated"  # opens nothing
VERSION = "5c" * 32
"""Official models answer "hidden", which the contract itself forbids: it fits both sides of a oneOf."""
ASPECTS = ("1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21")

BadDay = Literal[
    "throttle",  # 429 with a header
    "throttle_in_words",  # 429 as Replicate's sentence
    "break",  # 500 before anything was accepted
    "break_after",  # accepted and charged, then 500
    "hang",  # accepted and charged, then no answer until the client gives up
    "lose",  # accepted and charged, then the connection drops
    "truncate",  # accepted and charged, then half an answer
    "wrong_type",  # accepted and charged, then a page of HTML
    "refuse",  # 422
    "no_credit",  # 402
    "fail",  # accepted; the prediction ends failed
    "abort",  # accepted; the prediction ends aborted
    "slow",  # accepted; the prediction stays processing
]
ENDS: dict[str, str] = {"fail": "failed", "abort": "aborted", "slow": "processing"}


class ReplicateEmulator:
    """The vendor. `next_orders` are its coming bad days, one for each order; after them it does well."""

    def __init__(self, ledger: Ledger, lose_share: float = 0.0, page_size: int = 100) -> None:
        """lose_share: of the orders whose answer is lost at random, for tests that kill at random."""
        self.contract = Contract(contract_path("replicate/openapi.json"), PREFIX)
        self.ledger = ledger
        self.next_orders: list[BadDay] = []
        self.next_reads: list[Literal["throttle", "break", "truncate", "wrong_type", "lose", "unlisted"]] = []
        self.page_size = page_size
        self.retry_after_s = 7
        self.output: bytes | None = png_of((30, 90, 160))
        """What every order delivers; None: each another picture."""
        self.output_type = "image/png"
        self._lose_share = lose_share
        self._chance = random.Random(3)

    @property
    def app(self) -> Starlette:
        """The vendor as an ASGI app."""
        predictions = f"{PREFIX}/predictions"
        return Starlette(
            routes=[
                Route(f"{PREFIX}/models/{{owner}}/{{name}}/predictions", self._judged(self._create), methods=["POST"]),
                Route(predictions, self._judged(self._list)),
                Route(predictions + "/{order_id}", self._judged(self._get)),
                Route(f"{PREFIX}/account", self._judged(self._account)),
                Route("/outputs/{order_id}.png", self._output),
                Route("/emulator/next", self._arrange, methods=["POST"]),
            ]
        )

    def _judged(
        self, handler: Callable[[Request, bytes], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        """Answer only what the contract allows; what it does not is kept in the ledger as a violation."""

        async def judged(request: Request) -> Response:
            body = await request.body()
            if request.headers.get("Authorization") != f"Bearer {TOKEN}":
                return JSONResponse({"detail": "You did not pass a valid authentication token"}, 401)
            if broken := self.contract.broken_by(request, body):
                self.ledger.keep_violation(f"sent: {request.method} {request.url.path}: {broken}")
                return JSONResponse({"detail": broken}, 422)
            answer = await handler(request, body)
            if answer.status_code < 400:  # the contract tells of no refusal; VENDORS.md does
                fine = JSONResponse(json.loads(bytes(answer.body)), answer.status_code)
                if broken := self.contract.broken_by_answer(request, body, fine):
                    self.ledger.keep_violation(f"answered: {request.method} {request.url.path}: {broken}")
            return await _hurt(request, answer)

        return judged

    async def _create(self, request: Request, body: bytes) -> Response:
        given = json.loads(body)
        model = f"{request.path_params['owner']}/{request.path_params['name']}"
        day: BadDay | None = self.next_orders.pop(0) if self.next_orders else None
        if day is None and self._chance.random() < self._lose_share:
            day = "lose"
        if refusal := self._refusal(day):
            return refusal
        if broken := _unknown_to_flux(given["input"]):
            self.ledger.keep_violation(f"sent: input: {broken}")
            return JSONResponse({"detail": f"- input: {broken}\n"}, 422)
        order = Order(
            id=uuid.uuid4().hex[:26],
            model=model,
            input=given["input"],
            webhook=given.get("webhook"),
            created_at=datetime.now(UTC),
            status=ENDS.get(day or "", "succeeded"),
        )
        self.ledger.accept(order)
        answer = JSONResponse(_prediction(order, request, status="starting"), 201)
        match day:
            case "break_after":
                return JSONResponse({"detail": "Internal server error"}, 500)
            case "hang":
                while (await request.receive())["type"] != "http.disconnect":
                    pass
            case "lose" | "truncate" | "wrong_type":
                answer.headers["x-emulator"] = day
        return answer

    async def _list(self, request: Request, _body: bytes) -> Response:
        if trouble := self._trouble(request):
            return trouble
        after = request.query_params.get("created_after")
        start = int(request.query_params.get("cursor", "0"))
        orders = self.ledger.orders(since=datetime.fromisoformat(after) if after else None)[::-1]
        page = orders[start : start + self.page_size]
        more = start + self.page_size < len(orders)
        following = str(request.url.include_query_params(cursor=start + self.page_size)) if more else None
        results: Json = [_prediction(order, request) for order in page]
        return JSONResponse({"next": following, "previous": None, "results": results})

    async def _get(self, request: Request, _body: bytes) -> Response:
        if trouble := self._trouble(request):
            return trouble
        order = self.ledger.order(request.path_params["order_id"])
        if order is None:
            return JSONResponse({"detail": "The requested resource could not be found."}, 404)
        return JSONResponse(_prediction(order, request))

    async def _account(self, request: Request, _body: bytes) -> Response:
        if trouble := self._trouble(request):
            return trouble
        return JSONResponse({"type": "organization", "username": "bom-studios", "name": "BOM Studios"})

    def _trouble(self, request: Request) -> Response | None:
        if not self.next_reads:
            return None
        match self.next_reads.pop(0):
            case "throttle" | "break" as day:
                return self._refusal(day)
            case "unlisted":
                return JSONResponse({"detail": "The requested resource could not be found."}, 404)
            case day:
                order = Order(
                    id="x", model="a/b", input={}, webhook=None, created_at=datetime.now(UTC), status="failed"
                )
                found = _prediction(order, request)
                page: Json = {"next": None, "previous": None, "results": [found]}
                is_list = request.url.path.endswith("/predictions")
                return JSONResponse(page if is_list else found, headers={"x-emulator": day})

    def _refusal(self, day: BadDay | None) -> Response | None:
        throttled: Json = {"detail": "Request was throttled. Your rate limit resets in ~30s."}
        match day:
            case "throttle":
                return JSONResponse(throttled, 429, headers={"Retry-After": str(self.retry_after_s)})
            case "throttle_in_words":
                return JSONResponse(throttled, 429)
            case "break":
                return JSONResponse({"detail": "Internal server error"}, 500)
            case "refuse":
                return JSONResponse({"detail": "- input.prompt: this cannot be drawn\n"}, 422)
            case "no_credit":
                return JSONResponse({"title": "Insufficient credit", "detail": "You have insufficient credit."}, 402)
        return None

    async def _output(self, request: Request) -> Response:
        order = self.ledger.order(request.path_params["order_id"])
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return PlainTextResponse("no", 401)
        if order is None or order.is_data_removed:
            return PlainTextResponse("Not found", 404)
        return await _hurt(
            request,
            Response(_picture_of(order) if self.output is None else self.output, media_type=self.output_type),
            self._output_day(),
        )

    def _output_day(self) -> str:
        return self.next_reads.pop(0) if self.next_reads else ""

    async def _arrange(self, request: Request) -> Response:
        """Bad days for a vendor in another process: {"orders": [...], "reads": [...]}."""
        given = await request.json()
        self.next_orders += given.get("orders", [])
        self.next_reads += given.get("reads", [])
        return Response(status_code=204)


async def _hurt(request: Request, answer: Response, day: str = "") -> Response:
    """What becomes of a good answer on its way, on a bad day."""
    day = day or answer.headers.get("x-emulator", "")
    if "x-emulator" in answer.headers:
        del answer.headers["x-emulator"]
    match day:
        case "lose":
            # uvicorn's receive is a method of the object that has the connection
            request.receive.__self__.transport.abort()  # type: ignore[attr-defined]
        case "truncate":
            return Truncated(bytes(answer.body), answer.status_code)
        case "wrong_type":
            return PlainTextResponse("<html>Bad gateway</html>", 200, media_type="text/html")
        case "break":
            return JSONResponse({"detail": "Internal server error"}, 500)
    return answer


class Truncated(Response):
    """Half of a body whose length was told as whole; then the connection closes."""

    async def __call__(
        self, _scope: object, _receive: object, send: Callable[[dict[str, object]], Awaitable[None]]
    ) -> None:
        length = str(len(self.body)).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", length)]
        await send({"type": "http.response.start", "status": self.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": self.body[: len(self.body) // 2], "more_body": True})


def _unknown_to_flux(given: dict[str, Json]) -> str | None:
    """What of an input the three Flux models do not have, as their pages at Replicate told in 2026."""
    if extra := given.keys() - {"prompt", "aspect_ratio", "output_format", "seed"}:
        return f"unknown {sorted(extra)}"
    if not isinstance(given.get("prompt"), str) or given.get("aspect_ratio") not in ASPECTS:
        return "prompt or aspect_ratio"
    if given.get("output_format") not in ("webp", "jpg", "png") or not isinstance(given.get("seed"), int):
        return "output_format or seed"
    return None


def _prediction(order: Order, request: Request, status: str | None = None) -> dict[str, Json]:
    origin = f"{request.url.scheme}://{request.url.netloc}"
    at = order.created_at.isoformat().replace("+00:00", "Z")
    status = status or order.status
    address = f"{origin}/outputs/{order.id}.png"
    # The pro models answer one address, schnell and dev a list of them.
    output: Json = address if order.model.endswith("pro") else [address]
    told: dict[str, Json] = {
        "id": order.id,
        "model": order.model,
        "version": VERSION,
        "input": {} if order.is_data_removed else order.input,
        "logs": "",
        "output": output if status == "succeeded" and not order.is_data_removed else None,
        "data_removed": order.is_data_removed,
        "error": "NSFW content detected (E1001)" if status == "failed" else None,
        "status": status,
        "source": "api",
        "created_at": at,
        "urls": {
            "web": f"https://replicate.com/p/{order.id}",
            "get": f"{origin}{PREFIX}/predictions/{order.id}",
            "cancel": f"{origin}{PREFIX}/predictions/{order.id}/cancel",
        },
    }
    if status in ("succeeded", "failed"):
        told |= {"started_at": at, "completed_at": at, "metrics": {"predict_time": 0.4, "total_time": 0.5}}
    return told


def _picture_of(order: Order) -> bytes:
    red, green, blue = bytes.fromhex(order.id[:6])
    return png_of((red, green, blue))


def png_of(colour: tuple[int, int, int]) -> bytes:
    """A small picture."""
    file = BytesIO()
    Image.new("RGB", (96, 128), colour).save(file, "PNG")
    return file.getvalue()


@contextmanager
def emulated_replicate(ledger_path: Path, page_size: int = 100) -> Iterator["RunningReplicate"]:
    """The vendor in a thread of this process, on a free port of loopback; ends with no contract broken."""
    emulator = ReplicateEmulator(Ledger(ledger_path), page_size=page_size)
    server = uvicorn.Server(uvicorn.Config(emulator.app, host="127.0.0.1", port=0, log_level="critical"))
    listener = server.config.bind_socket()
    listener.listen()  # who comes before the server runs waits, and is not turned away
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield RunningReplicate(emulator, _base_url(listener))
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()
    assert not (broken := emulator.ledger.violations()), broken


@dataclass(frozen=True)
class RunningReplicate:
    """An emulator and the base URL to reach it by."""

    vendor: ReplicateEmulator
    base_url: str

    @property
    def ledger(self) -> Ledger:
        """What it accepted and charged."""
        return self.vendor.ledger


def _base_url(listener: socket.socket) -> str:
    return f"http://127.0.0.1:{listener.getsockname()[1]}{PREFIX}"


def main() -> None:
    """Serve until killed; the first line on standard output is the base URL."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--ledger", type=Path, required=True)
    parser.add_argument("--lose-share", type=float, default=0.0)
    given = parser.parse_args()
    emulator = ReplicateEmulator(Ledger(given.ledger), lose_share=given.lose_share)
    emulator.output = None
    server = uvicorn.Server(uvicorn.Config(emulator.app, host="127.0.0.1", port=given.port, log_level="critical"))
    listener = server.config.bind_socket()
    listener.listen()  # who comes before the server runs waits, and is not turned away
    sys.stdout.write(_base_url(listener) + "\n")
    sys.stdout.flush()
    server.run([listener])


if __name__ == "__main__":
    main()
