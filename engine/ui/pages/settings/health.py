"""Health: what is there on the studio's machine, what is missing, and what that turns off; as `bom doctor` tells it.

Called by the page of Settings.
"""

import re
from typing import Final

import flet as ft

from api.schemas.health import FindingOut
from engine.ui.components.acting import use_act
from engine.ui.components.forms import buttons
from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.theme import Role, space
from engine.ui.words import WORDS, Words

DETAILS: Final = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"(?P<count>\d+) can sign in", "detail.can_sign_in"),
        (r"nobody can sign in", "detail.nobody"),
        (r"none yet", "detail.no_studio"),
        (r"of an older shape", "detail.older_shape"),
        (r"(?P<path>.+) cannot be written", "detail.not_writable"),
        (r"no Chromium on PATH", "detail.no_browser"),
        (r"no key in Settings and no BOM_REPLICATE_TOKEN", "detail.no_key"),
        (r"no BOM_MAIL_RESEND_KEY and no BOM_MAIL_SMTP_HOST", "detail.no_mail"),
        (r"lead to (?P<place>[^\s,]+)", "detail.links"),
        (r"lead to (?P<place>[^\s,]+), which only this machine knows; set BOM_PORTAL_URL", "detail.links_here"),
        (r"(?P<place>\S+), from (?P<sender>\S+@\S+)", "detail.mail"),
        (r"(?P<url>\S+) tells when a picture is done", "detail.tells"),
        (r"(?P<url>\S+) is asked for pictures every 2 s", "detail.is_asked"),
        (r"espeak-ng, Dutch and English, (?P<rate>\d+) Hz", "detail.offline_voice"),
        (r"(?P<version>PyAV .+), libx264 and aac", "detail.encoder"),
    )
)
"""The sentences of api.services.findings."""


@ft.component
def Health() -> ft.Control:
    """What is missing first, and a way to look again."""
    desk, act = use_desk(), use_act()
    words = desk.words
    newer: list[FindingOut] | None = None
    looked, set_looked = ft.use_state(newer)
    match use_loaded(desk.api.findings):
        case Waiting():
            return titled_card(words("settings.health"), skeleton(words, rows=8))
        case Failed() as failed:
            return titled_card(words("settings.health"), Trouble(failed))
        case Loaded(first):
            findings = looked if looked is not None else first.items

    async def look() -> str:
        set_looked((await desk.api.findings()).items)
        return words("health.looked")

    missing = [finding for finding in findings if not finding.is_fine]
    said = words("health.all_fine") if not missing else words("health.missing", count=len(missing))
    rows: list[ft.Control] = [text(said, "strong")]
    for finding in sorted(findings, key=lambda one: (one.is_fine, not one.is_needed)):
        rows += [divider(), _row(finding, words)]
    again = ft.OutlinedButton(words("health.look_again"), icon=ft.Icons.REFRESH, on_click=lambda _: act.run(look))
    rows += [divider(), buttons([again], act)]
    return titled_card(words("settings.health"), ft.Column(rows, spacing=space(3)))


def _row(finding: FindingOut, words: Words) -> ft.Control:
    """Its name and whether it is there, in words as well as in a sign."""
    if finding.is_fine:
        icon, color, state = ft.Icons.CHECK_CIRCLE_OUTLINE, Role.POSITIVE, words("health.there")
    elif finding.is_needed:
        icon, color, state = ft.Icons.ERROR_OUTLINE, Role.DANGER, words("health.lacks")
    else:
        icon, color, state = ft.Icons.INFO_OUTLINE, Role.CAUTION, words("health.lacks")
    lines: list[ft.Control] = [
        text(finding_name(finding, words), "strong"),
        text(detail_of(finding, words), "caption", Role.MUTED),
    ]
    if finding.turned_off:
        lines.append(text(words("health.turned_off", what=turned_off(finding, words)), "caption", color))
    return ft.Row(
        [
            ft.Icon(icon, color=color, size=space(5), semantics_label=state),
            ft.Column(lines, spacing=0, expand=True),
        ],
        spacing=space(3),
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def key_of(finding: FindingOut) -> str:
    """The last part of its words' names: heic_pictures for “HEIC pictures”."""
    return finding.thing.lower().replace(" ", "_")


def finding_name(finding: FindingOut, words: Words) -> str:
    """What it is called; as the api does where that is newer than the app."""
    key = f"finding.{key_of(finding)}"
    return words(key) if key in WORDS else finding.thing


def turned_off(finding: FindingOut, words: Words) -> str:
    """What cannot be done without it; as the api says it where that is newer than the app."""
    key = f"without.{key_of(finding)}"
    return words(key) if key in WORDS else finding.turned_off


def detail_of(finding: FindingOut, words: Words) -> str:
    """What was found; a number or a path as it is, a sentence in our words where we know it."""
    for pattern, key in DETAILS:
        if known := pattern.fullmatch(finding.detail):
            return words(key, **known.groupdict())
    return finding.detail
