"""Code versions: what the engine's own code adds to the names of cached pieces.

Called by engine.render.film.
Law: a piece made by other code or with other fonts is never taken for one made by this code.
"""

import functools
import hashlib
from pathlib import Path

_ROOM = Path(__file__).parent.parent
_PICTURE_CODE = ("picture/*.py", "kernels/*.c", "film/encoder.py", "media/*.py", "fonts/*.ttf")
_SOUND_CODE = ("sound/*.py", "kernels/sound.c", "media/sounds.py")


@functools.cache
def picture_code_version() -> str:
    """A hash of the code and fonts that decide how a frame looks."""
    return _version(_PICTURE_CODE)


@functools.cache
def sound_code_version() -> str:
    """A hash of the code that decides how a soundtrack sounds."""
    return _version(_SOUND_CODE)


def _version(patterns: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(_ROOM.glob(pattern)):
            digest.update(path.name.encode())
            # A font's size tells two releases apart; reading 29 MB for each film would not be worth more.
            digest.update(str(path.stat().st_size).encode() if path.suffix == ".ttf" else path.read_bytes())
    return digest.hexdigest()
