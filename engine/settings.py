"""Settings: what a studio may set from outside, as BOM_* variables or in a file named .env.

Called by engine.cli and api. `bom doctor` shows each one; a secret is shown as stars.
Read here and not by pydantic-settings, whose import alone takes 0.17 s: more than all else that a render does when
nothing changed.
"""

import base64
import os
import re
import secrets
from ipaddress import ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationInfo, field_validator

PREFIX = "BOM_"


class Settings(BaseModel):
    """One place for all of them; a secret would have no default."""

    model_config = ConfigDict(frozen=True)

    data_dir: Path = Field(default=Path("data"), description="What is kept: films, voices, the log.")
    cache_dir: Path | None = Field(
        default=None, description="Finished pieces of films; data/cache where it is not set."
    )
    cache_limit_gb: float = Field(default=10.0, gt=0, description="The cache's size; the longest unused go first.")

    database_url: str = Field(
        default="", description="sqlite:///FILE or postgresql+psycopg://…; data/bom.db where it is not set."
    )
    media_url: str = Field(
        default="", description="Where files are kept, as fsspec writes it (s3://…); data/media where it is not set."
    )
    deliveries_dir: Path | None = Field(
        default=None, description="Where films are put that are pushed; data/deliveries where it is not set."
    )
    verify_reads: bool = Field(
        default=False,
        description="Compare each stored file with its hash before it is first used; slow with large ones.",
    )
    private_hosts: str = Field(
        default="",
        description="Your own hosts that events may go to though they are private, as in n8n.local:5678; with commas.",
    )
    host: str = Field(default="127.0.0.1", description="The address that `bom serve` listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="The port that `bom serve` listens on.")
    public_url: str = Field(
        default="", description="How browsers reach the studio, as in https://studio.example; needed behind a proxy."
    )
    portal_url: str = Field(
        default="",
        description="How clients reach the portal, and where mails lead: https://portal.example, or under a path as in "
        "https://studio.example/portal (then `make setup` builds it anew); port 3000 here where it is not set.",
    )
    trusted_proxies: str = Field(
        default="", description="Addresses of proxies whose X-Forwarded-For is believed, with commas; none by default."
    )
    secret: SecretStr | None = Field(
        default=None, description="Signs links and quotes; made once and kept in data/secret where it is not set."
    )
    replicate_token: SecretStr | None = Field(
        default=None, description="Replicate's API token; without it pictures are title cards only."
    )
    replicate_webhook_secret: SecretStr | None = Field(
        default=None,
        description="whsec_…, as Replicate shows it for webhooks; with BOM_PUBLIC_URL it tells when a picture is done.",
    )
    replicate_url: str = Field(
        default="https://api.replicate.com/v1", description="Where Replicate's API is; another address for tests."
    )
    mail_from: str = Field(
        default="studio@localhost.localdomain",
        description="The address that mails come from; yours, at your own domain.",
    )
    mail_resend_key: SecretStr | None = Field(
        default=None, description="Resend's API key; mails leave by Resend where it is set."
    )
    mail_resend_url: str = Field(
        default="https://api.resend.com", description="Where Resend's API is; another address for tests."
    )
    mail_smtp_host: str = Field(
        default="",
        description="A mail server; mails leave by it where it is set. Without either they lie in the outbox.",
    )
    mail_smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port: 587 with starttls, 465 with tls.")
    mail_smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="starttls or tls; none only for a server on this machine."
    )
    mail_smtp_user: str = Field(default="", description="Who signs in at the mail server; nobody where it is empty.")
    mail_smtp_password: SecretStr | None = Field(default=None, description="The password for it.")
    session_idle_hours: float = Field(default=12, gt=0, le=720, description="A sign-in ends when unused for so long.")
    session_days: float = Field(default=30, gt=0, le=365, description="A sign-in ends after so long in any case.")

    portal_session_idle_hours: float = Field(
        default=168, gt=0, le=2160, description="A client's sign-in ends when unused for so long."
    )
    portal_session_days: float = Field(
        default=30, gt=0, le=365, description="A client's sign-in ends after so long in any case."
    )

    @field_validator("public_url")
    @classmethod
    def _is_an_origin(cls, value: str) -> str:
        url = urlsplit(value)
        if value and (url.scheme not in {"http", "https"} or not url.hostname or url.path.strip("/") or url.query):
            raise ValueError("must be like https://studio.example, without a path")
        return value.rstrip("/").lower()

    @field_validator("portal_url")
    @classmethod
    def _is_a_place(cls, value: str) -> str:
        url = urlsplit(value)
        if value and (url.scheme not in {"http", "https"} or not url.hostname or url.query or url.fragment):
            raise ValueError("must be like https://portal.example or https://studio.example/portal")
        if not re.fullmatch(r"(/[a-z0-9_-]+)*/?", url.path):
            raise ValueError("has a path of other signs than a to z, 0 to 9, - and _; take one like /portal")
        return value.rstrip("/").lower()

    @field_validator("trusted_proxies")
    @classmethod
    def _are_addresses(cls, value: str) -> str:
        for part in filter(None, (part.strip() for part in value.split(","))):
            try:
                ip_network(part, strict=False)
            except ValueError:
                raise ValueError(f"holds {part!r}; addresses look like 10.0.0.1 or 10.0.0.0/8") from None
        return value

    @field_validator("mail_from")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        name, at, domain = value.rpartition("@")
        if not (name and at and "." in domain) or any(sign in value for sign in ' <>,;"\r\n'):
            raise ValueError("is an address alone, as in studio@bom.example")
        return value

    @field_validator("mail_smtp_security")
    @classmethod
    def _is_encrypted(cls, value: str, info: ValidationInfo) -> str:
        host = info.data.get("mail_smtp_host", "")
        if value == "none" and host not in {"", "localhost", "127.0.0.1", "::1"}:
            raise ValueError("must be starttls or tls for a server elsewhere: mails hold links that sign people in")
        return value

    @field_validator("secret")
    @classmethod
    def _is_long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < 32:
            raise ValueError("needs at least 32 characters, as `openssl rand -hex 32` prints")
        return value

    @field_validator("replicate_webhook_secret")
    @classmethod
    def _is_a_webhook_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            try:
                key = base64.b64decode(value.get_secret_value().removeprefix("whsec_"), validate=True)
            except ValueError:
                key = b""
            if len(key) < 24:  # what Standard Webhooks asks for
                raise ValueError("is not whsec_ and base64 of 24 bytes or more; copy it whole from Replicate")
        return value

    @property
    def database(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{self.data_dir / 'bom.db'}"

    @property
    def media(self) -> str:
        """Where files are kept, as a URL."""
        return self.media_url or f"file://{(self.data_dir / 'media').resolve()}"

    @property
    def deliveries_folder(self) -> Path:
        """Where films are put that are pushed."""
        return self.deliveries_dir or self.data_dir / "deliveries"

    @property
    def media_cache_dir(self) -> Path:
        """Where copies of files lie that are kept far away."""
        return self.data_dir / "media-cache"

    @property
    def recordings_dir(self) -> Path:
        """Where sound lies while it is recorded in the app, and after if its window went away."""
        return self.data_dir / "recordings"

    @property
    def outbox_dir(self) -> Path:
        """Where mails lie that go nowhere."""
        return self.data_dir / "outbox"

    @property
    def mails_reach_people(self) -> bool:
        """Whether a mail provider is set; else mails lie in the outbox."""
        return self.mail_resend_key is not None or bool(self.mail_smtp_host)

    @property
    def private_host_names(self) -> frozenset[str]:
        """The private hosts that events may be sent to."""
        return frozenset(name.strip().lower() for name in self.private_hosts.split(",") if name.strip())

    @property
    def is_https(self) -> bool:
        """Whether browsers reach the studio over TLS only."""
        return self.public_url.startswith("https://")

    @property
    def portal_address(self) -> str:
        """Where the portal is, its path included, for links in mails."""
        return self.portal_url or "http://localhost:3000"

    @property
    def portal_path(self) -> str:
        """The path that the portal lies under, as in /portal; empty at the root of its origin."""
        return urlsplit(self.portal_address).path

    @property
    def portal_origin(self) -> str:
        """The origin of the portal's pages, as browsers tell it."""
        return self.portal_address.removesuffix(self.portal_path)

    @property
    def portal_is_only_here(self) -> bool:
        """Whether the portal's address means this machine to whoever opens it, so that it leads clients nowhere."""
        return urlsplit(self.portal_address).hostname in {"localhost", "127.0.0.1", "::1"}

    @property
    def portal_origins(self) -> frozenset[str]:
        """The origins whose pages may call the portal's routes."""
        if self.portal_url:
            return frozenset({self.portal_origin})
        return frozenset({"http://localhost:3000", "http://127.0.0.1:3000"})

    @property
    def portal_is_https(self) -> bool:
        """Whether clients reach the portal over TLS only."""
        return self.portal_url.startswith("https://")

    @property
    def replicate_webhook_url(self) -> str | None:
        """Where Replicate tells that a picture is done; None where it cannot, and is asked instead."""
        if self.replicate_webhook_secret is None or not self.is_https:
            return None
        return f"{self.public_url}/api/webhooks/replicate"

    @property
    def render_cache_dir(self) -> Path:
        """Where the render cache lies."""
        return self.cache_dir or self.data_dir / "cache"

    @property
    def cache_limit_bytes(self) -> int:
        """The cache's size limit."""
        return int(self.cache_limit_gb * 1_000_000_000)


def signing_secret(settings: Settings) -> bytes:
    """The key that signs links and quotes: the one that is set, or the one in data/secret, made when first asked for.

    Two processes that ask at once get the same one.
    """
    if settings.secret is not None:
        return settings.secret.get_secret_value().encode()
    file = settings.data_dir / "secret"
    if not file.exists():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f"secret.{secrets.token_hex(8)}.unfinished")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
            made.write(secrets.token_hex(32))
        try:
            os.link(unfinished, file)  # unlike a rename, never replaces what another process made meanwhile
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return file.read_bytes().strip()


def load_settings() -> Settings:
    """The settings of this machine; a variable goes before the file. Raises ValidationError, naming the setting."""
    given: dict[str, str | None] = dict(os.environ)
    if Path(".env").is_file():
        from dotenv import dotenv_values

        given = {**dotenv_values(".env"), **given}
    names = {name: given.get(f"{PREFIX}{name.upper()}") for name in Settings.model_fields}
    return Settings.model_validate({name: value for name, value in names.items() if value})
