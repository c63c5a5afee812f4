"""The outbox: mails that went nowhere, with what they say, and how mails get to go out.

Called by the page of Settings, for owners: a mail may hold a way to sign in.
"""

import re
from typing import Final, cast

import flet as ft

from api.schemas.outbox import MailOut, MailsOut, MailStatus
from engine.ui.client import ApiProblem
from engine.ui.components.choice import choice
from engine.ui.components.rows import Rows
from engine.ui.components.states import Trouble, empty, said_of, skeleton
from engine.ui.components.surfaces import card, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import moment
from engine.ui.theme import Radius, Role, space
from engine.ui.words import Words

PAGE: Final = 25
ALL: Final = "all"
STATUSES: Final[tuple[MailStatus, ...]] = ("kept", "failed", "waiting", "sent", "dropped")
LINK: Final = re.compile(r"https?://\S+")
COLOURS: Final = {"kept": Role.CAUTION, "failed": Role.DANGER, "sent": Role.POSITIVE}


@ft.component
def Outbox() -> ft.Control:
    """Those that lie here first; the others can be asked for."""
    desk, feed = use_desk(), use_feed()
    words = desk.words
    shown, show = ft.use_state("kept")
    status = None if shown == ALL else cast("MailStatus", shown)

    async def load(cursor: str | None = None) -> MailsOut:
        return await desk.api.mails(status=status, limit=PAGE, cursor=cursor)

    options = [*((name, words.named("mail_status", name)) for name in STATUSES), (ALL, words("outbox.all"))]
    picker = ft.Container(choice(words("outbox.show"), shown, options, show, is_dense=True), width=space(60))
    below: list[ft.Control]
    match use_loaded(load, feed.news, shown):
        case Waiting():
            below = [card(skeleton(words, rows=4))]
        case Failed() as failed:
            below = [card(Trouble(failed))]
        case Loaded(page):
            said = text(words("outbox.reaches" if page.reaches_people else "outbox.reaches_nobody"))
            intro = titled_card(words("settings.outbox"), ft.Column([said, ft.Row([picker])], spacing=space(4)))
            if page.items:
                key = f"{shown}:{page.items[0].id}"
                rows = Rows(page.items, page.next_cursor, load, lambda mail: MailRow(mail, key=mail.id), key=key)  # type: ignore[call-arg]  # Flet's own
                below = [intro, ft.Container(rows)]
            else:
                nothing = empty(words("outbox.none"), words("outbox.none_more"), ft.Icons.OUTBOX_OUTLINED)
                below = [intro, card(nothing)]
    return ft.Column(below, spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


@ft.component
def MailRow(mail: MailOut) -> ft.Control:
    """To whom, about what, when, what became of it; what it says once somebody asks."""
    desk = use_desk()
    words = desk.words
    is_open, set_open = ft.use_state(False)
    said, set_said = ft.use_state("")
    problem, set_problem = ft.use_state("")
    subject = mail.subject or words("outbox.no_subject")
    to = f"{mail.to_name} <{mail.to_email}>" if mail.to_name else mail.to_email

    async def read() -> None:
        try:
            set_said((await desk.api.mail_text(mail.id)).strip())
            set_problem("")
        except ApiProblem as met:
            if not desk.meet(met):
                set_problem(said_of(met, words))
            return
        set_open(True)

    facts = ft.Column(
        [
            text(subject, "strong", lines=2),
            text(f"{words('outbox.to', to=to)} · {moment(mail.created_at, words)}", "caption", Role.MUTED, lines=2),
            text(words.named("mail_status", mail.status), "caption", COLOURS.get(mail.status, Role.MUTED)),
        ],
        spacing=0,
        expand=True,
    )
    row: list[ft.Control] = [facts]
    if mail.status == "kept":
        word = "close" if is_open else "read"
        name = ft.Text(words(f"outbox.{word}"), semantics_label=words(f"outbox.{word}_of", subject=subject, to=to))
        run = ft.context.page.run_task
        row.append(ft.OutlinedButton(content=name, on_click=lambda _: set_open(False) if is_open else run(read)))
    parts: list[ft.Control] = [ft.Row(row, spacing=space(3), vertical_alignment=ft.CrossAxisAlignment.START)]
    if mail.problem or problem:
        parts.append(text(problem or mail.problem, "caption", Role.DANGER))
    if is_open:
        box = ft.Container(text(said), bgcolor=Role.GROUND, border_radius=Radius.SMALL, padding=space(4))
        parts += [ft.Semantics(label=words("outbox.text_of", subject=subject), container=True, content=box)]
        parts.append(_ways(said, words))
    return ft.Column(parts, spacing=space(2), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _ways(said: str, words: Words) -> ft.Control:
    """Its link, as whoever got the mail would open it, and its words to take along. They are not text to select: what
    can be selected tells a screen reader nothing (Flet 1.0.5)."""
    run = ft.context.page.run_task
    row: list[ft.Control] = [
        ft.OutlinedButton(words("settings.copy"), icon=ft.Icons.COPY, on_click=lambda _: run(ft.Clipboard().set, said))
    ]
    link = LINK.search(said)
    if link is not None:
        address = link.group()
        row.append(
            ft.OutlinedButton(
                words("outbox.open_link"),
                icon=ft.Icons.OPEN_IN_NEW,
                on_click=lambda _: run(ft.UrlLauncher().launch_url, address, web_only_window_name="_blank"),
            )
        )
    return ft.Row(row, spacing=space(3), run_spacing=space(2), wrap=True)
