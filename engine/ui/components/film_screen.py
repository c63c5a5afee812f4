"""Film screen: a finished film, a button to play it, and where it is.

Called by the Export step and the library.
"""

import flet as ft

from engine.ui.components.actions import icon_action
from engine.ui.components.player import Player
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.theme import Radius, Role, space
from engine.ui.timecode import length


@ft.component
def FilmScreen(address: str, size: tuple[int, int], player: Player, align: ft.CrossAxisAlignment) -> ft.Control:
    """address: where the film is played from. align: of what stands below the picture."""
    words = use_desk().words
    run = ft.context.page.run_task
    width, height = size
    name = words("player.pause" if player.is_playing else "player.play")
    icon = ft.Icons.PAUSE if player.is_playing else ft.Icons.PLAY_ARROW_ROUNDED
    said = f"{length(player.position_ms)} / {length(player.duration_ms)}"
    controls = ft.Row([icon_action(icon, name, lambda: run(player.toggle)), text(said, color=Role.MUTED)], tight=True)
    picture = ft.Container(
        player.film(address, width=width, height=height),
        border_radius=Radius.SMALL,
        clip_behavior=ft.ClipBehavior.HARD_EDGE,
        width=width,
        height=height,
    )
    parts: list[ft.Control] = [picture, controls]
    if player.is_broken:
        parts.append(text(words("player.broken"), color=Role.DANGER))
    return ft.Column(parts, spacing=space(1), tight=True, horizontal_alignment=align)
