"""Webhooks in: what vendors tell. Nobody signs in here; each message is signed instead."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute

from api.deps import Now, TheStudio, WhoCalls
from api.openapi import problems
from api.services import vendor_webhooks

router = APIRouter(prefix="/webhooks", tags=["webhooks"], route_class=APIRoute)
"""Routes that take bytes and not JSON: the signature is over them as they came."""

_BODY: Final = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object"}}},
        "description": "A prediction, signed as Standard Webhooks says: webhook-id, webhook-timestamp (5 minutes old "
        "at most) and webhook-signature.",
    }
}


@router.post(
    "/replicate",
    status_code=204,
    summary="Replicate tells of an order",
    responses=problems(403, 413, 422, 503),
    openapi_extra=_BODY,
)
async def receive_replicate_webhook(request: Request, studio: TheStudio, caller: WhoCalls, now: Now) -> None:
    """A picture that is done is fetched at once. Without BOM_REPLICATE_WEBHOOK_SECRET it is 503 `webhook_not_set_up`;
    what is not signed with it, or not of now, 403 `webhook_forged`."""
    await vendor_webhooks.take_replicate(studio, request.stream(), request.headers, address=caller.address, at=now)
