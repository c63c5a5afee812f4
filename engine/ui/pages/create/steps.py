"""Steps: the steps of the wizard, in their order.

Called by the frame. A step is a component without arguments that reads `use_wizard()`; it stands in a page that
scrolls. Its slug is its address (/create/{video_id}/{slug}) and its word (`step.{slug}`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import flet as ft

from api.schemas.videos import VideoRow, VideoStatus
from engine.ui.pages.create.audio.step import AudioStep, audio_lacks
from engine.ui.pages.create.export.step import ExportStep, export_lacks
from engine.ui.pages.create.preview.step import PreviewStep, preview_lacks
from engine.ui.pages.create.review.step import ReviewStep, review_lacks
from engine.ui.pages.create.script import ScriptStep, script_lacks
from engine.ui.pages.create.visuals.page import VisualsStep, visuals_lack
from engine.ui.pages.create.wizard import Wizard
from engine.ui.words import Words


@dataclass(frozen=True)
class Step:
    """One step. lacks: what is still missing in it, in a few words; empty: nothing."""

    slug: str
    component: Callable[[], ft.Control]
    lacks: Callable[[Wizard, Words], str]


STEPS: Final[tuple[Step, ...]] = (
    Step("script", ScriptStep, script_lacks),
    Step("visuals", VisualsStep, visuals_lack),
    Step("audio", AudioStep, audio_lacks),
    Step("preview", PreviewStep, preview_lacks),
    Step("export", ExportStep, export_lacks),
    Step("review", ReviewStep, review_lacks),
)


GOES_ON_AT: Final[dict[VideoStatus, str]] = {
    "scripting": "script",
    "generating": "visuals",
    "rendering": "export",
    "ready": "export",
    "delivered": "export",
}


def step_named(slug: str | None) -> Step:
    """The step with this slug, else the first."""
    return next((step for step in STEPS if step.slug == slug), STEPS[0])


def path_to_go_on(video: VideoRow) -> str:
    """Where work on this video goes on."""
    return path_of(video.id, step_named(GOES_ON_AT[video.status]))


def path_of(video_id: str, step: Step) -> str:
    """The step's address."""
    return f"/create/{video_id}/{step.slug}"
