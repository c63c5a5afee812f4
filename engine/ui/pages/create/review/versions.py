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
from engine.ui.components.review_state import COLOURS
from engine.ui.components.surfaces import dot, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.notation import moment
from engine.ui.theme import Radius, Role, space
from engine.ui.words import Words

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
    parts.append(text(seen_by(version, contacts, words), "caption", Role.MUTED))
    if version.watermark:
        key = "version.opened" if version.state == "approved" else "version.watermarked"
        parts.append(text(words(key, text=version.watermark), "caption", Role.MUTED))
    if version.decision is not None:
        parts += _decided(version.decision, version.state, words)
    if version.newest_version_id != version.id:
        parts.append(_newer(desk, version))

    async def revoke() -> str:
        await desk.api.revoke_links(version.id)
        return words("version.revoked")

    async def look(launcher: ft.UrlLauncher) -> str:
        preview = await desk.api.preview_version(version.id)
        await launcher.launch_url(preview.url, web_only_window_name="_blank")
        return words("version.previewed")

    def press() -> None:
        launcher = ft.UrlLauncher()  # of this window, which is known while its press is heard
        act.run(lambda: look(launcher))

    see = ft.OutlinedButton(
        words("version.as_client"),
        icon=ft.Icons.OPEN_IN_NEW,
        on_click=lambda _: press(),
    )
    take_back = Sure(
        words("version.revoke"), words("version.revoke_more"), words("settings.keep"), lambda: act.run(revoke)
    )
    row: list[ft.Control] = [see, take_back]
    if version.decision is not None:
        row.insert(0, _certificate(version.decision, version.number, words))
    parts.append(buttons(row, act))
    if version.portal_url.startswith(LOCAL):
        parts.append(
            text(words("version.no_portal", url=version.portal_url.split("/videos")[0]), "caption", Role.MUTED)
        )
    return titled_card(words("version.named", number=version.number), ft.Column(parts, spacing=space(3)))


def seen_by(version: VersionRow, contacts: Sequence[ContactOut], words: Words) -> str:
    """Who opened it first, and when; while nobody has, who was in the portal since it was sent."""
    if version.seen_at is not None:
        when = moment(version.seen_at, words)
        name = version.seen_by
        return words("version.opened_by", name=name, when=when) if name else words("version.opened_at", when=when)
    if version.replaced_at is not None:
        return words("version.never_opened")
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
    lines: list[ft.Control] = [
        text(_said_of(decision, words)),
        text(f"“{decision.agreed_text}”", "caption", Role.MUTED),
    ]
    if decision.note:
        lines.append(text(f"“{decision.note}”"))
    if state == "deciding":
        lines.append(text(words("version.undo_left"), "caption", Role.MUTED))
    return lines


def _said_of(decision: DecisionOut, words: Words) -> str:
    key = "version.approved_by" if decision.verdict == "approved" else "version.changes_by"
    said = words(key, name=decision.contact_name, when=moment(decision.decided_at, words))
    return said if decision.voided_at is None else f"{said} ({words('version.voided')})"


def _certificate(decision: DecisionOut, number: int, words: Words) -> ft.Control:
    """The evidence, as a PDF to read, print or keep."""
    address = f"/api/decisions/{decision.id}/certificate.pdf"
    said = ft.Text(words("version.certificate"), semantics_label=words("version.certificate_of", number=number))
    return ft.OutlinedButton(
        content=said,
        icon=ft.Icons.WORKSPACE_PREMIUM_OUTLINED,
        on_click=lambda _: ft.context.page.run_task(
            ft.UrlLauncher().launch_url, address, web_only_window_name="_blank"
        ),
    )


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


def history_of(version: VersionRow, words: Words) -> list[str]:
    """What became of it, in words: who opened it, and what was decided."""
    lines = []
    if version.seen_at is not None:
        when = moment(version.seen_at, words)
        name = version.seen_by
        lines.append(
            words("version.opened_by", name=name, when=when) if name else words("version.opened_at", when=when)
        )
    if version.decision is not None:
        lines.append(_said_of(version.decision, words))
    return lines


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
            *[text(line, "caption", Role.MUTED, lines=2) for line in history_of(version, words)],
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
