"""The voices of a video: every one is kept, and one of them is heard.

Called by the Audio step.
"""

from collections.abc import Callable

import flet as ft

from api.schemas.videos import TakeOut
from engine.ui.components.actions import icon_action
from engine.ui.components.player import Player
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.notation import STUDIO_ZONE, day
from engine.ui.theme import Role, space
from engine.ui.timecode import length


@ft.component
def VoiceTakes(
    takes: tuple[TakeOut, ...], chosen_id: str | None, player: Player, choose: Callable[[str], None]
) -> ft.Control:
    """The newest first. player: of what is listened to here, which is not always what is chosen."""
    desk = use_desk()
    heard_id, set_heard_id = ft.use_state("")
    run = ft.context.page.run_task

    async def listen(take: TakeOut) -> None:
        if heard_id == take.id:
            await player.toggle()
            return
        player.begin_anew()
        set_heard_id(take.id)

    rows: list[ft.Control] = []
    for take in takes:
        rows += [divider()] if rows else []
        is_heard = heard_id == take.id and player.is_playing
        rows.append(_row(desk, take, take.id == chosen_id, is_heard, lambda take=take: run(listen, take), choose))  # type: ignore[misc]  # bound now
    heard = next((take for take in takes if take.id == heard_id), None)
    if heard is not None:
        rows.append(player.sound(heard.file_url))
    return titled_card(desk.words("audio.takes"), ft.Column(rows, spacing=space(2)))


def _row(
    desk: Desk,
    take: TakeOut,
    is_chosen: bool,
    is_heard: bool,
    listen: Callable[[], object],
    choose: Callable[[str], None],
) -> ft.Control:
    words = desk.words
    made_at = take.created_at.astimezone(STUDIO_ZONE)
    name = words("audio.take_draft") if take.source == "offline" else take.file_name
    facts = f"{day(made_at.date(), words)} {made_at:%H:%M}"
    if take.duration_ms is not None:
        facts = f"{facts} · {length(take.duration_ms)}"
    play_name = words("audio.pause_take" if is_heard else "audio.play_take", name=name)
    chosen: ft.Control = (
        ft.Row(
            [ft.Icon(ft.Icons.CHECK, color=Role.POSITIVE, size=space(5)), text(words("audio.chosen"), "strong")],
            spacing=space(1),
            tight=True,
        )
        if is_chosen
        else ft.OutlinedButton(
            content=ft.Text(words("audio.choose"), semantics_label=words("audio.choose_take", name=name)),
            on_click=lambda _: choose(take.id),
        )
    )
    return ft.Row(
        [
            icon_action(ft.Icons.PAUSE if is_heard else ft.Icons.PLAY_ARROW_ROUNDED, play_name, listen),
            ft.Column(
                [text(name, "strong", lines=1), text(facts, "caption", Role.MUTED, lines=1)], spacing=0, expand=True
            ),
            chosen,
        ],
        spacing=space(3),
    )
