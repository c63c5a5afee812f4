"""Sending: finished films become the next version at the client; which ones, with what words, and who hears of it.

Called by the Export step. Law: what is missing is said before anything can be sent; a double click sends once; what the
new version does to the one before is said before it is sent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import uuid4

import flet as ft

from api.schemas.clients import ContactOut
from api.schemas.reviews import VersionIn, VersionRow
from api.schemas.videos import ExportOut, Format
from engine.ui.chosen import is_on
from engine.ui.client.bodies import checked
from engine.ui.components.acting import use_act
from engine.ui.components.choice import choice
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import buttons, form
from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import moment
from engine.ui.pages.create.review.on_its_way import OnItsWay
from engine.ui.pages.create.wizard import Wizard, use_wizard
from engine.ui.theme import Role, space
from engine.ui.timecode import length
from engine.ui.words import Words

LONGEST_MESSAGE: Final = 5_000
FORMATS: Final[tuple[Format, ...]] = ("9:16", "1:1", "16:9")


@dataclass(frozen=True)
class Parcel:
    """What is about to be sent. left_out: formats that stay here; instead: another film than the newest, by format."""

    has_watermark: bool
    message: str = ""
    left_out: frozenset[Format] = frozenset()
    instead: Mapping[Format, str] = field(default_factory=dict)

    def films(self, films: Sequence[ExportOut]) -> list[ExportOut]:
        """One finished film for each format that goes along: the newest, unless another was chosen."""
        chosen = []
        for name, some in ready_films(films).items():
            if name not in self.left_out:
                chosen.append(next((film for film in some if film.id == self.instead.get(name)), some[0]))
        return chosen


@dataclass(frozen=True)
class Readers:
    """The client's people who may look, by how they hear of a new version. mail_goes: whether mails reach anybody."""

    mailed: Sequence[str]
    digest: Sequence[str]
    unmailed: Sequence[str]
    mail_goes: bool

    @classmethod
    def of(cls, contacts: Sequence[ContactOut], *, mail_goes: bool) -> "Readers":
        """Those who are shut out read nothing."""
        let_in = [contact for contact in contacts if contact.disabled_at is None]
        wanting = [contact for contact in let_in if contact.notification_wishes.review]
        return cls(
            [contact.name for contact in wanting if not contact.notification_wishes.digest],
            [contact.name for contact in wanting if contact.notification_wishes.digest],
            [contact.name for contact in let_in if not contact.notification_wishes.review],
            mail_goes,
        )

    @property
    def are_there(self) -> bool:
        """Whether there is anybody."""
        return bool(self.mailed or self.digest or self.unmailed)

    def said(self, words: Words) -> list[str]:
        """Who hears of it and how, a line for each way."""
        ways = (("mailed", self.mailed), ("digest", self.digest), ("unmailed", self.unmailed))
        lines = [words(f"sending.{way}", names=", ".join(names)) for way, names in ways if names]
        return lines if self.mail_goes or not self.mailed else [*lines, words("sending.no_mail_set")]


def ready_films(films: Sequence[ExportOut]) -> dict[Format, list[ExportOut]]:
    """Finished films by format, the newest first."""
    ready = sorted((film for film in films if film.status == "ready"), key=lambda film: film.created_at, reverse=True)
    return {name: some for name in FORMATS if (some := [film for film in ready if film.format == name])}


@ft.component
def Sending(films: Sequence[ExportOut]) -> ft.Control:
    """What is missing, or the way to the form, or the form."""
    desk, wizard, feed = use_desk(), use_wizard(), use_feed()
    words = desk.words
    is_open, set_open = ft.use_state(False)
    client_id = wizard.video.client_id

    async def load() -> Readers:
        contacts = await desk.api.contacts(client_id)
        return Readers.of(contacts.items, mail_goes=(await desk.api.mails(limit=1)).reaches_people)

    loaded = use_loaded(load, feed.news)
    content: ft.Control
    if not ready_films(films):
        content = text(words("sending.no_film"), color=Role.MUTED)
    else:
        match loaded:
            case Waiting():
                content = skeleton(words, rows=2)
            case Failed() as failed:
                content = Trouble(failed)
            case Loaded(readers) if not readers.are_there:
                content = _nobody(desk, client_id)
            case Loaded(readers) if is_open:
                content = Form(films, readers, lambda: set_open(False))
            case Loaded():
                content = _closed(desk, wizard, lambda: set_open(True))
    return titled_card(words("sending.title"), content)


def _nobody(desk: Desk, client_id: str) -> ft.Control:
    go = ft.OutlinedButton(desk.words("sending.to_client"), on_click=lambda _: desk.go(f"/clients/{client_id}"))
    return ft.Column([text(desk.words("sending.no_contact")), ft.Row([go])], spacing=space(3))


