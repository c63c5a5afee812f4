"""The timeline keeps what it is given, and says in words what it cannot take."""

import json
from pathlib import Path

import pytest

from engine.render.timeline import (
    Box,
    Brand,
    ClipSource,
    Crop,
    ImageSource,
    Motion,
    Scene,
    Timeline,
    TimelineInvalid,
    Transition,
    Word,
    parse_timeline,
)


def film(*scenes: Scene, **rest: object) -> Timeline:
    return Timeline.model_validate({"title": "Zomer", "scenes": scenes, **rest})


def scene(name: str, frames: int = 60, **rest: object) -> Scene:
    return Scene.model_validate(
        {"id": name, "source": ImageSource(path=Path("a.jpg")), "duration_frames": frames, **rest}
    )


def test_a_timeline_comes_back_from_json_unchanged() -> None:
    written = film(
        scene(
            "een",
            motion=Motion(start=Crop(zoom=1.0), end=Crop(zoom=1.2, x=0.4)),
            focus=Box(x=0.1, y=0, width=0.5, height=1),
        ),
        scene("twee", source=ClipSource(path=Path("zee.mp4"), trim_start_frames=12), text="Strand's einde 🌊"),
        words=(Word(text="Strand's", start_ms=10, end_ms=400),),
    )

    assert parse_timeline(written.model_dump_json()) == written


def test_scenes_start_where_the_ones_before_them_end() -> None:
    timeline = film(
        scene("a", 30, transition=Transition(kind="crossfade", duration_frames=15)), scene("b", 45), scene("c", 1)
    )

    assert timeline.scene_starts == (0, 30, 75)
    assert timeline.duration_frames == 76


def test_a_wrong_field_is_named_with_its_scene() -> None:
    raw = json.loads(film(scene("een"), scene("opening")).model_dump_json())
    raw["scenes"][1]["duration_frames"] = 0
    raw["scenes"][0]["motion"] = {"start": {"zoom": 9}, "end": {}}

    with pytest.raises(TimelineInvalid) as refusal:
        parse_timeline(json.dumps(raw))

    assert any(p.startswith("Scene 1 (een): motion.start.zoom:") for p in refusal.value.problems)
    assert any(p.startswith("Scene 2 (opening): duration_frames:") for p in refusal.value.problems)


def test_transitions_that_need_more_frames_than_their_scene_has_are_refused() -> None:
    slow = Transition(kind="crossfade", duration_frames=30)

    with pytest.raises(TimelineInvalid, match=r"Scene 2 \(kort\).*duration_frames is 20.*need 30"):
        parse_timeline(
            Timeline.model_construct(
                title="x", scenes=(scene("a", transition=slow), scene("kort", 20, transition=slow), scene("c"))
            ).model_dump_json()
        )


def test_a_timeline_of_a_newer_engine_asks_for_an_update() -> None:
    raw = json.loads(film(scene("een")).model_dump_json()) | {"schema_version": 7}

    with pytest.raises(TimelineInvalid, match=r"schema version 7.*Update the engine"):
        parse_timeline(json.dumps(raw))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"title": "x"}', '{"schema_version": "1"}'])
def test_what_is_no_timeline_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(TimelineInvalid) as refusal:
        parse_timeline(text)

    assert all(problem.endswith(".") for problem in refusal.value.problems)


def test_two_scenes_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="id 'een' is used by an earlier scene too"):
        film(scene("een"), scene("een"))


def test_the_default_brand_is_the_design_systems() -> None:
    tokens = json.loads((Path(__file__).parents[2] / "design" / "tokens.json").read_text())
    light = tokens["colours"]["light"]
    brand = Brand()

    assert (brand.accent, brand.on_accent, brand.ground, brand.ink) == (
        light["accent"],
        light["on_accent"],
        light["ground"],
        light["ink"],
    )
    assert (brand.fonts.display, brand.fonts.text) == (tokens["faces"]["display"], tokens["faces"]["text"])
