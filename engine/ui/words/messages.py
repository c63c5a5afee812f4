"""Messages with a client: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "messages.title": ("Berichten", "Messages"),
    "messages.none": ("Nog geen berichten", "No messages yet"),
    "messages.none_more": (
        "Wat je hier schrijft, leest de klant in het portaal; wie dat wil, krijgt een mail.",
        "What you write here, the client reads in the portal; those who wish it get a mail.",
    ),
    "messages.unread": ("{count} nieuw", "{count} new"),
    "messages.new": ("nieuw", "new"),
    "messages.you": ("jij", "you"),
    "messages.earlier": ("Eerdere berichten", "Earlier messages"),
    "messages.write": ("Schrijf een bericht", "Write a message"),
    "messages.send": ("Sturen", "Send"),
    "messages.empty": ("Schrijf eerst iets.", "Write something first."),
    "messages.sent": ("Verstuurd", "Sent"),
}
