"""What goes wrong: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "problem.title": ("Dit lukte niet", "That did not work"),
    "problem.retry": ("Opnieuw proberen", "Try again"),
    "problem.unreachable": (
        "De studio antwoordt niet. Wat je typte staat er nog; probeer het zo opnieuw.",
        "The studio does not answer. What you typed is still here; try again in a moment.",
    ),
    "problem.busy": (
        "De studio heeft het erg druk. Er is niets gewijzigd; probeer het zo opnieuw.",
        "The studio is very busy just now. Nothing was changed; try again in a moment.",
    ),
    "problem.unforeseen": (
        "Er ging iets onverwachts mis. Er is niets gewijzigd; het logboek weet meer.",
        "Something unforeseen went wrong. Nothing was changed; the log tells more.",
    ),
    "problem.database_unavailable": (
        "De database antwoordt niet. Er is niets gewijzigd; probeer het zo opnieuw.",
        "The database does not answer. Nothing was changed; try again in a moment.",
    ),
    "problem.revision_outdated": (
        "Iemand anders heeft dit intussen gewijzigd. Er is niets overschreven; hieronder staat de nieuwste versie.",
        "Somebody else changed this meanwhile. Nothing was overwritten; the newest version is shown now.",
    ),
    "problem.invalid_request": (
        "Dit kan zo niet worden bewaard. Er is niets gewijzigd; kijk het nog eens na.",
        "This cannot be kept as it is. Nothing was changed; please check it.",
    ),
    "problem.sign_in_refused": (
        "Het e-mailadres, het wachtwoord of de code klopt niet.",
        "The e-mail address, the password or the code does not fit.",
    ),
    "problem.too_many_requests": (
        "Te veel pogingen. Wacht een paar minuten en probeer het dan opnieuw.",
        "Too many attempts. Wait a few minutes, then try again.",
    ),
    "problem.job_not_under_way": (
        "Deze taak is al afgelopen. Er is niets gewijzigd.",
        "This job is over already. Nothing was changed.",
    ),
}
