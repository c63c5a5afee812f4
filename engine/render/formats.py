"""Formats: the canvases that a film is rendered for, and how finely.

Called by engine.cli and every room of engine.render that draws or encodes.
"""

from dataclasses import dataclass
from typing import Literal, get_args

FormatName = Literal["9:16", "1:1", "16:9"]
FORMAT_NAMES: tuple[FormatName, ...] = get_args(FormatName)

Preset = Literal["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"]
PRESETS: tuple[Preset, ...] = get_args(Preset)


@dataclass(frozen=True, slots=True)
class Canvas:
    """A picture size in pixels, both even, and the format whose shape it has."""

    format: FormatName
    width: int
    height: int

    @property
    def shorter_side(self) -> int:
        """Sizes of text and marks are fractions of this."""
        return min(self.width, self.height)


@dataclass(frozen=True, slots=True)
class Insets:
    """Fractions of the canvas that apps cover with their own buttons and text."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Quality:
    """x264's preset and constant rate factor (0 best, 51 worst)."""

    preset: Preset = "veryfast"
    crf: int = 20


FULL: dict[FormatName, Canvas] = {
    "9:16": Canvas("9:16", 1080, 1920),
    "1:1": Canvas("1:1", 1080, 1080),
    "16:9": Canvas("16:9", 1920, 1080),
}
DRAFT: dict[FormatName, Canvas] = {
    "9:16": Canvas("9:16", 360, 640),
    "1:1": Canvas("1:1", 360, 360),
    "16:9": Canvas("16:9", 640, 360),
}
DRAFT_QUALITY = Quality("ultrafast", 26)


def _on_phone(left: int, top: int, right: int, bottom: int) -> Insets:
    """From pixels of 1080 x 1920."""
    return Insets(left / 1080, top / 1920, right / 1080, bottom / 1920)


# Guides of 2026; phones and versions differ. Advertisements in Reels want 35% free below; the studio makes none.
PLATFORM_INSETS: dict[str, dict[FormatName, Insets]] = {
    "tiktok": {"9:16": _on_phone(left=60, top=130, right=140, bottom=384)},
    "reels": {"9:16": _on_phone(left=65, top=270, right=65, bottom=384)},
    "shorts": {"9:16": _on_phone(left=48, top=200, right=120, bottom=480)},
    "feed": {"1:1": Insets(left=0.06, top=0.06, right=0.06, bottom=0.08)},
    "youtube": {"16:9": Insets(left=0.05, top=0.05, right=0.05, bottom=0.08)},
}
"""What each app covers of a format that is made for it."""


def _widest(name: FormatName) -> Insets:
    on_all = [insets[name] for insets in PLATFORM_INSETS.values() if name in insets]
    return Insets(
        max(insets.left for insets in on_all),
        max(insets.top for insets in on_all),
        max(insets.right for insets in on_all),
        max(insets.bottom for insets in on_all),
    )


SAFE_INSETS: dict[FormatName, Insets] = {name: _widest(name) for name in FORMAT_NAMES}
"""What any of them covers: captions and logos keep inside."""


def slug_of(name: FormatName) -> str:
    """The format as file names spell it: 9x16."""
    return name.replace(":", "x")


def format_named(name: str) -> FormatName:
    """The format that people write as 9:16 or 9x16. Raises ValueError with a sentence that lists the formats."""
    for known in FORMAT_NAMES:
        if name.strip().lower() in {known, slug_of(known)}:
            return known
    raise ValueError(f"There is no format '{name}'. Choose one of {', '.join(FORMAT_NAMES)}.")
