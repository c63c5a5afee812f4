"""Safety headers: what browsers may not do with the api's answers. Routes that know better set their own."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engine.settings import Settings

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
_YEAR_S = 31_536_000


class SafetyHeaders:
    """Adds them to answers under /api, and leaves alone what an app that is mounted beside it says of itself."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        headers = dict(_ALWAYS)
        if settings.is_https:
            headers["Strict-Transport-Security"] = f"max-age={_YEAR_S}"
        self.headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/api"):
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = [*message["headers"]]
                named = {name.lower() for name, _ in said}
                message = {**message, "headers": said + [one for one in self.headers if one[0] not in named]}
            await send(message)

        await self.app(scope, receive, send_with_headers)
