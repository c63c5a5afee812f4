"""Versions: where the one that is shown stands, what the client does with it, and all of this video.

Called by the Review step.
"""

from collections.abc import Sequence
from typing import Final

import flet as ft

from api.schemas.clients import ContactOut
from api.schemas.reviews import DecisionOut, VersionOut, VersionRow
from engine.ui.components.acting import use_act
from engine.ui.components.forms import Sure, buttons
from engine.ui.components.surfaces import dot, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.notation import moment
from engine.ui.theme import Radius, Role, space
from engine.ui.words import Words

COLOURS: Final = {
    "waiting": Role.CAUTION,
    "deciding": Role.INFO,
    "approved": Role.POSITIVE,
    "changes_requested": Role.CAUTION,
}
LOCAL: Final = "http://localhost"


@ft.component
def VersionCard(version: VersionOut, contacts: Sequence[ContactOut]) -> ft.Control:
    """Who sent it, how it stands, what was decided; and what the client sees."""
    desk, act = use_desk(), use_act()
    words = desk.words
    when = moment(version.sent_at, words)
    sent = (
        words("version.sent", name=version.sent_by_name, when=when)
        if version.sent_by_name
        else words("version.sent_unknown", when=when)
    )
    parts: list[ft.Control] = [
        ft.Semantics(live_region=True, content=_state(version, words)),
        text(sent, "caption", Role.MUTED),
    ]
    if version.message:
        parts.append(text(f"“{version.message}”"))
    if version.decision is not None:
        parts += _decided(version.decision, version.state, words)
    elif version.state == "waiting":
        parts.append(text(seen_since(version, contacts, words), "caption", Role.MUTED))
    if version.newest_version_id != version.id:
        parts.append(_newer(desk, version))

    async def revoke() -> str:
        await desk.api.revoke_links(version.id)
        return words("version.revoked")

    see = ft.OutlinedButton(
        words("version.as_client"),
        icon=ft.Icons.OPEN_IN_NEW,
        on_click=lambda _: ft.context.page.run_task(
            ft.UrlLauncher().launch_url, version.portal_url, web_only_window_name="_blank"
        ),
    )
    take_back = Sure(
        words("version.revoke"), words("version.revoke_more"), words("settings.keep"), lambda: act.run(revoke)
    )
    parts.append(buttons([see, take_back], act))
    if version.portal_url.startswith(LOCAL):
        parts.append(
            text(words("version.no_portal", url=version.portal_url.split("/videos")[0]), "caption", Role.MUTED)
        )
    return titled_card(words("version.named", number=version.number), ft.Column(parts, spacing=space(3)))


def seen_since(version: VersionRow, contacts: Sequence[ContactOut], words: Words) -> str:
    """Who has been in the portal since it was sent. That is not who has watched it: nobody is followed that closely."""
    seen = [
        contact.name
        for contact in contacts
        if contact.last_seen_at is not None and contact.last_seen_at > version.sent_at
    ]
    return words("version.seen", names=", ".join(seen)) if seen else words("version.unseen")


def _state(version: VersionRow, words: Words) -> ft.Control:
    said = text(words.named("version_state", version.state), "strong")
    return ft.Row([dot(COLOURS.get(version.state, Role.MUTED)), said], spacing=space(2), tight=True)


def _decided(decision: DecisionOut, state: str, words: Words) -> list[ft.Control]:
    """Who decided what, when, in which words; while it can be taken back, that it can."""
    key = "version.approved_by" if decision.verdict == "approved" else "version.changes_by"
    said = words(key, name=decision.contact_name, when=moment(decision.decided_at, words))
    lines: list[ft.Control] = [text(said)]
    if decision.note:
        lines.append(text(f"“{decision.note}”"))
    if decision.voided_at is not None:
        lines.append(text(words("version.voided"), "caption", Role.CAUTION))
    if state == "deciding":
        lines.append(text(words("version.undo_left"), "caption", Role.MUTED))
    return lines


def _newer(desk: Desk, version: VersionOut) -> ft.Control:
    number = version.versions[0].number
    go = ft.TextButton(
        desk.words("version.to_newest"), on_click=lambda _: desk.go(f"/create/{version.video_id}/review")
    )
    said = text(desk.words("version.newer", number=number), color=Role.CAUTION)
    return ft.Row([said, go], spacing=space(2), run_spacing=0, wrap=True)


def all_versions(desk: Desk, version: VersionOut) -> ft.Control:
    """Every version of this video, the newest first; each opens."""
    rows: list[ft.Control] = [_row(desk, one, is_here=one.id == version.id) for one in version.versions]
    return titled_card(desk.words("version.all"), ft.Column(rows, spacing=space(1)))


def _row(desk: Desk, version: VersionRow, *, is_here: bool) -> ft.Control:
    words = desk.words
    name = words("version.named", number=version.number)
    notes = words("version.notes", count=version.note_count, still_open=version.open_note_count)
    said = ft.Column(
        [
            ft.Row(
                [
                    text(name, "strong"),
                    dot(COLOURS.get(version.state, Role.MUTED)),
                    text(words.named("version_state", version.state), "caption", lines=1, expand=True),
                ],
                spacing=space(2),
            ),
            text(f"{moment(version.sent_at, words)} · {notes}", "caption", Role.MUTED, lines=1),
        ],
        spacing=0,
        expand=True,
    )
    button = ft.TextButton(
        content=ft.Row([said]),
        style=ft.ButtonStyle(
            bgcolor=Role.LINE if is_here else Role.CLEAR,
            color=Role.INK,
            padding=ft.Padding.symmetric(vertical=space(2), horizontal=space(3)),
            shape=ft.RoundedRectangleBorder(radius=Radius.SMALL),
        ),
        on_click=lambda _: desk.go(f"/create/{version.video_id}/review/{version.id}"),
    )
    return ft.MergeSemantics(ft.Semantics(selected=is_here, content=button))
