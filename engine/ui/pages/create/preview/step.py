"""The Preview step: the film as it would be now, and all that is chosen for the whole of it.

Called by engine.ui.pages.create.steps. The address may name a moment to begin at (?at=12400, in milliseconds).
"""

import re
from collections.abc import Callable
from typing import Final, Literal, cast, get_args

import flet as ft

from api.schemas.cuts import CutOut, SafeZone
from api.schemas.videos import Format
from engine.ui.addresses import use_query
from engine.ui.chosen import chosen
from engine.ui.components.choice import choice
from engine.ui.components.player import Player
from engine.ui.components.states import empty, skeleton
from engine.ui.components.surfaces import card
from engine.ui.components.texts import text
from engine.ui.desk import Desk, Layout, use_desk, use_feed
from engine.ui.pages.create.preview.branding import Branding
from engine.ui.pages.create.preview.captions import Captions
from engine.ui.pages.create.preview.drafting import Drafting
from engine.ui.pages.create.preview.music import MusicPanel
from engine.ui.pages.create.preview.note_markers import NoteMarkers
from engine.ui.pages.create.preview.scene_timing import SceneTiming
from engine.ui.pages.create.preview.stage import Stage
from engine.ui.pages.create.preview.strip import Strip, edges_of
from engine.ui.pages.create.preview.transport import Transport
from engine.ui.pages.create.wizard import Wizard, scene_key, use_wizard
from engine.ui.theme import Role, space
from engine.ui.words import Words

Panel = Literal["scenes", "captions", "music", "branding"]
PANELS: Final[tuple[Panel, ...]] = get_args(Panel)
SEEN_PX: Final[dict[Layout, int]] = {"wide": space(118), "medium": space(100), "narrow": space(90)}
"""The side with the picture is as wide in every format, so that nothing else moves."""
NO_ZONE: Final = "none"
_MOMENT: Final = re.compile(r"\d{1,8}")
STEP_OF_PROBLEM: Final = {
    "video_empty": "script",
    "picture_missing": "visuals",
    "voice_missing": "audio",
    "voice_outdated": "audio",
    "voice_unsure": "audio",
}


def preview_lacks(_: Wizard, __: Words) -> str:
    """Whatever is missing is said in the steps before."""
    return ""


