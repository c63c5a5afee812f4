"""What steps of the wizard share: playing, asking for work, uploading from disk: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "player.play": ("Afspelen", "Play"),
    "player.pause": ("Pauzeren", "Pause"),
    "player.broken": (
        "Je browser kan dit bestand niet afspelen. Laad de pagina opnieuw, of luister in een andere browser.",
        "Your browser cannot play this file. Load the page again, or listen in another browser.",
    ),
    "level.less": ("{what}: minder", "{what}: less"),
    "level.more": ("{what}: meer", "{what}: more"),
    "asking.not_saved": (
        "Nog niet alles is bewaard. Er is niets gestart; probeer het zo opnieuw.",
        "Not everything is saved yet. Nothing was started; try again in a moment.",
    ),
    "upload.too_large": (
        "“{name}” is groter dan {most} MB. Zet het op de pagina /uploads of in de inbox-map; er is niets veranderd.",
        "“{name}” is larger than {most} MB. Bring it by the page /uploads or the inbox folder; nothing was changed.",
    ),
    "upload.failed": (
        "“{name}” is niet aangekomen. Er is niets veranderd; probeer het opnieuw.",
        "“{name}” did not arrive. Nothing was changed; try again.",
    ),
    "upload.stalled": (
        "Het uploaden staat stil. Er is niets veranderd; kijk of je verbinding het doet en probeer het opnieuw.",
        "The upload stands still. Nothing was changed; see whether your connection works and try again.",
    ),
}
