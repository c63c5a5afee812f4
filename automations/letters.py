"""Letters: a mail's subject, text and HTML, from what it tells and the words for it.

Called by automations.workflows.mail and api.routers.outbox. Law: pure; whatever people typed is quoted as text in the
HTML, and no line end of theirs gets into a subject. A letter loads nothing from anywhere: no picture, no pixel.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from pydantic import JsonValue

from automations.mail_words import BUTTONS, LINES, SUBJECTS, Line

INK, MUTED, ACCENT, ON_ACCENT, GROUND = "#14161A", "#5F5E5A", "#C2410C", "#FFFFFF", "#FAF8F4"
"""design/tokens.json, light: mail programs know no variables."""
LONGEST_QUOTE: Final = 1_000


@dataclass(frozen=True)
class Letter:
    """What somebody reads."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Told:
    """What a letter tells. kind: a key of the words; url: where its button leads."""

    kind: str
    language: str
    name: str
    facts: Mapping[str, JsonValue]
    url: str
    wishes_url: str = ""
    """Where its reader chooses what to get mail about; empty where there is no choice."""


def letter_of(told: Told) -> Letter:
    """The letter. Raises KeyError for a kind that has no words."""
    say = _Voice(told.language, {name: str(value) for name, value in told.facts.items() if not isinstance(value, list)})
    paragraphs = [say(LINES["hello"], name=told.name)] if told.name else []
    paragraphs.append(say(LINES[told.kind]))
    quotes = [*_digest_lines(told, say), *_quotes(told.facts)]
    after = []
    if str(told.facts.get("more", 0)) not in {"0", ""}:
        after.append(say(LINES["more"]))
    if told.kind == "sign_in":
        after += [say(LINES["sign_in.code"]), str(told.facts["code"]), say(LINES["sign_in.not_you"])]
    wishes = say(LINES["wishes"], url=told.wishes_url) if told.wishes_url else ""
    button = say(BUTTONS[told.kind])
    subject = " ".join(say(SUBJECTS[told.kind]).split())[:200]
    return Letter(
        subject,
        _text(paragraphs, quotes, button, told.url, after, wishes),
        _html(told.language, subject, paragraphs, quotes, button, told.url, after, wishes),
    )


@dataclass(frozen=True)
class _Voice:
    language: str
    facts: Mapping[str, str]

    def __call__(self, line: Line, **more: str) -> str:
        said = {**self.facts, **more}
        return line[1 if self.language == "en" else 0].format_map({"studio": "", "name": "", **said})


def _quotes(facts: Mapping[str, JsonValue]) -> list[str]:
    texts = facts.get("texts")
    if not isinstance(texts, list):
        return []
    return [str(text)[:LONGEST_QUOTE] for text in texts if str(text).strip()]


def _digest_lines(told: Told, say: _Voice) -> list[str]:
    lines = told.facts.get("lines")
    if told.kind != "digest" or not isinstance(lines, list):
        return []
    return [
        say(LINES[f"digest.{line['kind']}"], **{name: str(value) for name, value in line.items()})
        for line in lines
        if isinstance(line, dict) and f"digest.{line.get('kind')}" in LINES
    ]


def _text(
    paragraphs: Sequence[str], quotes: Sequence[str], button: str, url: str, after: Sequence[str], wishes: str
) -> str:
    quoted = ["\n".join(f"> {line}" for line in quote.splitlines()) for quote in quotes]
    parts = [*paragraphs, *quoted, f"{button}:\n{url}", *after]
    return "\n\n".join(parts) + (f"\n\n-- \n{wishes}\n" if wishes else "\n")


def _html(
    language: str,
    subject: str,
    paragraphs: Sequence[str],
    quotes: Sequence[str],
    button: str,
    url: str,
    after: Sequence[str],
    wishes: str,
) -> str:
    def paragraph(text: str, style: str = "") -> str:
        return f'<p style="margin:0 0 16px;{style}">{escape(text).replace(chr(10), "<br>")}</p>'

    quoted = "".join(
        f'<blockquote style="margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid {ACCENT}">'
        f"{escape(quote).replace(chr(10), '<br>')}</blockquote>"
        for quote in quotes
    )
    pressed = (
        f'<p style="margin:24px 0"><a href="{escape(url)}" style="display:inline-block;padding:12px 20px;'
        f'border-radius:6px;background:{ACCENT};color:{ON_ACCENT};text-decoration:none;font-weight:600">'
        f"{escape(button)}</a></p>"
    )
    foot = paragraph(wishes, f"color:{MUTED};font-size:14px") if wishes else ""
    body = "".join(map(paragraph, paragraphs)) + quoted + pressed + "".join(map(paragraph, after)) + foot
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(subject)}</title></head>'
        f'<body style="margin:0;background:{GROUND}"><div style="max-width:560px;margin:0 auto;padding:32px 20px;'
        f'font:16px/1.5 Inter,system-ui,sans-serif;color:{INK}">{body}</div></body></html>\n'
    )
