"""Providers and their keys: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "provider.replicate": ("Replicate", "Replicate"),
    "providers.more": (
        "Wie beelden maakt tegen betaling. Zonder sleutel worden er gratis kaarten getekend.",
        "Who makes pictures for money. Without a key, free cards are drawn.",
    ),
    "providers.none": ("Nog geen sleutel.", "No key yet."),
    "providers.key": ("Sleutel", "Key"),
    "providers.other_key": ("Andere sleutel", "Another key"),
    "providers.enter": ("Sleutel bewaren", "Keep the key"),
    "providers.kept": (
        "De sleutel is verzegeld bewaard. Test hem met een klik.",
        "The key is kept, sealed. Test it with a click.",
    ),
    "providers.since": ("Ingevoerd op {day}", "Entered on {day}"),
    "providers.environment": (
        "Deze sleutel komt uit de omgeving van de server (BOM_REPLICATE_TOKEN) en gaat voor. Wijzig hem daar.",
        "This key comes from the server's environment (BOM_REPLICATE_TOKEN) and goes first. Change it there.",
    ),
    "providers.sealed": (
        "Deze sleutel is verzegeld met een ander geheim van de studio en gaat niet meer open. Voer hem opnieuw in.",
        "This key was sealed with another secret of the studio and does not open any more. Enter it again.",
    ),
    "providers.test": ("Testen", "Test"),
    "providers.works": ("De sleutel werkt: account {said}.", "The key works: account {said}."),
    "providers.works_not": ("De sleutel werkt niet. {said}", "The key does not work. {said}"),
    "providers.remove": ("Sleutel verwijderen", "Remove the key"),
    "providers.remove_more": (
        "Er wordt niets meer besteld; wat besteld is, wacht tot er weer een sleutel is.",
        "Nothing more is ordered; what was ordered waits until there is a key again.",
    ),
    "providers.removed": ("De sleutel is verwijderd.", "The key is removed."),
    "wrong.key": (
        "Dit is geen sleutel. Kopieer hem in zijn geheel, zonder spaties, van de pagina van de aanbieder.",
        "This is no key. Copy it whole, without spaces, from the provider's own page.",
    ),
    "problem.provider_key_missing": (
        "Er is nog geen sleutel voor deze aanbieder. Voer hem eerst in.",
        "There is no key for this provider yet. Enter it first.",
    ),
}
