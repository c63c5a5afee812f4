"""People: clients with their contacts and brand kits, staff, and the sessions of both.

Rules: engine.core.clients, engine.core.contacts, engine.core.brand_kits, engine.core.staff, engine.core.sessions,
engine.core.sign_in_links, engine.core.passkeys.
Law: a password, a session token and a TOTP code are never kept; only what checks them is.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.core.models.base import (
    Base,
    Created,
    Document,
    Id,
    Identified,
    JsonList,
    Name,
    Prose,
    Revised,
    Sha256,
    one_of,
)


class Role(StrEnum):
    """What a member of staff may do: a producer makes, an owner also decides about money and people."""

    OWNER = "owner"
    PRODUCER = "producer"


class Client(Identified, Created, Revised, Base):
    """A company that videos are made for."""

    __tablename__ = "clients"

    name: Mapped[Name]
    notes: Mapped[Prose] = mapped_column(default="")
    time_zone: Mapped[str] = mapped_column(String(64), default="Europe/Amsterdam")
    """An IANA name."""
    language: Mapped[str] = mapped_column(String(8), default="nl")
    is_demo: Mapped[bool] = mapped_column(default=False)
    """Made by `bom demo`, and removed by `bom demo --remove` with all that hangs on it."""
    archived_at: Mapped[datetime | None]

    contacts: Mapped[list["Contact"]] = relationship(back_populates="client", lazy="raise")

    __table_args__ = (
        Index(None, "name", "id"),
        Index(None, "archived_at", "name", "id"),
        Index(None, "created_at", "id"),
    )


class Contact(Identified, Created, Revised, Base):
    """A person at a client, who may sign in to the portal."""

    __tablename__ = "contacts"

    client_id: Mapped[Id] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    name: Mapped[Name]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """Lower-case: one address is one person, at one client."""
    language: Mapped[str] = mapped_column(String(8), default="nl")
    notification_wishes: Mapped[Document] = mapped_column(default=dict)
    invited_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]

    client: Mapped[Client] = relationship(back_populates="contacts", lazy="raise")

    __table_args__ = (Index(None, "client_id", "name", "id"),)


class ClientSearchWord(Base):
    """A word that a client is found by, as engine.core.client_search writes it."""

    __tablename__ = "client_search_words"

    word: Mapped[str] = mapped_column(
        String(40).with_variant(String(40, collation="C"), "postgresql"), primary_key=True
    )
    """Compared sign by sign, so that an index finds all that begin alike."""
    client_id: Mapped[Id] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True)
    source_id: Mapped[Id] = mapped_column(primary_key=True)
    """The client's own id, or that of the contact whose name or address it is of."""

    __table_args__ = (Index(None, "client_id", "source_id"),)


class BrandKit(Identified, Created, Revised, Base):
    """How a client's videos look and sound; a new video starts from it."""

    __tablename__ = "brand_kits"

    client_id: Mapped[Id] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), unique=True)
    logo_light_asset_id: Mapped[Id | None] = mapped_column(ForeignKey("assets.id"))
    logo_dark_asset_id: Mapped[Id | None] = mapped_column(ForeignKey("assets.id"))
    colours: Mapped[Document] = mapped_column(default=dict)
    """Role (accent, on_accent, ground, ink) to #RRGGBB."""
    fonts: Mapped[Document] = mapped_column(default=dict)
    """api.schemas.brand_kits.Fonts: by role (display, text) a bundled family's name, or an asset that is a typeface."""
    caption_style: Mapped[Document] = mapped_column(default=dict)
    cards: Mapped[Document] = mapped_column(default=dict)
    """Intro and end card."""
    music: Mapped[Document] = mapped_column(default=dict)
    picture_style: Mapped[Prose] = mapped_column(default="")
    """Added to every picture prompt of this client."""
    pronunciations: Mapped[JsonList] = mapped_column(default=list)


class Staff(Identified, Created, Revised, Base):
    """A person of the studio."""

    __tablename__ = "staff"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    """Lower-case."""
    name: Mapped[Name] = mapped_column(default="")
    role: Mapped[Role] = mapped_column(one_of(Role))
    language: Mapped[str] = mapped_column(String(8), default="nl")
    password_hash: Mapped[str] = mapped_column(String(200))
    """argon2id, with its salt and costs inside."""
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int | None]
    """The 30 s step of the last code taken, so that no code works twice."""
    disabled_at: Mapped[datetime | None]


class SignInSession(Identified, Created, Base):
    """A browser or program that is signed in; the cookie holds the token, this row its hash."""

    __tablename__ = "sign_in_sessions"

    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[Id | None] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    contact_id: Mapped[Id | None] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    last_used_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    """The absolute end; it ends earlier when it is idle."""
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(64), default="")
    user_agent: Mapped[str] = mapped_column(String(300), default="")

    __table_args__ = (
        CheckConstraint("(staff_id IS NULL) <> (contact_id IS NULL)", name="one_person"),
        Index(None, "staff_id", "last_used_at"),
        Index(None, "contact_id", "last_used_at"),
        Index(None, "expires_at"),
    )


class SignInLink(Identified, Created, Base):
    """A link and a code that were mailed to a contact who wants to sign in: for one browser, for ten minutes, once."""

    __tablename__ = "sign_in_links"

    contact_id: Mapped[Id] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    code_sha256: Mapped[str] = mapped_column(String(64))
    salt: Mapped[str] = mapped_column(String(64))
    """Random. With the studio's own key it makes the token and the code, which stand nowhere."""
    browser_sha256: Mapped[str] = mapped_column(String(64))
    """Of what the browser that asked keeps in a cookie."""
    expires_at: Mapped[datetime]
    guesses: Mapped[int] = mapped_column(default=0)
    """How often its code was guessed."""
    ended_at: Mapped[datetime | None]
    """When it was used, or a newer one took its place."""

    __table_args__ = (Index(None, "browser_sha256"), Index(None, "contact_id", "created_at"), Index(None, "expires_at"))


class Passkey(Identified, Created, Base):
    """A key on a contact's own device, which signs them in without a mail. Only its public half is here."""

    __tablename__ = "passkeys"

    contact_id: Mapped[Id] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    """The device's own name for it, in base64url."""
    public_key: Mapped[Prose]
    """COSE, in base64url."""
    sign_count: Mapped[int] = mapped_column(BigInteger)
    """How often it signed, where the device counts: a copy of the key would count apart."""
    name: Mapped[Name]
    last_used_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "contact_id", "created_at"),)


class SpentChallenge(Base):
    """What a passkey signed: it is taken once, and forgotten when its time is over anyway."""

    __tablename__ = "spent_challenges"

    challenge_sha256: Mapped[Sha256] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime]

    __table_args__ = (Index(None, "expires_at"),)


class SignInAttempt(Identified, Base):
    """One failed sign-in, counted against the account and against the address."""

    __tablename__ = "sign_in_attempts"

    account: Mapped[str] = mapped_column(String(254))
    """The address that was typed, lower-case, whether or not anybody has it."""
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

    __table_args__ = (Index(None, "account", "at"), Index(None, "address", "at"), Index(None, "at"))
