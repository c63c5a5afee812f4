"""Editing a project, on the revision that was seen.

Called by engine.ui.pages.projects.project. Law: what somebody else changed meanwhile is never overwritten unasked: both
are shown, field by field, and a person chooses.
"""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Final

import flet as ft

from api.schemas.projects import ProjectChanges, ProjectOut
from engine.ui.client import ApiProblem
from engine.ui.client.bodies import checked
from engine.ui.components.acting import use_act
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import buttons, fact, form
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.pages.projects.draft import Draft
from engine.ui.pages.projects.form import project_fields
from engine.ui.theme import HAIRLINE, Role, space

NAMES: Final = {
    "name": "projects.name",
    "package_tier": "project_form.tier",
    "included_videos": "project_form.included_videos",
    "included_revision_rounds": "project_form.included_revision_rounds",
    "due_on": "projects.due",
    "price_micros": "project_form.price_micros",
    "notes": "project_form.notes",
}


@ft.component
def EditProject(first: ProjectOut, done: Callable[[], None]) -> ft.Control:
    """done: called once all is kept, or nothing is wanted any more."""
    desk, act = use_desk(), use_act()
    words = desk.words
    typed, put = use_draft(lambda: Draft.of(first, words))
    base = ft.use_ref(first)
    nobodys: ProjectOut | None = None
    theirs, set_theirs = ft.use_state(nobodys)

    def fill(**fields: str) -> None:
        put(replace(typed.value, **fields))

    async def keep() -> str:
        on = base.current or first
        changes = typed.value.changes(Draft.of(on, words), words)
        if changes:
            try:
                await desk.api.change_project(on.id, checked(ProjectChanges, changes), on.revision)
            except ApiProblem as problem:
                if problem.code != "revision_outdated":
                    raise
                set_theirs(await desk.api.project(on.id))
                return ""
        done()
        return ""

    def save() -> None:
        if wrong := typed.value.wrong(words):
            act.refuse(wrong)
        else:
            act.run(keep)

    def keep_mine(newest: ProjectOut) -> None:
        base.current = newest
        set_theirs(None)
        save()

    parts: list[ft.Control] = []
    if theirs is not None:
        newest = theirs
        parts.append(_clash(desk, typed.value, Draft.of(newest, words), lambda: keep_mine(newest), done))
    actions = [
        ft.FilledButton(words("project_form.save"), on_click=lambda _: save()),
        ft.OutlinedButton(words("project_form.cancel"), on_click=lambda _: done()),
    ]
    fields = project_fields(desk, act, typed.value, fill, save)
    parts.append(titled_card(words("project_form.edit"), form([*fields, buttons(actions, act)])))
    return ft.Column(parts, spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _clash(
    desk: Desk, mine: Draft, theirs: Draft, keep_mine: Callable[[], None], take_theirs: Callable[[], None]
) -> ft.Control:
    """Both, for each field that differs."""
    words = desk.words
    rows: list[ft.Control] = [text(words("clash.more"), color=Role.MUTED)]
    for name, word in NAMES.items():
        sides = str(asdict(mine)[name]), str(asdict(theirs)[name])
        if sides[0] != sides[1]:
            both = [
                fact(words(whose), side or words("clash.empty"))
                for whose, side in zip(("clash.mine", "clash.theirs"), sides, strict=True)
            ]
            rows += [divider(), text(words(word), "strong"), *both]
    answers: list[ft.Control] = [
        ft.FilledButton(words("clash.keep_mine"), on_click=lambda _: keep_mine()),
        ft.OutlinedButton(words("clash.take_theirs"), on_click=lambda _: take_theirs()),
    ]
    rows.append(ft.Row(answers, spacing=space(3), run_spacing=space(2), wrap=True))
    shown = titled_card(words("clash.title"), form(rows))
    shown.border = ft.Border.all(HAIRLINE, Role.CAUTION)
    return ft.Semantics(live_region=True, container=True, content=shown)
