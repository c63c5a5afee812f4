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
from engine.ui.components.forms import buttons, form
from engine.ui.components.surfaces import titled_card
from engine.ui.components.two_versions import two_versions
from engine.ui.desk import use_desk
from engine.ui.pages.projects.draft import Draft
from engine.ui.pages.projects.form import project_fields
from engine.ui.theme import space

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
        sides = asdict(typed.value), asdict(Draft.of(newest, words))
        both = [(words(word), str(sides[0][name]), str(sides[1][name])) for name, word in NAMES.items()]
        parts.append(two_versions(words, both, lambda: keep_mine(newest), done))
    actions = [
        ft.FilledButton(words("project_form.save"), on_click=lambda _: save()),
        ft.OutlinedButton(words("project_form.cancel"), on_click=lambda _: done()),
    ]
    fields = project_fields(desk, act, typed.value, fill, save)
    parts.append(titled_card(words("project_form.edit"), form([*fields, buttons(actions, act)])))
    return ft.Column(parts, spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
