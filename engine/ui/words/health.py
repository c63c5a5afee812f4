"""What the studio keeps, and what its machine lacks: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "storage.kept": ("Bewaard", "Kept"),
    "storage.files": ("{count} bestanden, elk één keer", "{count} files, each once"),
    "storage.files_one": ("1 bestand", "1 file"),
    "storage.place": ("Plaats", "Place"),
    "storage.cache": ("Kladruimte voor films", "Cache for films"),
    "storage.cache_of": ("{used} van {limit}", "{used} of {limit}"),
    "storage.cache_more": (
        "Stukken film die klaar zijn; wat te oud wordt, gaat vanzelf weg en wordt zo nodig opnieuw gemaakt.",
        "Finished pieces of films; the oldest go by themselves and are made again when needed.",
    ),
    "storage.free": ("Vrij op de schijf", "Free on the disk"),
    "storage.little_room": (
        "Er is weinig ruimte over. Maak ruimte voordat de volgende film erbij komt.",
        "Little room is left. Make room before the next film is added.",
    ),
    "health.all_fine": ("Alles is er.", "Everything is there."),
    "health.missing": ("Wat er ontbreekt: {count}", "Missing: {count}"),
    "health.there": ("Aanwezig", "There"),
    "health.lacks": ("Ontbreekt", "Missing"),
    "health.turned_off": ("Daardoor niet: {what}", "Turned off: {what}"),
    "health.look_again": ("Opnieuw kijken", "Look again"),
    "health.looked": ("Zojuist bekeken.", "Looked just now."),
    "finding.python": ("Python", "Python"),
    "finding.kernels": ("Rekenkern", "Kernels"),
    "finding.encoder": ("Encoder", "Encoder"),
    "finding.typefaces": ("Lettertypen", "Typefaces"),
    "finding.offline_voice": ("Offline stem", "Offline voice"),
    "finding.heic_pictures": ("HEIC-foto's", "HEIC pictures"),
    "finding.data_folder": ("Map met gegevens", "Data folder"),
    "finding.cache_folder": ("Map voor kladruimte", "Cache folder"),
    "finding.free_disk": ("Vrije schijfruimte", "Free disk"),
    "finding.studio": ("Studio", "Studio"),
    "finding.replicate": ("Replicate", "Replicate"),
    "finding.browser": ("Browser", "Browser"),
    "without.kernels": ("renderen; draai `make setup`", "rendering; run `make setup`"),
    "without.encoder": ("renderen; installeer het pakket av opnieuw", "rendering; reinstall the av package"),
    "without.typefaces": (
        "ondertiteling en titelkaarten; draai `make setup`",
        "captions and title cards; run `make setup`",
    ),
    "without.offline_voice": (
        "de conceptstem en het vinden van woorden in een voice-over",
        "the draft voice and finding words in a voice-over",
    ),
    "without.heic_pictures": (
        "foto's van een iPhone; installeer het pakket pillow-heif opnieuw",
        "iPhone photos; reinstall the pillow-heif package",
    ),
    "without.data_folder": ("alles wat een bestand bewaart", "everything that keeps a file"),
    "without.cache_folder": ("alles wat een bestand bewaart", "everything that keeps a file"),
    "without.free_disk": ("lange films; maak ruimte", "long films; make room"),
    "without.replicate": ("betaalde beelden; kaarten worden getekend", "paid pictures; cards are drawn"),
    "without.browser": ("de browsertests", "browser tests"),
}
