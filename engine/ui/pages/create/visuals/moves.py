"""Moves: how a scene's picture moves, and how the scene gives way to the next one.

Called by engine.ui.pages.create.visuals.editor. What there is to choose the studio's renderer says.
"""

from collections.abc import Callable
from typing import Final

import flet as ft
from pydantic import JsonValue

from api.schemas.cuts import CutOptions
from api.schemas.videos import Motion, SceneOut
from engine.ui.components.choice import choice
from engine.ui.desk import Desk, use_desk
from engine.ui.loading import Loaded, use_loaded
from engine.ui.theme import space

BY_ITSELF: Final = "auto"
"""Nothing chosen: the studio gives motions out in turn, and cuts."""
LENGTHS_FRAMES: Final = {"short": 8, "normal": 15, "long": 30}
Keep = Callable[[str, JsonValue], None]
"""Takes the name of a scene's field and its new value."""
CHOICE_WIDTH: Final = space(46)


@ft.component
def Moves(scene: SceneOut, keep: Keep) -> ft.Control:
    """Choices beside each other; what a kind of transition does not have is not asked."""
    desk = use_desk()
    match use_loaded(desk.api.cut_options):
        case Loaded(options):
            return move_choices(desk, scene, options, keep)
        case _:
            return ft.Container()


def move_choices(desk: Desk, scene: SceneOut, options: CutOptions, keep: Keep) -> ft.Control:
    """Motion, transition, and how the latter goes."""
    words = desk.words
    transition = scene.transition or {}
    kind = str(transition.get("kind", BY_ITSELF))
    kinds = {option.kind: option for option in options.transitions}

    def choose_motion(name: str) -> None:
        motion = next((option.motion for option in options.motions if option.name == name), None)
        keep("motion", motion.model_dump(mode="json") if motion else None)

    def choose_transition(**changes: JsonValue) -> None:
        before: dict[str, JsonValue] = {"kind": "cut", "duration_frames": LENGTHS_FRAMES["normal"], "direction": "left"}
        chosen = {**before, **transition, **changes}
        if chosen["kind"] == "cut":
            chosen["duration_frames"] = 0
        elif not chosen["duration_frames"]:
            chosen["duration_frames"] = LENGTHS_FRAMES["normal"]
        keep("transition", None if changes.get("kind") == BY_ITSELF else chosen)

    parts: list[ft.Control] = [
        _sized(
            choice(
                words("visuals.motion"),
                motion_name(scene.motion, options),
                [
                    (BY_ITSELF, words("motion.auto")),
                    *((option.name, words.named("motion", option.name)) for option in options.motions),
                ],
                choose_motion,
                is_dense=True,
            )
        ),
        _sized(
            choice(
                words("visuals.transition"),
                kind,
                [(BY_ITSELF, words("transition.auto")), *((one, words.named("transition", one)) for one in kinds)],
                lambda value: choose_transition(kind=value),
                is_dense=True,
            )
        ),
    ]
    if kind in kinds and kind != "cut":
        frames = int(str(transition.get("duration_frames", 0)))
        nearest = min(LENGTHS_FRAMES, key=lambda name: abs(LENGTHS_FRAMES[name] - frames))
        lengths = [(name, words(f"length.{name}")) for name in LENGTHS_FRAMES]
        parts.append(
            _sized(
                choice(
                    words("visuals.length"),
                    nearest,
                    lengths,
                    lambda value: choose_transition(duration_frames=LENGTHS_FRAMES[value]),
                    is_dense=True,
                )
            )
        )
        if kinds[kind].has_direction:
            directions = [(one, words.named("direction", one)) for one in options.transition_directions]
            direction = str(transition.get("direction", "left"))
            parts.append(
                _sized(
                    choice(
                        words("visuals.direction"),
                        direction,
                        directions,
                        lambda value: choose_transition(direction=value),
                        is_dense=True,
                    )
                )
            )
    return ft.Row(parts, spacing=space(3), run_spacing=space(3), wrap=True)


def motion_name(motion: "dict[str, JsonValue] | None", options: CutOptions) -> str:
    """What a kept motion is called; BY_ITSELF where none was chosen, and for one that has no name."""
    if motion is None:
        return BY_ITSELF
    kept = Motion.model_validate(motion)
    return next((option.name for option in options.motions if option.motion == kept), BY_ITSELF)


def _sized(control: ft.Control) -> ft.Control:
    return ft.Container(control, width=CHOICE_WIDTH)
