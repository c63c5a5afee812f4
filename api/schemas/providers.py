"""Providers on the wire: who makes pictures, and whether the studio may order from them."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.fields import Given, Shown, Time

ProviderName = Literal["replicate"]


class ProviderOut(Shown):
    """A provider that needs a key."""

    name: ProviderName
    key_from: Literal["environment", "studio", "nowhere"] = Field(
        description="environment: BOM_REPLICATE_TOKEN, which goes before a key that was entered here."
    )
    hint: str = Field(description="The key's last characters.", examples=["3f2a"])
    opens: bool = Field(description="False where the studio's secret is another than when the key was entered.")
    changed_at: Time | None


class ProvidersOut(Shown):
    """All of them."""

    items: list[ProviderOut]


class ProviderKeyIn(Given):
    """A key, as its provider's page shows it. It is never told again."""

    key: Annotated[str, Field(min_length=8, max_length=400, examples=["r8_0123456789abcdef"])]


class ProviderTested(Shown):
    """Whether the provider knows the key."""

    works: bool
    said: str = Field(description="The account's name, or why not and what to do.", examples=["bom-studios"])
