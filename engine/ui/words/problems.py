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
    "problem.budget_exceeded": (
        "Het budget is te klein voor deze beelden. Er is niets gekocht; kies er minder, of vraag de eigenaar om een "
        "hoger budget.",
        "The budget is too small for these pictures. Nothing was bought; pick fewer, or ask the owner for a higher "
        "budget.",
    ),
    "problem.quote_expired": (
        "Deze prijs is verlopen. Er is niets gekocht; vraag hem opnieuw.",
        "This price has expired. Nothing was bought; ask for it again.",
    ),
    "problem.quote_declined": (
        "Deze prijs is al afgewezen. Er is niets gekocht; vraag hem opnieuw.",
        "This price was declined already. Nothing was bought; ask for it again.",
    ),
    "problem.quote_amount_differs": (
        "Het bedrag is intussen anders. Er is niets gekocht; bekijk het opnieuw.",
        "The amount is another one by now. Nothing was bought; look at it again.",
    ),
    "problem.unknown_price": (
        "Van dit model is geen prijs bekend. Er is niets gekocht; kies een ander of voeg de prijs toe.",
        "There is no price for this model. Nothing was bought; choose another one or add the price.",
    ),
    "problem.unknown_exchange_rate": (
        "Er is geen wisselkoers voor dit model. Er is niets gekocht; voeg hem toe bij de prijzen.",
        "There is no exchange rate for this model. Nothing was bought; add it to the prices.",
    ),
    "problem.job_not_under_way": (
        "Deze taak is al afgelopen. Er is niets gewijzigd.",
        "This job is over already. Nothing was changed.",
    ),
    "problem.storage_full": (
        "De schijf van de studio is vol. Wat er al is, blijft; maak ruimte en ga dan verder.",
        "The studio's disk is full. What is there is kept; make room, then go on.",
    ),
    "problem.upload_too_large": (
        "Dit bestand is te groot. Maak het kleiner, of leg het in delen in de inbox-map.",
        "This file is too large. Make it smaller, or put it into the inbox folder in parts.",
    ),
    "problem.drawing": (
        "Dit venster kan niet verder. Wat je typte is bewaard; laad de pagina opnieuw. Het logboek weet meer.",
        "This window cannot go on. What you typed is kept; load the page again. The log tells more.",
    ),
}
