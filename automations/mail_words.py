"""Mail words: what each kind of mail says, in Dutch and in English. {names} are filled in by automations.letters.

Law: plain and short; each line is complete in both languages (a test reads them all). Nothing here is HTML.
"""

from typing import Final

Line = tuple[str, str]
"""In Dutch, in English."""

SUBJECTS: Final[dict[str, Line]] = {
    "sign_in": ("Inloggen bij {studio}", "Sign in to {studio}"),
    "invitation": ("Bekijk uw video’s bij {studio}", "Watch your videos at {studio}"),
    "new_version": ("Versie {number} van “{title}” staat klaar", "Version {number} of “{title}” is ready"),
    "reply": ("Antwoord op uw opmerking bij “{title}”", "A reply to your note on “{title}”"),
    "message": ("Nieuw bericht van {from_name}", "A new message from {from_name}"),
    "decision_approved": ("{client}: “{title}” is goedgekeurd", "{client}: “{title}” is approved"),
    "decision_changes_requested": ("{client}: wijzigingen bij “{title}”", "{client}: changes to “{title}”"),
    "digest": ("Uw overzicht van {studio}", "Your overview from {studio}"),
}
LINES: Final[dict[str, Line]] = {
    "hello": ("Dag {name},", "Hello {name},"),
    "sign_in": (
        "Met deze knop logt u in. Hij werkt één keer, tien minuten lang, in de browser waarin u hem vroeg.",
        "This button signs you in. It works once, for ten minutes, in the browser that asked for it.",
    ),
    "sign_in.code": (
        "Opent uw mail een andere browser? Typ dan deze code in het eerste venster:",
        "Does your mail open another browser? Then type this code in the first window:",
    ),
    "sign_in.not_you": (
        "Hebt u dit niet gevraagd? Dan hoeft u niets te doen.",
        "Did you not ask for this? Then there is nothing to do.",
    ),
    "invitation": (
        "In het portaal van {studio} bekijkt u uw video’s, zegt u wat anders moet en keurt u ze goed. Een wachtwoord "
        "is niet nodig: u logt in met dit e-mailadres.",
        "In the portal of {studio} you watch your videos, say what should change and approve them. There is no "
        "password: you sign in with this address.",
    ),
    "new_version": (
        "Versie {number} van “{title}” wacht op uw oordeel.",
        "Version {number} of “{title}” waits for your word.",
    ),
    "reply": ("{studio} antwoordde op “{title}”:", "{studio} replied on “{title}”:"),
    "message": ("{from_name} schreef:", "{from_name} wrote:"),
    "decision_approved": (
        "{contact} van {client} keurde versie {number} van “{title}” goed.",
        "{contact} of {client} approved version {number} of “{title}”.",
    ),
    "decision_changes_requested": (
        "{contact} van {client} vraagt wijzigingen op versie {number} van “{title}”. Dit is ronde {round}.",
        "{contact} of {client} asks for changes to version {number} of “{title}”. This is round {round}.",
    ),
    "digest": ("Dit gebeurde sinds de vorige keer:", "This happened since the last time:"),
    "digest.new_version": (
        "Versie {number} van “{title}” wacht op uw oordeel.",
        "Version {number} of “{title}” waits for your word.",
    ),
    "digest.reply": ("{from_name} antwoordde op “{title}”.", "{from_name} replied on “{title}”."),
    "digest.message": ("{from_name} stuurde een bericht.", "{from_name} sent a message."),
    "more": ("En nog {more}.", "And {more} more."),
    "wishes": (
        "U bepaalt zelf waarover u mail krijgt: {url}",
        "You choose what you get mail about: {url}",
    ),
}
BUTTONS: Final[dict[str, Line]] = {
    "sign_in": ("Inloggen", "Sign in"),
    "invitation": ("Naar het portaal", "Open the portal"),
    "new_version": ("Bekijken", "Watch"),
    "reply": ("Antwoord bekijken", "See the reply"),
    "message": ("Bericht lezen", "Read the message"),
    "decision_approved": ("Openen", "Open"),
    "decision_changes_requested": ("Opmerkingen bekijken", "See the notes"),
    "digest": ("Naar het portaal", "Open the portal"),
}
