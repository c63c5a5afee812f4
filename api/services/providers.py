"""Providers: their keys, and whether those work.

Called by api.routers.providers.
"""

from sqlalchemy.orm import Session

from api.schemas.providers import ProviderName, ProviderOut, ProviderTested
from engine.core import provider_keys
from engine.core.errors import Conflict
from engine.providers.images import VendorTrouble
from engine.providers.replicate import Replicate
from engine.settings import Settings

PROVIDERS: tuple[ProviderName, ...] = ("replicate",)
TEST_TIMEOUT_S = 10.0


def shown(session: Session, settings: Settings, secret: bytes, name: ProviderName) -> ProviderOut:
    """What may be told of a provider's key."""
    fixed = _fixed_key(settings)
    if fixed is not None:
        hint = fixed[-provider_keys.HINT_CHARACTERS :]
        return ProviderOut(name=name, key_from="environment", hint=hint, opens=True, changed_at=None)
    kept = provider_keys.find_key(session, name)
    if kept is None:
        return ProviderOut(name=name, key_from="nowhere", hint="", opens=True, changed_at=None)
    opens = provider_keys.open_key(session, name, secret) is not None
    return ProviderOut(name=name, key_from="studio", hint=kept.hint, opens=opens, changed_at=kept.changed_at)


def key_of(session: Session, settings: Settings, secret: bytes, name: ProviderName) -> str:
    """The key that orders are made with. Raises Conflict (provider_key_missing)."""
    key = _fixed_key(settings) or provider_keys.open_key(session, name, secret)
    if key is None:
        raise Conflict("There is no key for this provider yet. Enter it first.", code="provider_key_missing")
    return key


def try_key(settings: Settings, key: str) -> ProviderTested:
    """Ask the provider whose key it is. Costs nothing; answers within ten seconds."""
    vendor = Replicate(key, settings.replicate_url, answer_timeout_s=TEST_TIMEOUT_S)
    try:
        return ProviderTested(works=True, said=vendor.account())
    except VendorTrouble as trouble:
        return ProviderTested(works=False, said=str(trouble))
    finally:
        vendor.close()


def _fixed_key(settings: Settings) -> str | None:
    return settings.replicate_token.get_secret_value() if settings.replicate_token else None
