"""Providers: keys of those who make pictures for money, entered once and tested with a click.

Called by the page of Settings. Law: a key leaves this page once, towards the api; after that nobody sees more of it
than its last four signs.
"""

import flet as ft

from api.schemas.providers import ProviderOut, ProviderTested
from engine.ui.components.acting import use_act
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import Sure, buttons, fact, form
from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import STUDIO_ZONE, day
from engine.ui.pages.settings.sections import is_owner
from engine.ui.theme import Role, space

SHORTEST_KEY = 8
DOTS = "••••••••"


@ft.component
def Providers() -> ft.Control:
    """A card for each."""
    desk = use_desk()
    words = desk.words
    match use_loaded(desk.api.providers):
        case Waiting():
            return titled_card(words("settings.providers"), skeleton(words, rows=3))
        case Failed() as failed:
            return titled_card(words("settings.providers"), Trouble(failed))
        case Loaded(providers):
            cards: list[ft.Control] = [text(words("providers.more"), color=Role.MUTED)]
            cards += [Provider(provider) for provider in providers.items]
            return ft.Column(cards, spacing=space(4))


@ft.component
def Provider(first: ProviderOut) -> ft.Control:
    """What is known of its key, a test, and for an owner another key."""
    desk, act = use_desk(), use_act()
    words = desk.words
    provider, set_provider = ft.use_state(first)
    untested: ProviderTested | None = None
    tested, set_tested = ft.use_state(untested)
    key, set_key = use_draft(str)

    async def enter() -> str:
        set_provider(await desk.api.enter_key(provider.name, key.value.strip()))
        set_key("")
        set_tested(None)
        return words("providers.kept")

    async def remove() -> str:
        await desk.api.remove_key(provider.name)
        newest = await desk.api.providers()
        set_provider(next(one for one in newest.items if one.name == provider.name))
        set_tested(None)
        return words("providers.removed")

    async def try_it() -> str:
        set_tested(None)
        set_tested(await desk.api.try_key(provider.name))
        return ""

    def ask_enter() -> None:
        if len(key.value.strip()) < SHORTEST_KEY:
            act.refuse({"key": words("wrong.key")})
        else:
            act.run(enter)

    rows: list[ft.Control] = [*_known(desk, provider)]
    actions: list[ft.Control] = []
    if provider.key_from != "nowhere" and provider.opens:
        actions.append(ft.OutlinedButton(words("providers.test"), on_click=lambda _: act.run(try_it)))
    if provider.key_from == "studio" and is_owner(desk.me):
        sure = words("providers.remove_more")
        actions.append(Sure(words("providers.remove"), sure, words("settings.keep"), lambda: act.run(remove)))
    may_enter = is_owner(desk.me) and provider.key_from != "environment"
    if may_enter:
        label = words("providers.key" if provider.key_from == "nowhere" else "providers.other_key")
        looks = Looks(label=label, is_secret=True, max_length=400, error=act.wrong("key"))
        rows.append(TypedField(looks, key.value, set_key, ask_enter))
        actions.insert(0, ft.FilledButton(words("providers.enter"), on_click=lambda _: ask_enter()))
    elif provider.key_from != "environment":
        rows.append(text(words("settings.owners_change"), color=Role.MUTED))
    if actions or act.outcome.problem:
        rows.append(buttons(actions, act))
    if tested is not None:
        rows.append(_tested(desk, tested))
    return titled_card(words(f"provider.{provider.name}"), form(rows))


def _known(desk: Desk, provider: ProviderOut) -> list[ft.Control]:
    """Where its key comes from, and how it ends."""
    words = desk.words
    if provider.key_from == "nowhere":
        return [text(words("providers.none"), color=Role.MUTED)]
    known: list[ft.Control] = [fact(words("providers.key"), f"{DOTS}{provider.hint}")]
    if provider.key_from == "environment":
        known.append(text(words("providers.environment"), color=Role.MUTED))
    if not provider.opens:
        known.append(text(words("providers.sealed"), color=Role.DANGER))
    elif provider.changed_at is not None:
        on = day(provider.changed_at.astimezone(STUDIO_ZONE).date(), words)
        known.append(text(words("providers.since", day=on), "caption", Role.MUTED))
    return known


def _tested(desk: Desk, tested: ProviderTested) -> ft.Control:
    """What the provider said, in its own words where they tell more than ours."""
    words = desk.words
    icon = ft.Icons.CHECK_CIRCLE_OUTLINE if tested.works else ft.Icons.ERROR_OUTLINE
    color = Role.POSITIVE if tested.works else Role.DANGER
    said = words("providers.works" if tested.works else "providers.works_not", said=tested.said)
    row = ft.Row(
        [ft.Icon(icon, color=color, size=space(5)), text(said, color=color, expand=True)],
        spacing=space(2),
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    return ft.Semantics(live_region=True, content=row)
