"""The shell: what stands around every page.

Called by engine.ui.app as the outer route. A sidebar in wide windows, a rail in narrower ones, and on a phone a bar at
the bottom. The drawers open beside the page, and over it where there is no room.
"""

import flet as ft

from engine.ui.components.actions import icon_action
from engine.ui.components.bell import BellDrawer
from engine.ui.components.jobs_drawer import JobsDrawer
from engine.ui.components.navigation import bottom_bar, side_items
from engine.ui.components.shortcuts import Shortcuts
from engine.ui.components.texts import text
from engine.ui.desk import Desk, Feed, View, use_desk, use_feed, use_view
from engine.ui.theme import HAIRLINE, Radius, Role, space

SIDEBAR_WIDTH = space(58)
RAIL_WIDTH = space(22)
DRAWER_WIDTH = space(92)


@ft.component
def Shell() -> ft.Control:
    """The page of the moment with everything around it. A drawer that opens does not draw the page again."""
    desk = use_desk()
    location = ft.use_route_location()
    if desk.layout == "narrow":
        return ft.SafeArea(
            ft.Column([TopBar(), OfflineBanner(), PageOrDrawer(), bottom_bar(desk, location)], spacing=0, expand=True),
            expand=True,
        )
    middle = ft.Column([OfflineBanner(), Page()], spacing=0, expand=True)
    return ft.Row(
        [Side(location), _line(), middle, DrawerBeside()],
        spacing=0,
        expand=True,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
    )


@ft.component
def Page() -> ft.Control:
    """The page of the moment between its margins."""
    return _page(use_desk(), ft.use_route_outlet())


@ft.component
def PageOrDrawer() -> ft.Control:
    """On a phone, where a drawer takes the page's place."""
    desk, view = use_desk(), use_view()
    outlet = ft.use_route_outlet()
    return _drawer(view) or _page(desk, outlet)


@ft.component
def DrawerBeside() -> ft.Control:
    """Where there is room for both."""
    drawer = _drawer(use_view())
    if drawer is None:
        return ft.Container(width=0)
    return ft.Row([_line(), ft.Container(drawer, width=DRAWER_WIDTH)], spacing=0)


