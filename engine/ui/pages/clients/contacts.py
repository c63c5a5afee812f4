"""The people at a client: who they are, what they want to hear of, whether they may sign in.

Called by engine.ui.pages.clients.client. Inviting them comes with the portal's mail.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import uuid4

import flet as ft

from api.schemas.clients import ContactChanges, ContactIn, ContactOut, NotificationWishes
from engine.ui.chosen import is_on
from engine.ui.client import ApiProblem
from engine.ui.client.bodies import checked
from engine.ui.components.acting import use_act
from engine.ui.components.choice import choice
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import buttons, form
from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.newest import use_newest
from engine.ui.notation import STUDIO_ZONE, day
from engine.ui.pages.clients.client_form import LONGEST_NAME
from engine.ui.theme import Role, space
from engine.ui.words import LANGUAGES, Words

LONGEST_EMAIL: Final = 254
WISHES: Final = tuple(NotificationWishes.model_fields)


@dataclass(frozen=True)
class ContactDraft:
    """A contact as it is being filled in."""

    name: str = ""
    email: str = ""
    language: str = "nl"
    wishes: NotificationWishes = field(default_factory=NotificationWishes)

    @classmethod
    def of(cls, contact: ContactOut) -> "ContactDraft":
        """As the studio has it."""
        return cls(contact.name, contact.email, contact.language, contact.notification_wishes)

    def lacks(self, words: Words) -> dict[str, str]:
        """What must be filled in first, by field."""
        wrong = {} if self.name.strip() else {"name": words("wrong.name")}
        return wrong if "@" in self.email.strip("@ ") else {**wrong, "email": words("wrong.email")}

    def body(self) -> dict[str, object]:
        """As the api takes it."""
        wishes = self.wishes.model_dump()
        typed = {"name": self.name.strip(), "email": self.email.strip(), "language": self.language}
        return {**typed, "notification_wishes": wishes}


@ft.component
def Contacts(client_id: str) -> ft.Control:
    """Everybody, and a form for one more."""
    desk = use_desk()
    words = desk.words
    changes, set_changes = ft.use_state(0)
    is_adding, set_adding = ft.use_state(False)

    def look_again() -> None:
        set_changes(lambda before: before + 1)

    rows: list[ft.Control] = []
    match use_loaded(lambda: desk.api.contacts(client_id), changes):
        case Waiting():
            rows.append(skeleton(words, rows=3))
        case Failed() as failed:
            rows.append(Trouble(failed))
        case Loaded(contacts):
            for contact in contacts.items:
                row = Person(client_id, contact, look_again, key=contact.id)  # type: ignore[call-arg]  # Flet takes the key off
                rows += [divider(), row] if rows else [row]
            if not contacts.items:
                rows.append(text(words("contacts.none"), color=Role.MUTED))
    if is_adding:
        rows += [divider(), NewPerson(client_id, look_again, lambda: set_adding(False))]
    else:
        add = ft.OutlinedButton(
            words("contacts.new"), icon=ft.Icons.PERSON_ADD_OUTLINED, on_click=lambda _: set_adding(True)
        )
        rows.append(ft.Row([add]))
    return titled_card(words("contacts.title"), ft.Column(rows, spacing=space(3)))


@ft.component
def Person(client_id: str, contact: ContactOut, look_again: Callable[[], None]) -> ft.Control:
    """One of them, with a form that opens in place and a way out and in."""
    desk, act = use_desk(), use_act()
    words = desk.words
    is_editing, set_editing = ft.use_state(False)
    if is_editing:
        return EditPerson(client_id, contact, look_again, lambda: set_editing(False))

    async def switch() -> str:
        is_in = contact.disabled_at is None
        await (desk.api.disable_contact if is_in else desk.api.enable_contact)(client_id, contact.id)
        look_again()
        return words("contacts.disabled_now" if is_in else "contacts.enabled_now", name=contact.name)

    async def invite() -> str:
        await desk.api.invite_contact(client_id, contact.id, uuid4().hex)
        look_again()
        return words("contacts.invited_now", name=contact.name, email=contact.email)

    facts = ft.Column(
        [
            text(contact.name, "strong", lines=2),
            text(contact.email, lines=1),
            text(_facts(desk, contact), "caption", Role.MUTED),
        ],
        spacing=0,
        expand=True,
    )
    word = "contacts.disable" if contact.disabled_at is None else "contacts.enable"
    ask = "contacts.invite" if contact.invited_at is None else "contacts.invite_again"
    actions = ft.Row(
        [
            ft.OutlinedButton(
                content=ft.Text(words(ask), semantics_label=words(f"{ask}_of", name=contact.name)),
                on_click=lambda _: act.run(invite),
                visible=contact.disabled_at is None,
            ),
            ft.OutlinedButton(
                content=ft.Text(words("contacts.edit"), semantics_label=words("contacts.edit_of", name=contact.name)),
                on_click=lambda _: set_editing(True),
            ),
            ft.OutlinedButton(
                content=ft.Text(words(word), semantics_label=words(f"{word}_of", name=contact.name)),
                on_click=lambda _: act.run(switch),
            ),
        ],
        spacing=space(2),
        run_spacing=space(2),
        wrap=True,
    )
    parts: list[ft.Control] = [facts, actions]
    if act.outcome.said or act.outcome.problem:
        parts.append(act.line())
    return ft.Column(parts, spacing=space(2))


def _facts(desk: Desk, contact: ContactOut) -> str:
    """How it stands with them, in a line."""
    words = desk.words
    if contact.disabled_at is not None:
        state = words("contacts.is_out")
    elif contact.last_seen_at is not None:
        seen_on = day(contact.last_seen_at.astimezone(STUDIO_ZONE).date(), words)
        state = words("contacts.seen", day=seen_on)
    elif contact.invited_at is not None:
        state = words("contacts.invited", day=day(contact.invited_at.astimezone(STUDIO_ZONE).date(), words))
    else:
        state = words("contacts.not_invited")
    wanted = [words(f"wish.{name}").lower() for name in WISHES if getattr(contact.notification_wishes, name)]
    mails = words("contacts.mails", what=", ".join(wanted)) if wanted else words("contacts.no_mails")
    return " · ".join([words.named("language", contact.language), state, mails])


@ft.component
def NewPerson(client_id: str, look_again: Callable[[], None], close: Callable[[], None]) -> ft.Control:
    """The form for one more."""
    desk = use_desk()
    intent = ft.use_memo(lambda: uuid4().hex, [])

    async def add(draft: ContactDraft) -> None:
        contact = checked(ContactIn, draft.body())
        await desk.api.add_contact(client_id, contact, f"{intent}:{hash(str(draft.body()))}")

    return PersonForm(ContactDraft(), "contacts.add", add, look_again, close)


@ft.component
def EditPerson(
    client_id: str, contact: ContactOut, look_again: Callable[[], None], close: Callable[[], None]
) -> ft.Control:
    """The form for one who is there. On a newer revision nothing is overwritten: what others made of it is shown below,
    and a second press keeps what stands in the form."""
    desk = use_desk()
    first = ft.use_memo(lambda: contact, [])
    newest = use_newest(contact)

    async def keep(draft: ContactDraft) -> None:
        on = newest.value
        body, kept = draft.body(), ContactDraft.of(on).body()
        changes = checked(ContactChanges, {name: value for name, value in body.items() if value != kept[name]})
        if not changes.model_fields_set:
            return
        try:
            await desk.api.change_contact(client_id, on.id, changes, on.revision)
        except ApiProblem as problem:
            if problem.code == "revision_outdated":
                look_again()
            raise

    # One column either way: a form that changed its place would lose what stands in it.
    parts: list[ft.Control] = [PersonForm(ContactDraft.of(first), "settings.save", keep, look_again, close)]
    if contact.revision != first.revision:
        theirs = text(f"{contact.name} · {contact.email} · {_facts(desk, contact)}", color=Role.CAUTION)
        both = ft.Column([text(desk.words("clash.theirs"), "caption", Role.MUTED), theirs], spacing=0)
        parts.append(ft.Semantics(live_region=True, container=True, content=both))
    return ft.Column(parts, spacing=space(3))


@ft.component
def PersonForm(
    first: ContactDraft,
    word: str,
    keep: Callable[[ContactDraft], Awaitable[None]],
    look_again: Callable[[], None],
    close: Callable[[], None],
) -> ft.Control:
    """Name, address, language, wishes. word: what its button says."""
    desk, act = use_desk(), use_act()
    words = desk.words
    typed_in, put = use_draft(lambda: first)
    draft = typed_in.value

    def fill(*, name: str | None = None, email: str | None = None, language: str | None = None) -> None:
        before = typed_in.value
        put(
            replace(
                before,
                name=before.name if name is None else name,
                email=before.email if email is None else email,
                language=language or before.language,
            )
        )

    async def do() -> str:
        await keep(typed_in.value)
        close()
        look_again()
        return ""

    def ask() -> None:
        if lacks := typed_in.value.lacks(words):
            act.refuse(lacks)
        else:
            act.run(do)

    def wish(name: str) -> ft.Control:
        def switch(event: ft.Event[ft.Switch]) -> None:
            wishes = typed_in.value.wishes.model_copy(update={name: is_on(event)})
            put(replace(typed_in.value, wishes=wishes))

        return ft.Switch(label=words(f"wish.{name}"), value=getattr(draft.wishes, name), on_change=switch)

    name = Looks(label=words("contacts.name"), max_length=LONGEST_NAME, error=act.wrong("name"))
    email = Looks(label=words("contacts.email"), max_length=LONGEST_EMAIL, error=act.wrong("email"))
    answers: list[ft.Control] = [
        ft.FilledButton(words(word), on_click=lambda _: ask()),
        ft.OutlinedButton(words("clients.cancel"), on_click=lambda _: close()),
    ]
    rows: list[ft.Control] = [
        TypedField(name, draft.name, lambda typed: fill(name=typed), ask),
        TypedField(email, draft.email, lambda typed: fill(email=typed), ask),
        choice(
            words("clients.language"),
            draft.language,
            [(code, words(f"language.{code}")) for code in LANGUAGES],
            lambda chosen: fill(language=chosen),
        ),
        text(words("contacts.wishes"), "strong"),
        ft.Row([wish(one) for one in WISHES], spacing=space(4), run_spacing=space(1), wrap=True),
        buttons(answers, act),
    ]
    return form(rows)
