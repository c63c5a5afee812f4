"""The Export step: which formats, how finely, and the films that there are.

Called by engine.ui.pages.create.steps.
"""

from collections.abc import Callable
from typing import Final, cast

import flet as ft

from api.schemas.cuts import CutOptions, CutOut
from api.schemas.jobs import JobOut
from api.schemas.videos import ExportIn, ExportOut, Format, Quality
from engine.ui.client.cuts import frame_address
from engine.ui.components.choice import choice
from engine.ui.components.states import Trouble, empty, skeleton
from engine.ui.components.surfaces import card, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.pages.create.asking import use_asking
from engine.ui.pages.create.export.films import Films
from engine.ui.pages.create.export.sending import Sending
from engine.ui.pages.create.preview.stage import fitted
from engine.ui.pages.create.wizard import Wizard, use_wizard
from engine.ui.theme import FOCUS_RING, HAIRLINE, Radius, Role, space
from engine.ui.words import Words

SHOWN_AT: Final = 0.35
"""Of the film: the frame that shows what a format looks like is seldom in a transition there."""
PICTURE_ROOM: Final = (space(48), space(56))
NARROW_ROOM: Final = (space(21), space(38))
BLOCKING: Final = frozenset({"video_empty", "voice_outdated"})


def export_lacks(wizard: Wizard, words: Words) -> str:
    """A video without a finished film lacks one."""
    return "" if wizard.video.status in {"ready", "delivered"} else words("export.lacks")


@ft.component
def ExportStep() -> ft.Control:
    """Loaded again whenever something happens in the studio, and once all is saved."""
    desk, feed, wizard = use_desk(), use_feed(), use_wizard()
    api, video_id = desk.api, wizard.video_id

    async def load() -> tuple[CutOut, CutOptions, list[ExportOut]]:
        await wizard.all_saved()
        return await api.cut(video_id), await api.cut_options(), (await api.exports(video_id)).items

    match use_loaded(load, feed.news, wizard.save_state == "saved"):
        case Waiting():
            return card(skeleton(desk.words, rows=8))
        case Failed() as failed:
            return card(Trouble(failed))
        case Loaded((cut, _, _)) if "video_empty" in cut.problems:
            return card(empty(desk.words("preview.empty"), desk.words("preview.empty_more"), ft.Icons.MOVIE_OUTLINED))
        case Loaded((cut, options, films)):
            return OpenExport(cut, options, films)


@ft.component
def OpenExport(cut: CutOut, options: CutOptions, films: list[ExportOut]) -> ft.Control:
    """The formats with a frame of each, and one button for all that are chosen."""
    desk, wizard = use_desk(), use_wizard()
    words = desk.words
    everything: object = frozenset(option.name for option in options.formats)
    chosen, set_chosen = ft.use_state(everything)
    wanted_quality, set_quality = ft.use_state("standard")
    nothing: tuple[ExportOut, ...] = ()
    more, set_more = ft.use_state(nothing)
    asking = use_asking()
    picked = cast("frozenset[Format]", chosen)
    quality = cast("Quality", wanted_quality)
    run = ft.context.page.run_task

    async def wish(intent: str) -> list[JobOut]:
        jobs = []
        for option in options.formats:
            if option.name in picked:
                wanted = ExportIn(format=option.name, quality=quality)
                asked = await desk.api.ask_export(wizard.video_id, wanted, f"{intent}-{option.draft_width}")
                jobs.append(asked.job)
                set_more(lambda before, export=asked.export: (export, *before))  # type: ignore[misc]  # bound now
        return jobs

    def toggle(name: Format) -> None:
        # Of the newest: the next click may come before this one is drawn.
        set_chosen(lambda before: cast("frozenset[Format]", before) ^ {name})

    problems = [problem for problem in cut.problems if problem in BLOCKING]
    count = len(picked)
    button = ft.FilledButton(
        words("export.go_one") if count == 1 else words("export.go", count=count),
        icon=ft.Icons.MOVIE_CREATION_OUTLINED,
        disabled=asking.is_busy or not picked or bool(problems),
        on_click=lambda _: run(asking.ask, wish),
    )
    qualities = [(name, words.named("quality", name)) for name in options.qualities]
    picker = ft.Container(
        choice(words("export.quality"), quality, qualities, set_quality, is_dense=True), width=space(56)
    )
    parts: list[ft.Control] = [
        ft.Row(
            [_format(desk, wizard, cut, option.name, option.name in picked, toggle) for option in options.formats],
            spacing=space(4) if desk.layout != "narrow" else space(2),
            vertical_alignment=ft.CrossAxisAlignment.END,
        ),
        ft.Row([picker, button], spacing=space(3), wrap=True, run_spacing=space(3)),
    ]
    told = asking.problem or next((words.named("cut_problem", problem) for problem in problems), "")
    if told:
        parts.append(ft.Semantics(live_region=True, content=text(told, color=Role.DANGER)))
    making = titled_card(words("export.formats"), ft.Column(parts, spacing=space(4)))
    known = {film.id for film in films}
    listed = (*(film for film in more if film.id not in known), *films)
    return ft.Column(
        [making, Films(listed), Sending(listed)],
        spacing=space(4),
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _format(
    desk: Desk, wizard: Wizard, cut: CutOut, name: Format, is_picked: bool, toggle: Callable[[Format], None]
) -> ft.Control:
    """A real frame in this format's crop, and whether it is wanted."""
    words = desk.words
    width, height = fitted(name, NARROW_ROOM if desk.layout == "narrow" else PICTURE_ROOM)
    at_ms = round(cut.duration_ms * SHOWN_AT)
    picture = ft.Image(
        src=frame_address(wizard.video_id, name, at_ms, cut.cut_sha256),
        width=width,
        height=height,
        fit=ft.BoxFit.COVER,
        exclude_from_semantics=True,
        gapless_playback=True,
        error_content=ft.Container(bgcolor=Role.LINE),
    )
    frame = ft.Container(
        picture,
        width=width,
        height=height,
        bgcolor=Role.LINE,
        border_radius=Radius.SMALL,
        clip_behavior=ft.ClipBehavior.HARD_EDGE,
        on_click=lambda _: toggle(name),
    )
    ring = ft.Container(
        frame,
        padding=space(1),
        border_radius=Radius.MEDIUM,
        border=ft.Border.all(FOCUS_RING if is_picked else HAIRLINE, Role.ACCENT if is_picked else Role.LINE),
    )
    box = ft.Checkbox(
        label=name if desk.layout == "narrow" else f"{name} {words.named('format', name.replace(':', 'x'))}",
        value=is_picked,
        on_change=lambda _: toggle(name),
    )
    return ft.Column([ft.Semantics(exclude_semantics=True, content=ring), box], spacing=space(1), tight=True)
