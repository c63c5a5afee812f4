"""Logo cache: a brand's logo decoded once for a size.

Called by engine.render.export.
"""

import hashlib
from pathlib import Path

import numpy as np

from engine.render.film.cache import RenderCache
from engine.render.film.fingerprints import fingerprint
from engine.render.media.logos import load_logo
from engine.render.picture.frames import Plane
from engine.render.timeline import Logo


class CachedLogos:
    """Loads logos through the render cache."""

    def __init__(self, cache: RenderCache) -> None:
        self._cache = cache

    def content(self, logo: Logo | None) -> str:
        """What names the logo's pixels: its bytes' hash, or "" where there is no logo."""
        return "" if logo is None else fingerprint(logo.path, self._cache)

    def load(self, logo: Logo, box_width: int, box_height: int) -> Plane:
        """The logo's pixels as engine.render.media.logos.load_logo gives them. Raises MediaRefused."""
        key = f"{self.content(logo)} {box_width}x{box_height}"
        name = f"logo-{hashlib.sha256(key.encode()).hexdigest()}.npy"
        if found := self._cache.find(name):
            pixels: Plane = np.load(found, allow_pickle=False)
            return pixels
        pixels = load_logo(Path(logo.path), box_width, box_height)
        with self._cache.writing(name) as unfinished, unfinished.open("wb") as file:
            np.save(file, pixels, allow_pickle=False)
        return pixels
