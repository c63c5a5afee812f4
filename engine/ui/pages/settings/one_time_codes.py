"""One-time codes: a second lock on one's own account, turned on and off.

Called by the section You. Law: turning them on needs the password and one code that fits, so that nobody locks
themselves out.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final

import flet as ft
import segno

from api.schemas.auth import TotpBegun
from engine.ui.client import ApiProblem
from engine.ui.components.acting import Act, use_act
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import buttons, fact, form
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk
from engine.ui.newest import Newest
from engine.ui.theme import Radius, Role, space

GROUP_OF: Final = 4
"""A long secret is typed over in pieces of this many signs."""
MODULE_PX: Final = 4
QUIET_MODULES: Final = 4
"""So much white must stand around a code for a phone to find it, in the dark theme too."""


@dataclass(frozen=True)
class Codes:
    """As far as somebody is. begun: the secret that waits for its first code."""

    password: str = ""
    begun: TotpBegun | None = None
    code: str = ""


@ft.component
def OneTimeCodes() -> ft.Control:
    """Off, being turned on, or on."""
    desk, act = use_desk(), use_act()
    words = desk.words
    codes, set_codes = use_draft(Codes)
    if codes.value.begun is not None and not desk.me.has_totp:
        rows = _confirming(desk, act, codes, codes.value.begun, set_codes)
    else:
        rows = _asking(desk, act, codes, set_codes)
    return titled_card(words("settings.codes"), form(rows))


def _asking(desk: Desk, act: Act, codes: Newest[Codes], set_codes: Callable[[Codes], None]) -> list[ft.Control]:
    """The password, to turn them on or off."""
    words, is_on = desk.words, desk.me.has_totp

    async def begin() -> str:
        try:
            begun = await desk.api.begin_totp(codes.value.password)
        except ApiProblem as problem:
            if problem.code == "totp_on":  # in another window
                desk.take_me(await desk.api.me())
            raise
        set_codes(Codes(begun=begun))
        return ""

    async def end() -> str:
        await desk.api.end_totp(codes.value.password)
        desk.take_me(await desk.api.me())
        set_codes(Codes())
        return words("settings.codes_ended")

    def ask() -> None:
        if codes.value.password:
            act.run(end if is_on else begin)
        else:
            act.refuse({"password": words("settings.password_missing")})

    looks = Looks(label=words("settings.password_now"), is_secret=True, error=act.wrong("password"))
    do = words("settings.codes_end" if is_on else "settings.codes_begin")
    return [
        text(words("settings.codes_on" if is_on else "settings.codes_off"), color=Role.MUTED),
        TypedField(looks, codes.value.password, lambda said: set_codes(replace(codes.value, password=said)), ask),
        buttons([ft.OutlinedButton(do, on_click=lambda _: ask())], act),
    ]


def _confirming(
    desk: Desk, act: Act, codes: Newest[Codes], begun: TotpBegun, set_codes: Callable[[Codes], None]
) -> list[ft.Control]:
    """The secret for the phone, and its first code."""
    words = desk.words

    async def confirm() -> str:
        await desk.api.confirm_totp(codes.value.code.strip())
        desk.take_me(await desk.api.me())
        set_codes(Codes())
        return words("settings.codes_begun")

    def ask() -> None:
        digits = codes.value.code.replace(" ", "")
        if len(digits) == 6 and digits.isascii() and digits.isdigit():
            act.run(confirm)
        else:
            act.refuse({"code": words("wrong.code")})

    pieces = [begun.secret[at : at + GROUP_OF] for at in range(0, len(begun.secret), GROUP_OF)]
    looks = Looks(label=words("sign_in.code"), hint="123 456", max_length=7, error=act.wrong("code"))
    actions: list[ft.Control] = [
        ft.FilledButton(words("settings.codes_confirm"), on_click=lambda _: ask()),
        ft.OutlinedButton(words("settings.codes_stop"), on_click=lambda _: set_codes(Codes())),
    ]
    copy, open_it = words("settings.copy"), words("settings.codes_open")
    page = ft.context.page
    ways: list[ft.Control] = [
        ft.OutlinedButton(copy, icon=ft.Icons.COPY, on_click=lambda _: page.run_task(ft.Clipboard().set, begun.secret)),
        ft.TextButton(open_it, on_click=lambda _: page.run_task(ft.UrlLauncher().launch_url, begun.otpauth_uri)),
    ]
    return [
        text(words("settings.codes_more"), color=Role.MUTED),
        ft.Row([_picture(begun.otpauth_uri, words("settings.codes_picture"))]),
        fact(words("settings.codes_secret"), " ".join(pieces)),
        ft.Row(ways, spacing=space(2), wrap=True),
        TypedField(looks, codes.value.code, lambda said: set_codes(replace(codes.value, code=said)), ask),
        buttons(actions, act),
    ]


def _picture(uri: str, name: str) -> ft.Control:
    """The secret as a phone's camera reads it."""
    code = segno.make_qr(uri, error="m")
    drawn = BytesIO()
    code.save(drawn, kind="png", scale=MODULE_PX, border=QUIET_MODULES)
    side = code.symbol_size(scale=MODULE_PX, border=QUIET_MODULES)[0]
    picture = ft.Image(src=drawn.getvalue(), width=side, height=side, semantics_label=name)
    return ft.Container(picture, border_radius=Radius.SMALL, clip_behavior=ft.ClipBehavior.HARD_EDGE)
