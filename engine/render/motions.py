"""Motions: the slow moves that a picture can be given by name.

Called by automations.storyboard, which gives them out in turn, and by api.routers.cuts, which lists them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.render.timeline import Crop, Motion

# Slow enough that nobody notices why the picture lives: 8 to 12% over a scene of five seconds.
MOTIONS: Final[Mapping[str, Motion]] = MappingProxyType(
    {
        "zoom_in": Motion(start=Crop(zoom=1.0), end=Crop(zoom=1.12)),
        "zoom_out": Motion(start=Crop(zoom=1.12), end=Crop(zoom=1.0)),
        "pan_right": Motion(start=Crop(zoom=1.1, x=0.4), end=Crop(zoom=1.1, x=0.6)),
        "pan_left": Motion(start=Crop(zoom=1.1, x=0.6), end=Crop(zoom=1.1, x=0.4)),
        "rise": Motion(start=Crop(zoom=1.02, y=0.46), end=Crop(zoom=1.14, y=0.44)),
        "still": Motion(),
    }
)
"""Of pictures; a clip moves by itself."""
