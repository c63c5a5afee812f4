"""Transitions: two pictures become one, share by share.

Called by engine.render.picture.compositor. A pure function of two frames and a share from 0 (first) to 1 (second).
"""

from engine.render.picture.frames import Frame
from engine.render.timeline import Transition


def cross(first: Frame, second: Frame, transition: Transition, share: float, dip: tuple[int, int, int]) -> None:
    """Draw the transition into `first`; `second` may be changed. share: 0 to 1. dip: a dip's colour in Y, U, V."""
    match transition.kind:
        case "cut":
            if share >= 0.5:
                first.copy_from(second)
        case "crossfade":
            first.mix(second, _soft(share))
        case "slide":
            _push(first, second, transition.direction, _soft(share))
        case "dip":
            _dip(first, second, share, dip)


def _soft(share: float) -> float:
    """Smoothstep: a move that starts and stops gently."""
    return share * share * (3 - 2 * share)


def _dip(first: Frame, second: Frame, share: float, colour: tuple[int, int, int]) -> None:
    """The first picture sinks into the colour, the second one rises out of it."""
    ground = Frame(first.width, first.height)
    ground.fill(colour)
    if share < 0.5:
        first.mix(ground, _soft(share * 2))
    else:
        first.copy_from(second)
        first.mix(ground, _soft(2 - share * 2))


def _push(first: Frame, second: Frame, direction: str, share: float) -> None:
    """The second picture pushes the first one out of the canvas."""
    across = direction in {"left", "right"}
    length = first.width if across else first.height
    gone = min(length, round(share * length / 2) * 2)  # whole chroma samples
    for target, source, shrink in ((first.y, second.y, 1), (first.u, second.u, 2), (first.v, second.v, 2)):
        old, new = (target.T, source.T) if across else (target, source)
        moved, size = gone // shrink, length // shrink
        if direction in {"left", "up"}:
            old[: size - moved] = old[moved:].copy()
            old[size - moved :] = new[:moved]
        else:
            old[moved:] = old[: size - moved].copy()
            old[:moved] = new[size - moved :]
