"""Agreements: the sentences that a contact confirms with a decision, and that are kept as evidence.

Law: see the package. Only a sentence of ours is agreed to; it names the video and the version.
"""

from typing import Final

from engine.core.errors import Invalid
from engine.core.models import Verdict

_SENTENCES: Final = {
    ("nl", Verdict.APPROVED): "Ik keur versie {number} van “{title}” goed, zoals ik die heb gezien.",
    ("nl", Verdict.CHANGES_REQUESTED): "Ik vraag wijzigingen op versie {number} van “{title}”.",
    ("en", Verdict.APPROVED): "I approve version {number} of “{title}”, as I have seen it.",
    ("en", Verdict.CHANGES_REQUESTED): "I ask for changes to version {number} of “{title}”.",
}


def agreement(language: str, verdict: Verdict, *, title: str, number: int) -> str:
    """The sentence, in one of the two languages."""
    return _SENTENCES["en" if language == "en" else "nl", verdict].format(number=number, title=title)


def require_agreement(text: str, verdict: Verdict, *, title: str, number: int) -> None:
    """Raises Invalid (agreement_unknown) where this is no sentence of ours for this version."""
    if text not in {agreement(language, verdict, title=title, number=number) for language in ("nl", "en")}:
        raise Invalid(
            "This is not the sentence that was shown for this version. Open it again and confirm what stands there.",
            field="agreed_text",
            code="agreement_unknown",
        )
