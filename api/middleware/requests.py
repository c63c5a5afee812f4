"""Requests: each gets an id, a line in the log, and an answer even where nobody foresaw what happened.

The outermost middleware. Law: the log has method, path, status, time and address; never a query, a cookie or a body.
"""

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.addresses import client_address
from api.errors import answer_unforeseen
from engine.core.models import new_id
from engine.settings import Settings

log = logging.getLogger("bom.access")


class Requests:
    """See the module."""

    def __init__(self, app: ASGIApp, settings: Settings, portal_key: str) -> None:
        self.app = app
        self.settings = settings
        self.portal_key = portal_key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = new_id()
        scope.setdefault("state", {})["request_id"] = request_id
        began = time.monotonic()
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message["headers"], (b"x-request-id", request_id.encode())]}
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception as error:
            if status:
                raise  # half an answer is out: only closing the connection tells the caller that it is not whole
            await answer_unforeseen(error, request_id)(scope, receive, send_with_id)
        finally:
            log.info(
                "%s %s %d %.0f ms %s %s",
                scope["method"],
                scope["path"].encode("unicode_escape").decode()[:300],
                status,
                (time.monotonic() - began) * 1000,
                client_address(scope, self.settings, self.portal_key),
                request_id,
            )
