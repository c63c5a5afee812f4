"""Auth: signing in, who is signed in, and one's own sessions, password and second factor."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.fields import Given, Id, Language, Line, Name, Revision, Shown, Time

Password = Annotated[str, Field(min_length=1, max_length=256, examples=["vier woorden zijn genoeg"])]
Code = Annotated[
    str,
    Field(min_length=6, max_length=7, pattern=r"^[0-9]{3} ?[0-9]{3}$", examples=["123456"], description="Six digits."),
]
Role = Annotated[Literal["owner", "producer"], Field(examples=["producer"])]


class LoginIn(Given):
    """What somebody types to sign in."""

    email: Annotated[str, Field(min_length=1, max_length=254, examples=["jeroen@studio.example"])]
    password: Password
    totp: Annotated[Code | None, Field(description="The phone's code, where the account asks for one.")] = None


class StaffOut(Shown):
    """A person of the studio."""

    id: Id
    email: str = Field(examples=["jeroen@studio.example"])
    name: Line
    role: Role
    language: Language
    has_totp: bool = Field(description="Whether a one-time code is asked for at sign-in.", examples=[False])
    disabled_at: Time | None
    created_at: Time
    updated_at: Time
    revision: Revision


class MeChanges(Given):
    """What people change of themselves; what is absent stays."""

    name: Name | None = None
    language: Language | None = None


class SessionOut(Shown):
    """A browser or program that is signed in."""

    id: Id
    is_this: bool = Field(description="Whether it is the one that asks.", examples=[True])
    address: str = Field(examples=["192.0.2.7"])
    user_agent: str = Field(examples=["Mozilla/5.0"])
    created_at: Time
    last_used_at: Time
    expires_at: Time


class SessionsOut(Shown):
    """One's own live sessions, the last used first."""

    items: list[SessionOut]


class PasswordChange(Given):
    """A new password, with the present one as proof."""

    current: Password
    new: Annotated[str, Field(min_length=12, max_length=256, examples=["paard batterij nietje juist"])]


class PasswordProof(Given):
    """The present password, as proof."""

    password: Password


class TotpBegun(Shown):
    """A secret for the phone; shown once."""

    secret: str = Field(examples=["JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"])
    otpauth_uri: str = Field(examples=["otpauth://totp/BOM%20Studios:jeroen%40studio.example?secret=JBSW"])


class TotpConfirmation(Given):
    """The first code of a new secret."""

    code: Code
