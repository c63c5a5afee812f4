"""The outbox in Settings: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "settings.outbox": ("Outbox", "Outbox"),
    "outbox.show": ("Toon", "Show"),
    "outbox.all": ("Alle mails", "All mails"),
    "mail_status.waiting": ("Wacht", "Waiting"),
    "mail_status.sent": ("Verstuurd", "Sent"),
    "mail_status.kept": ("Bleef hier", "Kept here"),
    "mail_status.failed": ("Mislukt", "Failed"),
    "mail_status.dropped": ("Niet meer nodig", "Not needed any more"),
    "outbox.reaches": (
        "Mails gaan de deur uit. Wat mislukt of ooit bleef liggen, staat hier.",
        "Mails go out. What failed, or was kept here before, is listed here.",
    ),
    "outbox.reaches_nobody": (
        "Er is geen mail ingesteld, dus elke mail blijft hier. Zet BOM_MAIL_RESEND_KEY of BOM_MAIL_SMTP_HOST, "
        "en BOM_MAIL_FROM, in de omgeving van de studio en start hem opnieuw.",
        "No mail is set up, so every mail stays here. Set BOM_MAIL_RESEND_KEY or BOM_MAIL_SMTP_HOST, and "
        "BOM_MAIL_FROM, in the studio’s environment and start it again.",
    ),
    "outbox.none": ("Hier ligt niets", "Nothing lies here"),
    "outbox.none_more": (
        "Mails aan klanten en aan jullie die nergens heen konden, zie je hier met hun tekst.",
        "Mails to clients and to you that could go nowhere show here, with their text.",
    ),
    "outbox.to": ("aan {to}", "to {to}"),
    "outbox.no_subject": ("Nog geen onderwerp", "No subject yet"),
    "outbox.read": ("Lezen", "Read"),
    "outbox.read_of": ("Lezen: {subject}, aan {to}", "Read: {subject}, to {to}"),
    "outbox.close": ("Sluiten", "Close"),
    "outbox.close_of": ("Sluiten: {subject}, aan {to}", "Close: {subject}, to {to}"),
    "outbox.open_link": ("Link openen", "Open the link"),
    "outbox.text_of": ("Tekst van {subject}", "Text of {subject}"),
}