@ft.component
def PreviewStep() -> ft.Control:
    """The picture on one side, what can be chosen on the other, the film from left to right below."""
    desk, feed, wizard = use_desk(), use_feed(), use_wizard()
    words = desk.words
    asked_ms = use_query().get("at", "")
    player: Player = ft.use_memo(lambda: Player(position_ms=int(asked_ms) if _MOMENT.fullmatch(asked_ms) else 0), [])
    made: Drafting = ft.use_memo(lambda: Drafting(desk, wizard, player), [])
    drafting, _ = ft.use_state(made)
    first: Panel = "scenes"
    panel, set_panel = ft.use_state(first)
    zone_name, set_zone_name = ft.use_state(NO_ZONE)
    is_saved = wizard.save_state == "saved"

    async def catch_up() -> None:
        if is_saved:
            await drafting.catch_up()

    ft.use_effect(catch_up, [is_saved, feed.news])
    cut, options = drafting.cut, drafting.options
    if cut is None or options is None:
        return card(text(drafting.problem, color=Role.DANGER) if drafting.problem else skeleton(words, rows=8))
    if "video_empty" in cut.problems:
        return card(empty(words("preview.empty"), words("preview.empty_more"), ft.Icons.MOVIE_OUTLINED))
    zones = [zone for zone in options.safe_zones if zone.format == drafting.format]
    zone = next((zone for zone in zones if zone.platform == zone_name), None)
    run = ft.context.page.run_task
    edges = edges_of(cut.scenes, _shifts(wizard, cut))

    def shift(scene_id: str, shift_ms: int) -> None:
        wizard.change(scene_key(scene_id), {"cut_shift_ms": shift_ms}, "cut_shift", is_typing=True)

    def nudge(scene_id: str, by_ms: int) -> None:
        shifts = _shifts(wizard, cut)  # as it stands now: clicks come faster than drawings
        now_ms = shifts.get(scene_id, 0) + by_ms
        shift(scene_id, min(max(now_ms, -options.most_cut_shift_ms), options.most_cut_shift_ms))

    def show(name: Format) -> None:
        player.end_loop()
        drafting.frame = None
        run(drafting.show_format, name)

    seen = card(
        ft.Column(
            [Stage(drafting, zone), Transport(drafting, player)],
            spacing=space(3),
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        )
    )
    panels: dict[Panel, ft.Control] = {
        "scenes": SceneTiming(drafting, cut.scenes, edges, options.most_cut_shift_ms, shift, nudge),
        "captions": Captions(options),
        "music": MusicPanel(options),
        "branding": Branding(options),
    }
    shown = cast("Panel", panel)
    chosen = card(
        ft.Column(
            [
                _choices(desk, drafting, show, zones, zone_name, set_zone_name),
                _tabs(words, shown, set_panel),
                panels[shown],
            ],
            spacing=space(4),
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )
    )
    strip = Strip(
        cut.scenes,
        edges,
        cut.duration_ms,
        options.most_cut_shift_ms,
        player,
        lambda at_ms: run(drafting.seek, at_ms),
        shift,
    )
    notes = NoteMarkers(cut.duration_ms, lambda at_ms: run(drafting.seek, at_ms))
    top: ft.Control
    if desk.layout == "narrow":
        top = ft.Column(
            [seen, notes, strip, chosen], spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH
        )
        return ft.Column([*_problems(desk, wizard, cut), top], spacing=space(4))
    top = ft.Row(
        [ft.Container(seen, width=SEEN_PX[desk.layout]), ft.Container(chosen, expand=True)],
        spacing=space(4),
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    keys = text(words("preview.keys"), "caption", Role.MUTED)
    return ft.Column(
        [*_problems(desk, wizard, cut), top, notes, strip, keys],
        spacing=space(4),
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _shifts(wizard: Wizard, cut: CutOut) -> dict[str, int]:
    """What is shown of each scene's cut, saved or not."""
    keys = {scene.scene_id: scene_key(scene.scene_id) for scene in cut.scenes}
    return {
        scene_id: cast("int", wizard.shown(key, "cut_shift_ms")) for scene_id, key in keys.items() if wizard.holds(key)
    }


def _choices(
    desk: Desk,
    drafting: Drafting,
    show: Callable[[Format], None],
    zones: list[SafeZone],
    zone_name: str,
    choose_zone: Callable[[str], None],
) -> ft.Control:
    """The format, and which app's buttons are laid over it."""
    words = desk.words
    assert drafting.options is not None
    formats = ft.SegmentedButton(
        segments=[ft.Segment(value=option.name, label=text(option.name)) for option in drafting.options.formats],
        selected=[drafting.format],
        show_selected_icon=False,
        on_change=lambda event: show(cast("Format", chosen(event))),
    )
    names = [(NO_ZONE, words("preview.no_zone"))]
    names += [(zone.platform, words.named("platform", zone.platform)) for zone in zones]
    known = zone_name if zone_name in dict(names) else NO_ZONE
    picker = ft.Container(choice(words("preview.zone"), known, names, choose_zone, is_dense=True), width=space(40))
    return ft.Row([formats, picker], spacing=space(3), wrap=True, run_spacing=space(2))


def _tabs(words: Words, shown: Panel, show: Callable[[Panel], None]) -> ft.Control:
    return ft.SegmentedButton(
        segments=[ft.Segment(value=name, label=text(words.named("panel", name))) for name in PANELS],
        selected=[shown],
        show_selected_icon=False,
        on_change=lambda event: show(cast("Panel", chosen(event))),
    )


def _problems(desk: Desk, wizard: Wizard, cut: CutOut) -> list[ft.Control]:
    """What is not right yet, each with the way to the step where it is mended."""
    words = desk.words
    rows: list[ft.Control] = []
    for problem in cut.problems:
        step = STEP_OF_PROBLEM[problem]
        name = words("preview.to_step", step=words(f"step.{step}"))
        go = ft.TextButton(name, on_click=lambda _, step=step: desk.go(f"/create/{wizard.video_id}/{step}"))
        mark = ft.Icon(ft.Icons.INFO_OUTLINE, color=Role.CAUTION, size=space(5))
        rows.append(ft.Row([mark, text(words.named("cut_problem", problem), expand=True), go], spacing=space(2)))
    return [ft.Column(rows, spacing=0)] if rows else []
