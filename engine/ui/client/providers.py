"""Providers and their keys, as the api tells of them."""

from api.schemas.providers import ProviderKeyIn, ProviderName, ProviderOut, ProvidersOut, ProviderTested
from engine.ui.client.door import Door


class Providers(Door):
    """Every method raises ApiProblem."""

    async def providers(self) -> ProvidersOut:
        """Each with where its key comes from, and never the key."""
        return await self.get("/providers", ProvidersOut)

    async def enter_key(self, name: ProviderName, key: str) -> ProviderOut:
        """Keep a key in place of the one before; owners only."""
        return await self.send("PUT", f"/providers/{name}/key", ProviderOut, ProviderKeyIn(key=key))

    async def remove_key(self, name: ProviderName) -> None:
        """Nothing more is ordered there; owners only."""
        await self.call("DELETE", f"/providers/{name}/key")

    async def try_key(self, name: ProviderName) -> ProviderTested:
        """Ask the provider whose key it is; costs nothing, and takes ten seconds at most."""
        return await self.send("POST", f"/providers/{name}/test", ProviderTested)
