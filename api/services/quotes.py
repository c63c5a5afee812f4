"""Quotes: which pictures a video's scenes would get, priced before anybody orders one.

Called by api.routers.quotes. Law: what a quote says will be made is what is ordered once somebody said yes.
"""

from collections.abc import Sequence
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy.orm import Session

from engine.core.brand_kits import get_brand_kit
from engine.core.costs.quotes import Wanted, make_quote
from engine.core.errors import Invalid
from engine.core.models import Quote, Scene, UsageKind, Video
from engine.core.videos import scenes_of
from engine.providers.images import Aspect, ImageRequest

UNIT = "image"


def quote_pictures(
    session: Session,
    video: Video,
    *,
    provider: str,
    model: str,
    scene_ids: Sequence[str],
    aspect: Aspect,
    seed: int | None,
    at: datetime,
) -> Quote:
    """A quote for one picture a scene. Raises UnknownPrice, UnknownRate, Invalid (not a scene of this video)."""
    scenes = {scene.id: scene for scene in scenes_of(session, video.id)}
    unknown = [scene_id for scene_id in scene_ids if scene_id not in scenes]
    if unknown or len(set(scene_ids)) != len(scene_ids):
        raise Invalid("Name scenes of this video, each once. Load the video again.", field="scene_ids")
    style = get_brand_kit(session, video.client_id).picture_style
    wanted = [
        Wanted(
            scene_id=scene_id,
            provider=provider,
            model=model,
            unit=UNIT,
            request=_request(scenes[scene_id], model, aspect, style, seed).model_dump(
                mode="json", exclude={"model"}, exclude_none=True
            ),
        )
        for scene_id in scene_ids
    ]
    return make_quote(session, video, UsageKind.IMAGE, wanted, at=at)


def _request(scene: Scene, model: str, aspect: Aspect, style: str, seed: int | None) -> ImageRequest:
    try:
        return ImageRequest(prompt=scene.prompt or scene.text, model=model, aspect=aspect, style=style[:500], seed=seed)
    except ValidationError:
        raise Invalid(
            f"Scene {scene.position + 1} has no words that a picture can be made of, or too many. Give it a prompt.",
            field="scene_ids",
        ) from None
