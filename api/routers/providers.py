"""Providers: keys of those who make pictures for money."""

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends

from api.deps import DbSession, Now, ReadSession, SignedInOwner, TheStudio, get_signed_in
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.providers import ProviderKeyIn, ProviderName, ProviderOut, ProvidersOut, ProviderTested
from api.services import providers
from engine.core import audit, provider_keys

router = APIRouter(prefix="/providers", tags=["settings"], route_class=StudioRoute)


@router.get("", summary="Providers")
def list_providers(session: ReadSession, studio: TheStudio) -> ProvidersOut:
    """Each with where its key comes from, and never the key."""
    return ProvidersOut(
        items=[providers.shown(session, studio.settings, studio.secret, name) for name in providers.PROVIDERS]
    )


@router.put("/{name}/key", summary="Enter a key")
def enter_key(
    name: ProviderName, body: ProviderKeyIn, session: DbSession, studio: TheStudio, me: SignedInOwner, now: Now
) -> ProviderOut:
    """In place of the one before. It counts from the next order on; a job that waited for it goes on by itself."""
    provider_keys.keep_key(session, name, body.key, secret=studio.secret, at=now)
    audit.record(session, "provider_key_entered", by=me.actor, at=now, provider=name)
    return providers.shown(session, studio.settings, studio.secret, name)


@router.delete("/{name}/key", status_code=204, summary="Remove a key")
def remove_key(name: ProviderName, session: DbSession, me: SignedInOwner, now: Now) -> None:
    """Nothing more is ordered there; what was ordered already waits until there is one again."""
    provider_keys.forget_key(session, name)
    audit.record(session, "provider_key_removed", by=me.actor, at=now, provider=name)


@router.post("/{name}/test", summary="Test a key", dependencies=[Depends(get_signed_in)], responses=problems(409))
async def try_key(name: ProviderName, studio: TheStudio) -> ProviderTested:
    """Asks the provider whose key it is, which costs nothing."""
    key = await studio.read(lambda session: providers.key_of(session, studio.settings, studio.secret, name))
    return await run_sync(providers.try_key, studio.settings, key)
