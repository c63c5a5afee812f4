"""Origins: no page of another site may write with a visitor's cookie.

Law: a browser always says which page asks (Origin, and Sec-Fetch-Site where it is new enough); what it says must be
exactly one of our own origins. Who says neither is a program, which has no visitor's cookie. Webhooks of vendors use
no cookie at all: their signature decides.
"""

from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.addresses import own_origins
from api.errors import problem_response
from engine.settings import Settings

SIGNED: Final = "/api/webhooks/"
PORTAL: Final = "/api/portal/"
"""What the portal's own pages may write to, and nothing else of the studio."""
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


class Origins:
    """Refuses writes, and WebSockets, that another site's page asks for. Reads carry nothing away: see CORS."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_write = scope["type"] == "websocket" or (scope["type"] == "http" and scope["method"] not in _READS)
        if not is_write or self._is_ours(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            answer = problem_response(
                403,
                "foreign_origin",
                "A page of another site asked for this, so it was not done. Open the studio itself and try there. "
                "If this is the studio, its address is not the one in BOM_PUBLIC_URL.",
                request_id=scope.get("state", {}).get("request_id", ""),
            )
            await answer(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        if scope["type"] == "http" and scope["path"].startswith(SIGNED):
            return True
        headers = Headers(scope=scope)
        ours = own_origins(scope, self.settings)
        if scope["type"] == "http" and scope["path"].startswith(PORTAL):
            ours |= self.settings.portal_origins
        if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return False
        origins = headers.getlist("origin")
        return not origins or (len(origins) == 1 and origins[0].lower() in ours)
