"""Large uploads: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "uploads.title": ("Grote bestanden uploaden", "Upload large files"),
    "uploads.intro": (
        "Tot {most} GB per bestand. Valt de verbinding weg, dan gaat het verder waar het was.",
        "Up to {most} GB each. When the connection drops, it goes on where it was.",
    ),
    "uploads.drop": ("Sleep bestanden hierheen, of kies ze.", "Drop files here, or choose them."),
    "uploads.choose": ("Bestanden kiezen", "Choose files"),
    "uploads.client": ("Voor klant", "For client"),
    "uploads.every_client": ("Alle klanten", "Every client"),
    "uploads.use": ("Gebruik", "Use"),
    "uploads.use_auto": ("Zoals het bestand is", "As the file is"),
    "uploads.use_image": ("Beeld", "Picture"),
    "uploads.use_clip": ("Videofragment", "Clip"),
    "uploads.use_audio": ("Stem of geluid", "Voice or sound"),
    "uploads.use_music": ("Muziek", "Music"),
    "uploads.waiting": ("Wacht op zijn beurt", "Waits for its turn"),
    "uploads.arriving": ("{arrived} van {length}", "{arrived} of {length}"),
    "uploads.left": ("nog {time}", "{time} left"),
    "uploads.paused": ("Gepauzeerd bij {share}%", "Paused at {share}%"),
    "uploads.offline": (
        "Geen verbinding; gaat vanzelf verder.",
        "No connection; goes on by itself.",
    ),
    "uploads.checking": ("Binnen; wordt gecontroleerd…", "Arrived; being checked…"),
    "uploads.ready": ("Staat in de bibliotheek", "In the library"),
    "uploads.half": (
        "Half binnen ({share}%). Kies hetzelfde bestand opnieuw om verder te gaan.",
        "Half arrived ({share}%). Choose the same file again to go on.",
    ),
    "uploads.pause": ("Pauzeren", "Pause"),
    "uploads.go_on": ("Verder", "Go on"),
    "uploads.give_up": ("Verwijderen", "Remove"),
    "uploads.of_file": ("{action}: {file}", "{action}: {file}"),
    "uploads.none": ("Er wordt niets geüpload.", "Nothing is being uploaded."),
    "uploads.too_large": (
        "Dit bestand is groter dan {most} GB. Maak het kleiner, of leg het in delen in de inbox-map.",
        "This file is larger than {most} GB. Make it smaller, or put it into the inbox folder in parts.",
    ),
    "uploads.empty_file": ("Dit bestand is leeg.", "This file is empty."),
    "uploads.no_folder": ("Een map kan niet; kies de bestanden erin.", "A folder will not do; choose the files in it."),
    "uploads.inbox": (
        "Staat het bestand al op de studiocomputer? Leg het in de map “inbox”; dan komt het zonder upload binnen.",
        "Is the file on the studio's computer already? Put it into the folder “inbox”; it comes in without an upload.",
    ),
    "uploads.back": ("Terug naar de studio", "Back to the studio"),
    "uploads.open": ("Groot bestand…", "Large file…"),
    "uploads.card": ("Uploaden", "Uploading"),
    "uploads.progress_of": ("Voortgang van {file}", "Progress of {file}"),
}