def _closed(desk: Desk, wizard: Wizard, begin: Callable[[], None]) -> ft.Control:
    """How it stands with the last version, and the way to the next."""
    words, video_id, sending = desk.words, wizard.video_id, wizard.sending
    if sending is not None and sending.status == "preparing":
        return OnItsWay(sending)
    parts: list[ft.Control] = [] if sending is None else [OnItsWay(sending), divider()]
    if not wizard.versions:
        open_it = ft.OutlinedButton(words("sending.open"), icon=ft.Icons.SEND_OUTLINED, on_click=lambda _: begin())
        return ft.Column([*parts, ft.Row([open_it])], spacing=space(3))
    last = wizard.versions[0]
    state = words.named("version_state", last.state)
    said = f"{words('version.named', number=last.number)}: {state.lower()} · {moment(last.sent_at, words)}"
    row = ft.Row(
        [
            ft.OutlinedButton(
                words("sending.to_review"),
                icon=ft.Icons.RATE_REVIEW_OUTLINED,
                on_click=lambda _: desk.go(f"/create/{video_id}/review"),
            ),
            ft.OutlinedButton(
                words("sending.open_next", number=last.number + 1),
                icon=ft.Icons.SEND_OUTLINED,
                on_click=lambda _: begin(),
            ),
        ],
        spacing=space(3),
        run_spacing=space(2),
        wrap=True,
    )
    return ft.Column([*parts, text(said), row], spacing=space(3))


@ft.component
def Form(films: Sequence[ExportOut], readers: Readers, close: Callable[[], None]) -> ft.Control:
    """Films, message, who hears of it, and one button."""
    desk, wizard, act = use_desk(), use_wizard(), use_act()
    words = desk.words
    draft, put = use_draft(lambda: Parcel(wizard.watermarks_reviews))
    before = wizard.versions[0] if wizard.versions else None
    number = before.number + 1 if before else 1
    intent = ft.use_memo(lambda: uuid4().hex, [number])

    def toggle(name: Format) -> None:
        put(replace(draft.value, left_out=draft.value.left_out ^ {name}))

    def take(name: Format, film_id: str) -> None:
        put(replace(draft.value, instead={**draft.value.instead, name: film_id}))

    async def send() -> str:
        parcel = draft.value
        ids = [film.id for film in parcel.films(films)]
        if not ids:
            return words("sending.none_picked")
        body = checked(VersionIn, {"export_ids": ids, "message": parcel.message.strip()})
        ask = desk.api.send_watermarked if parcel.has_watermark else desk.api.send_version
        await ask(wizard.video_id, body, f"{intent}:{hash(str(body))}:{parcel.has_watermark}")
        await wizard.refresh()
        close()
        desk.go(f"/create/{wizard.video_id}/review")
        return ""

    parcel = draft.value
    rows = [_pick(desk, name, some, parcel, toggle, take) for name, some in ready_films(films).items()]
    looks = Looks(label=words("sending.message"), min_lines=3, max_lines=10, max_length=LONGEST_MESSAGE)
    message = TypedField(looks, parcel.message, lambda typed: put(replace(draft.value, message=typed)))
    mark = ft.Checkbox(
        label=words("sending.watermark"),
        value=parcel.has_watermark,
        on_change=lambda event: put(replace(draft.value, has_watermark=is_on(event))),
    )
    marked = text(words("sending.watermark_more"), "caption", Role.MUTED)
    told = [*readers.said(words), *_what_follows(before, words)]
    go = ft.FilledButton(
        words("sending.go", number=number),
        icon=ft.Icons.SEND,
        disabled=act.is_busy or not parcel.films(films),
        on_click=lambda _: act.run(send),
    )
    keep = ft.TextButton(words("sending.keep"), on_click=lambda _: close())
    return form(
        [
            ft.Column([text(words("sending.films"), "caption", Role.MUTED), *rows], spacing=space(1)),
            ft.Column([mark, marked], spacing=0),
            message,
            ft.Column([text(line, color=Role.MUTED) for line in told], spacing=space(1)),
            buttons([go, keep], act),
        ]
    )


def _pick(
    desk: Desk,
    name: Format,
    films: Sequence[ExportOut],
    parcel: Parcel,
    toggle: Callable[[Format], None],
    take: Callable[[Format, str], None],
) -> ft.Control:
    """A format that goes along or not, and which film of it."""
    words = desk.words
    chosen = next((film for film in films if film.id == parcel.instead.get(name)), films[0])
    box = ft.Checkbox(
        label=f"{name} {words.named('format', name.replace(':', 'x'))}",
        value=name not in parcel.left_out,
        on_change=lambda _: toggle(name),
    )
    if len(films) == 1:
        beside: ft.Control = text(_facts(chosen, words), "caption", Role.MUTED)
    else:
        options = [(film.id, _facts(film, words)) for film in films]
        said = words("sending.other_film", format=name)
        picker = choice(said, chosen.id, options, lambda film_id: take(name, film_id), is_dense=True)
        beside = ft.Container(picker, width=space(80) if desk.layout != "narrow" else space(70))
    return ft.Row([ft.Container(box, width=space(36)), beside], spacing=space(2), run_spacing=0, wrap=True)


def _facts(film: ExportOut, words: Words) -> str:
    said = f"{words.named('quality', film.quality)} · {moment(film.created_at, words)}"
    return said if film.duration_ms is None else f"{said} · {length(film.duration_ms)}"


def _what_follows(before: VersionRow | None, words: Words) -> list[str]:
    """What becomes of the version before."""
    if before is None:
        return []
    lines = [words("sending.replaces", number=before.number)]
    return [*lines, words("sending.voids", number=before.number)] if before.state == "approved" else lines
