"""The form of a project: its fields, and the page for a new one.

Called by engine.app as the route /projects/new, and by engine.ui.pages.projects.edit.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Final
from uuid import uuid4

import flet as ft

from api.schemas.clients import ClientOut
from api.schemas.projects import ProjectIn
from engine.ui.addresses import use_query
from engine.ui.client.bodies import checked
from engine.ui.components.acting import Act, use_act
from engine.ui.components.client_choice import ClientChoice
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import buttons, form
from engine.ui.components.money_fields import AmountField, day_of
from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.surfaces import card, scrolled
from engine.ui.components.texts import heading, text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import day, today
from engine.ui.pages.projects.draft import Draft
from engine.ui.theme import Role, space

FORM_WIDTH: Final = space(160)
MOST_CLIENTS: Final = 2
"""Whether there is none, one, or a choice."""
NOTE_LINES: Final = 4
Fill = Callable[..., None]


@ft.component
def NewProjectPage() -> ft.Control:
    """A form, once it is known for whom it can be."""
    desk = use_desk()
    words = desk.words
    asked = use_query()
    head = heading(words("project_form.new"))
    match use_loaded(lambda: desk.api.clients(limit=MOST_CLIENTS)):
        case Waiting():
            return scrolled([head, skeleton(words, rows=6)])
        case Failed() as failed:
            return scrolled([head, Trouble(failed)])
        case Loaded(page):
            if not page.items:
                return scrolled([head, card(_no_clients(desk))])
            return scrolled([head, NewProject(page.items, asked.get("client", ""))])


def _no_clients(desk: Desk) -> ft.Control:
    words = desk.words
    lead = ft.FilledButton(words("project_form.to_clients"), on_click=lambda _: desk.go("/clients"))
    return ft.Column([text(words("project_form.no_clients")), ft.Row([lead])], spacing=space(3))


@ft.component
def NewProject(clients: Sequence[ClientOut], client_id: str) -> ft.Control:
    """client_id: whose it will probably be; empty where nobody knows."""
    desk, act = use_desk(), use_act()
    words = desk.words
    first = client_id or (clients[0].id if len(clients) == 1 else "")
    typed, put = use_draft(lambda: Draft(client_id=first))
    draft = typed.value
    intent = ft.use_memo(lambda: uuid4().hex, [draft])

    def fill(**fields: str) -> None:
        put(replace(typed.value, **fields))

    async def create() -> str:
        draft = typed.value
        wanted = {name: value for name, value in draft.values(words).items() if value is not None}
        body = checked(ProjectIn, {"client_id": draft.client_id, **wanted})
        made = await desk.api.add_project(body, intent)
        desk.go(f"/projects/{made.id}")
        return ""

    def submit() -> None:
        if wrong := typed.value.wrong(words):
            act.refuse(wrong)
        else:
            act.run(create)

    whose = ClientChoice(words("projects.client"), draft.client_id, lambda one: fill(client_id=one))
    rows: list[ft.Control] = [whose]
    if act.wrong("client_id"):
        rows.append(text(act.wrong("client_id"), "caption", Role.DANGER))
    actions = [
        ft.FilledButton(words("project_form.create"), on_click=lambda _: submit()),
        ft.OutlinedButton(words("project_form.cancel"), on_click=lambda _: desk.go("/projects")),
    ]
    rows += [*project_fields(desk, act, draft, fill, submit), buttons(actions, act)]
    return ft.Container(card(form(rows)), width=FORM_WIDTH)


def project_fields(desk: Desk, act: Act, draft: Draft, fill: Fill, submit: Callable[[], None]) -> list[ft.Control]:
    """All but the client, which stays whose it is. Enter in a field of one line submits."""
    words = desk.words

    def typed(name: str, label: str, *, longest: int) -> ft.Control:
        looks = Looks(label=label, max_length=longest, error=act.wrong(name))
        return TypedField(looks, str(asdict(draft)[name]), lambda said: fill(**{name: said}), submit)

    counts = [
        typed(name, words(f"project_form.{name}"), longest=6)
        for name in ("included_videos", "included_revision_rounds")
    ]
    due = ft.Column(
        [typed("due_on", words("project_form.due_on"), longest=20), _due_said(desk, draft)],
        spacing=space(1),
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    price = AmountField(
        words("project_form.price_micros"),
        draft.price_micros,
        lambda said: fill(price_micros=said),
        act.wrong("price_micros"),
        "EUR",
        submit,
    )
    notes = Looks(label=words("project_form.notes"), min_lines=NOTE_LINES, max_lines=None, error=act.wrong("notes"))
    return [
        typed("name", words("projects.name"), longest=300),
        typed("package_tier", words("project_form.tier"), longest=80),
        _beside(desk, counts),
        _beside(desk, [due, price]),
        TypedField(notes, draft.notes, lambda said: fill(notes=said)),
    ]


def _beside(desk: Desk, two: Sequence[ft.Control]) -> ft.Control:
    if desk.layout == "narrow":
        return form(two)
    return ft.Row(
        [ft.Container(one, expand=True) for one in two],
        spacing=space(4),
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _due_said(desk: Desk, draft: Draft) -> ft.Control:
    """How the day was read, and whether it has passed."""
    words = desk.words
    on = day_of(draft.due_on)
    if on is None:
        return text(words("project_form.due_how"), "caption", Role.MUTED)
    if on < today():
        said = text(words("project_form.due_past", day=day(on, words)), "caption", Role.CAUTION)
        return ft.Semantics(live_region=True, content=said)
    return text(words("project_form.due_is", day=day(on, words)), "caption", Role.MUTED)
