"""Drafts on the wire: a small, quick film of the cut as it is now."""

from pydantic import Field

from api.schemas.assets import Url
from api.schemas.fields import Given, Revision, Shown
from api.schemas.videos import Format


class DraftIn(Given):
    """Which format to look at."""

    format: Format = "9:16"


class DraftOut(Shown):
    """A preview. It is kept for a day at least, and made again in a moment."""

    url: Url
    format: Format
    width: int
    height: int
    fps: int
    frames: int
    duration_ms: int
    revision: Revision = Field(description="Of the cut.")
    cut_sha256: str = Field(description="Of the cut that it shows; another one in GET …/cut means: ask a new draft.")
    reused_share: float = Field(description="0 to 1: how much was there already.", examples=[0.9])
