"""The api: one app from its routers, its refusals and what runs beside it.

Called by engine.cli (serve) and tests. Law: nothing happens at import; what is started is stopped.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version
from typing import Any, Final

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, FastAPI, Request
from starlette.middleware import Middleware
from starlette.responses import Response

from api.deps import cookie_name
from api.errors import add_error_handlers
from api.middleware.origins import Origins
from api.middleware.requests import Requests
from api.middleware.safety_headers import SafetyHeaders
from api.openapi import describe, operation_id
from api.places import API, asked_by_place
from api.portal_deps import portal_cookie
from api.routers import (
    assets,
    audit,
    auth,
    brand_kits,
    clients,
    contacts,
    costs,
    cuts,
    downloads,
    drafts,
    endpoints,
    events,
    health,
    imports,
    jobs,
    library,
    messages,
    notifications,
    outbox,
    pictures,
    portal,
    portal_messages,
    portal_passkeys,
    portal_previews,
    portal_reviews,
    portal_sign_in,
    projects,
    providers,
    quotes,
    review_files,
    reviews,
    scenes,
    scripts,
    settings,
    staff,
    timelines,
    unsubscribing,
    uploads,
    videos,
    voices,
    webhooks,
)
from api.services.drafts import Drafts
from api.services.housekeeping import keep_house
from api.services.idempotency import AnsweredBefore
from api.services.inbox import Inbox
from api.services.uploads import Uploads
from api.studio import Studio
from engine.core import passwords

ROUTERS: Final[tuple[APIRouter, ...]] = (
    health.router,
    auth.router,
    staff.router,
    clients.router,
    contacts.router,
    brand_kits.router,
    imports.router,
    projects.router,
    videos.router,
    scripts.router,
    scenes.router,
    pictures.router,
    voices.router,
    timelines.router,
    library.router,
    cuts.router,
    drafts.router,
    quotes.router,
    costs.router,
    assets.files,
    assets.router,
    uploads.parts,
    uploads.router,
    jobs.router,
    events.router,
    endpoints.router,
    reviews.router,
    messages.router,
    notifications.router,
    outbox.router,
    settings.router,
    providers.router,
    audit.router,
    webhooks.router,
    portal_sign_in.router,
    portal_passkeys.router,
    portal_previews.router,
    portal.router,
    portal_reviews.router,
    portal_messages.router,
    unsubscribing.router,
)


def create_app(studio: Studio) -> FastAPI:
    """The api of this studio. Its companions start with it and stop, last first, when it ends."""
    app = FastAPI(
        title="BOM Studios Engine",
        version=version("bom-studios-engine"),
        openapi_url="/api/openapi.json",
        docs_url=None,  # its pages load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=operation_id,
        lifespan=partial(_running, studio),
        middleware=[
            Middleware(Requests, settings=studio.settings, portal_key=studio.portal_key),
            Middleware(SafetyHeaders, settings=studio.settings),
            Middleware(Origins, settings=studio.settings),
        ],
    )
    receiving = Uploads(studio)
    drawing = Drafts(studio)
    studio.companions = (receiving, Inbox(studio, receiving), drawing, *studio.companions)
    app.state.studio, app.state.uploads, app.state.drafts = studio, receiving, drawing
    add_error_handlers(app)
    app.add_exception_handler(AnsweredBefore, _on_answered_before)
    for router in ROUTERS:
        app.include_router(asked_by_place(router), prefix=API)
    app.include_router(downloads.router)
    app.include_router(library.zips)
    app.include_router(review_files.router)
    described: dict[str, Any] = {}

    def description() -> dict[str, Any]:
        described.update(described or describe(app, cookie_name(studio), portal_cookie(studio)))
        return described

    app.openapi = description  # type: ignore[method-assign]  # as FastAPI's own documentation does
    return app


@asynccontextmanager
async def _running(studio: Studio, _app: FastAPI) -> AsyncIterator[None]:
    await run_sync(passwords.prepare)
    started = []
    try:
        for companion in studio.companions:
            await run_sync(companion.start)
            started.append(companion)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(keep_house, studio)
            yield
            tasks.cancel_scope.cancel()
    finally:
        studio.is_stopping = True
        for companion in reversed(started):
            with anyio.CancelScope(shield=True):
                await run_sync(companion.stop)


def _on_answered_before(_request: Request, answer: Exception) -> Response:
    assert isinstance(answer, AnsweredBefore)
    return Response(answer.body, answer.status, answer.headers)