@ft.component
def Side(location: str) -> ft.Control:
    """The sidebar, or the rail."""
    desk = use_desk()
    is_wide = desk.layout == "wide"
    name = text(desk.words("app.name"), "title") if is_wide else None
    mark = ft.Row(
        [_mark(), *([name] if name else [])],
        spacing=space(3),
        alignment=ft.MainAxisAlignment.START if is_wide else ft.MainAxisAlignment.CENTER,
    )
    below = ft.Column(
        [FeedActions(), _account(desk)],
        spacing=space(2),
        horizontal_alignment=ft.CrossAxisAlignment.START if is_wide else ft.CrossAxisAlignment.CENTER,
    )
    return ft.Container(
        ft.Column(
            [
                ft.Container(mark, padding=ft.Padding.only(bottom=space(5), left=space(2) if is_wide else 0)),
                *side_items(desk, location),
                ft.Container(expand=True),
                below,
            ],
            spacing=space(1),
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        width=SIDEBAR_WIDTH if is_wide else RAIL_WIDTH,
        padding=space(4) if is_wide else space(2),
        bgcolor=Role.SURFACE,
    )


@ft.component
def TopBar() -> ft.Control:
    """The bar at the top of a phone."""
    desk = use_desk()
    return ft.Container(
        ft.Row([_mark(), text(desk.words("app.name"), "title", expand=True), FeedActions()], spacing=space(3)),
        padding=ft.Padding.symmetric(vertical=space(2), horizontal=space(4)),
        bgcolor=Role.SURFACE,
        border=ft.Border.only(bottom=ft.BorderSide(HAIRLINE, Role.LINE)),
    )


@ft.component
def FeedActions() -> ft.Control:
    """The buttons that open the drawers, with how much is in them."""
    desk, feed, view = use_desk(), use_feed(), use_view()
    actions: list[ft.Control] = [_jobs_action(desk, feed), _bell_action(desk, feed)]
    if desk.layout != "narrow":
        is_dark = view.is_dark
        actions.append(
            icon_action(
                ft.Icons.LIGHT_MODE_OUTLINED if is_dark else ft.Icons.DARK_MODE_OUTLINED,
                desk.words("shell.to_light" if is_dark else "shell.to_dark"),
                lambda: desk.show_theme(ft.ThemeMode.LIGHT if is_dark else ft.ThemeMode.DARK),
            )
        )
        actions.append(Shortcuts())
    return ft.Column(actions, spacing=0) if desk.layout == "medium" else ft.Row(actions, spacing=space(1))


@ft.component
def OfflineBanner() -> ft.Control:
    """Said while the studio cannot be heard; nothing else."""
    desk, feed = use_desk(), use_feed()
    if feed.is_live:
        return ft.Container()
    return ft.Semantics(
        live_region=True,
        content=ft.Container(
            ft.Row(
                [
                    ft.Icon(ft.Icons.CLOUD_OFF, color=Role.CAUTION, size=space(5)),
                    text(desk.words("shell.offline"), expand=True),
                ],
                spacing=space(3),
            ),
            bgcolor=Role.SURFACE,
            border=ft.Border.only(bottom=ft.BorderSide(HAIRLINE, Role.CAUTION)),
            padding=ft.Padding.symmetric(vertical=space(2), horizontal=space(8)),
        ),
    )


def _page(desk: Desk, outlet: ft.Control) -> ft.Control:
    margin = space(4) if desk.layout == "narrow" else space(8)
    return ft.Container(outlet, expand=True, padding=ft.Padding.symmetric(horizontal=margin))


def _drawer(view: View) -> ft.Control | None:
    match view.drawer:
        case "jobs":
            return JobsDrawer()
        case "bell":
            return BellDrawer()
        case _:
            return None


def _jobs_action(desk: Desk, feed: Feed) -> ft.Control:
    count = len(feed.under_way()) + len(feed.arriving())
    name = desk.words("shell.jobs_busy", count=count) if count else desk.words("shell.jobs")
    return icon_action(ft.Icons.DONUT_LARGE, name, lambda: desk.view.toggle("jobs"), badge=_badge(count))


def _bell_action(desk: Desk, feed: Feed) -> ft.Control:
    name = desk.words("shell.bell_unread", count=feed.unread) if feed.unread else desk.words("shell.bell")
    return icon_action(
        ft.Icons.NOTIFICATIONS_OUTLINED, name, lambda: desk.view.toggle("bell"), badge=_badge(feed.unread)
    )


def _badge(count: int) -> ft.Badge | None:
    if not count:
        return None
    near = ft.Offset(-space(1), space(1))
    return ft.Badge(label=str(count), bgcolor=Role.ACCENT, text_color=Role.ON_ACCENT, offset=near)


def _account(desk: Desk) -> ft.Control:
    who = desk.me.name or desk.me.email
    sign_out = icon_action(
        ft.Icons.LOGOUT, desk.words("shell.sign_out"), lambda: ft.context.page.run_task(desk.sign_out)
    )
    if desk.layout != "wide":
        return sign_out
    names = ft.Column(
        [
            text(who, "strong", lines=1),
            text(desk.words.named("settings", desk.me.role), "caption", Role.MUTED, lines=1),
        ],
        spacing=0,
        expand=True,
    )
    return ft.Container(ft.Row([names, sign_out], spacing=space(1)), padding=ft.Padding.only(left=space(2)))


def _mark() -> ft.Control:
    return ft.Container(
        ft.Icon(ft.Icons.PLAY_ARROW_ROUNDED, color=Role.ON_ACCENT, size=space(5)),
        width=space(7),
        height=space(7),
        border_radius=Radius.SMALL,
        bgcolor=Role.ACCENT,
        alignment=ft.Alignment.CENTER,
    )


def _line() -> ft.Control:
    return ft.VerticalDivider(width=HAIRLINE, thickness=HAIRLINE, color=Role.LINE)
