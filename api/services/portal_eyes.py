"""Portal eyes: what an answer to a contact is made with, from the request.

Called by the routers under /api/portal and by api.routers.reviews.
Law: media addresses carry the api's own origin only where the portal lies at another one, and that origin is a setting
or this very machine: a Host header that somebody typed never gets into an address.
"""

from datetime import datetime

from sqlalchemy.orm import Session
from starlette.requests import Request

from api.addresses import own_origins
from api.services.review_links import ReviewLinks
from api.services.shown_portal import ClientsEyes
from api.studio import Studio
from engine.core.actors import Actor
from engine.core.models import Client, Contact, Version


def eyes_of(request: Request, studio: Studio, session: Session, contact: Contact, at: datetime) -> ClientsEyes:
    """How this contact sees their client's things now."""
    links = ReviewLinks(studio.secret, at, media_origin(request, studio))
    return ClientsEyes(session, Actor("contact", contact.id), contact.client_id, contact.language, links)


def staff_eyes(studio: Studio, session: Session, version: Version, staff: Actor, at: datetime) -> ClientsEyes:
    """How the client of a version sees it, for a member of staff: in the client's language, with addresses that work
    where the engine app is."""
    client = session.get_one(Client, version.client_id)
    return ClientsEyes(session, staff, client.id, client.language, ReviewLinks(studio.secret, at))


def media_origin(request: Request, studio: Studio) -> str:
    """What stands before addresses of the api's files in the portal: an origin, a path of the portal's own, or
    nothing where one proxy stands before both."""
    settings = studio.settings
    if settings.public_url:
        return "" if settings.public_url in settings.portal_origins else settings.public_url
    if settings.portal_url:
        return settings.portal_path  # a proxy before both, or the portal hands them on
    return next(iter(sorted(own_origins(request.scope, settings))), "")
