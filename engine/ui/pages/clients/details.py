"""The details of a client: a form, and the way in and out of the archive.

Called by engine.ui.pages.clients.client. Law: what somebody else kept meanwhile is never overwritten unasked: both are
shown, field by field, and a person chooses. Nothing is put away with open work before somebody has read what is open.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Final

import flet as ft

from api.schemas.clients import ClientChanges, ClientOut
from engine.ui.client import ApiProblem
from engine.ui.client.bodies import checked
from engine.ui.components.acting import use_act
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import buttons, form
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.components.two_versions import two_versions
from engine.ui.desk import use_desk
from engine.ui.pages.clients.client_form import ClientDraft, client_fields
from engine.ui.theme import Role, space

NAMES: Final = {
    "name": "clients.name",
    "language": "clients.language",
    "time_zone": "clients.time_zone",
    "notes": "clients.notes",
}


@ft.component
def Details(first: ClientOut, look_again: Callable[[], None]) -> ft.Control:
    """What is typed, on what it is based, and what somebody else kept meanwhile."""
    desk, act = use_desk(), use_act()
    words = desk.words
    last_kept, set_kept = ft.use_state(first)
    # Archiving raises the revision and changes nothing that is typed here.
    is_newer = first.revision > last_kept.revision and ClientDraft.of(first) == ClientDraft.of(last_kept)
    kept = first if is_newer else last_kept
    typed_in, put = use_draft(lambda: ClientDraft.of(first))
    nobodys: ClientOut | None = None
    theirs, set_theirs = ft.use_state(nobodys)

    async def keep(on: ClientOut) -> str:
        changes = typed_in.value.differing(ClientDraft.of(on))
        if changes:
            try:
                saved = await desk.api.change_client(on.id, checked(ClientChanges, changes), on.revision)
            except ApiProblem as problem:
                if problem.code != "revision_outdated":
                    raise
                set_theirs(await desk.api.client(on.id))
                return ""
            set_kept(saved)
            put(ClientDraft.of(saved))
            look_again()
        set_theirs(None)
        return words("settings.saved")

    def save(on: ClientOut) -> None:
        if not typed_in.value.name.strip():
            act.refuse({"name": words("wrong.name")})
            return

        async def keep_it() -> str:
            return await keep(on)

        act.run(keep_it)

    def take_theirs(newest: ClientOut) -> None:
        set_kept(newest)
        put(ClientDraft.of(newest))
        set_theirs(None)
        look_again()

    parts: list[ft.Control] = []
    if theirs is not None:
        newest = theirs
        sides = asdict(typed_in.value), asdict(ClientDraft.of(newest))
        both = [(words(word), str(sides[0][name]), str(sides[1][name])) for name, word in NAMES.items()]
        parts.append(two_versions(words, both, lambda: save(newest), lambda: take_theirs(newest)))
    fields = client_fields(desk, act, typed_in, put, lambda: save(kept))
    save_button = ft.FilledButton(words("settings.save"), on_click=lambda _: save(kept))
    rows = [*fields, buttons([save_button], act), divider(), Archive(first, look_again)]
    parts.append(titled_card(words("clients.details"), form(rows)))
    return ft.Column(parts, spacing=space(4))


@ft.component
def Archive(client: ClientOut, look_again: Callable[[], None]) -> ft.Control:
    """Away or back. Where work is open, it is named first, and a person says that it goes on."""
    desk, act = use_desk(), use_act()
    words = desk.words
    nothing: tuple[str, ...] = ()
    open_work, set_open_work = ft.use_state(nothing)

    async def put_away(*, keep_open_work: bool) -> str:
        try:
            await desk.api.archive_client(client.id, keep_open_work=keep_open_work)
        except ApiProblem as problem:
            if problem.code != "client_has_open_work":
                raise
            set_open_work(_named(problem))
            return ""
        set_open_work(nothing)
        look_again()
        return words("clients.archived_now")

    async def bring_back() -> str:
        await desk.api.restore_client(client.id)
        look_again()
        return words("clients.restored_now")

    async def ask_first() -> str:
        return await put_away(keep_open_work=False)

    async def with_open_work() -> str:
        return await put_away(keep_open_work=True)

    if client.archived_at is not None:
        restore = ft.OutlinedButton(words("clients.restore"), on_click=lambda _: act.run(bring_back))
        return form([text(words("clients.archived_more"), color=Role.MUTED), buttons([restore], act)])
    if not open_work:
        archive = ft.OutlinedButton(
            words("clients.archive"), icon=ft.Icons.ARCHIVE_OUTLINED, on_click=lambda _: act.run(ask_first)
        )
        return buttons([archive], act)
    named = ft.Column([text(f"· {name}", "strong", lines=2) for name in open_work], spacing=space(1))
    answers: list[ft.Control] = [
        ft.OutlinedButton(words("clients.archive_anyway"), on_click=lambda _: act.run(with_open_work)),
        ft.OutlinedButton(words("settings.keep"), on_click=lambda _: set_open_work(nothing)),
    ]
    rows: list[ft.Control] = [
        text(words("clients.open_work")),
        named,
        text(words("clients.open_work_more"), color=Role.MUTED),
        buttons(answers, act),
    ]
    return ft.Semantics(live_region=True, container=True, content=form(rows))


def _named(problem: ApiProblem) -> tuple[str, ...]:
    """The projects that the api names."""
    projects = problem.facts.get("projects")
    found = projects if isinstance(projects, list) else []
    return tuple(str(one["name"]) for one in found if isinstance(one, dict) and "name" in one)
