"""Passkeys on the wire: what a browser asks a device to sign, and what it answers. Bytes are base64url."""

from typing import Annotated

from pydantic import Field

from api.schemas.fields import Given, Id, Name, Shown, Time

Bytes = Annotated[str, Field(min_length=1, max_length=20_000, pattern=r"^[A-Za-z0-9_-]+$", examples=["bXkga2V5"])]
CredentialId = Annotated[
    str, Field(min_length=1, max_length=1_400, pattern=r"^[A-Za-z0-9_-]+$", examples=["3f0f5b2a9a11c0ffee"])
]


class SignInChallenge(Shown):
    """What a browser asks a passkey to sign; it belongs to the cookie of the same answer."""

    challenge: Bytes
    host: str = Field(description="The relying party's id.", examples=["portal.example"])
    lasts_s: int = Field(examples=[300])


class NewPasskeyChallenge(SignInChallenge):
    """The same for a passkey that is to be made."""

    studio_name: str = Field(examples=["BOM Studios"])
    user_id: Bytes = Field(description="What the device keeps of who it is for; it tells nothing of them.")
    user_name: str = Field(examples=["anna@bakkerij.example"])
    display_name: str = Field(examples=["Anna"])
    known_ids: list[CredentialId] = Field(description="Passkeys that are there already, so that none is made twice.")


class SignedByPasskeyIn(Given):
    """What the browser answers to a sign-in challenge."""

    credential_id: CredentialId
    client_data: Bytes
    authenticator_data: Bytes
    signature: Bytes
    user_handle: Bytes


class PasskeyIn(Given):
    """What the browser answers once a passkey is made, and what its owner calls it."""

    name: Name
    credential_id: CredentialId
    client_data: Bytes
    attestation: Bytes


class PasskeyOut(Shown):
    """A passkey that signs the caller in."""

    id: Id
    name: str = Field(examples=["Anna's phone"])
    created_at: Time
    last_used_at: Time | None


class PasskeysOut(Shown):
    """One's own passkeys, the first one first."""

    items: list[PasskeyOut]
