"""The wizard's Export step: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "export.lacks": ("nog geen film", "no film yet"),
    "export.formats": ("Formaten", "Formats"),
    "format.9x16": ("staand", "upright"),
    "format.1x1": ("vierkant", "square"),
    "format.16x9": ("liggend", "wide"),
    "export.quality": ("Kwaliteit", "Quality"),
    "quality.draft": ("Klad, snel", "Draft, quick"),
    "quality.standard": ("Standaard", "Standard"),
    "quality.high": ("Hoog", "High"),
    "export.go": ("Exporteer {count} formaten", "Export {count} formats"),
    "export.go_one": ("Exporteer 1 formaat", "Export 1 format"),
    # films
    "export.films": ("Films", "Films"),
    "export.none": ("Nog geen films", "No films yet"),
    "export.none_more": (
        "Kies hierboven de formaten en exporteer; ze verschijnen hier met hun voortgang.",
        "Choose the formats above and export; they show here with their progress.",
    ),
    "export_status.queued": ("In de wachtrij", "Waiting for its turn"),
    "export_status.rendering": ("Wordt gemaakt", "Being made"),
    "export_status.ready": ("Klaar", "Ready"),
    "export_status.failed": ("Mislukt", "Failed"),
    "export_status.canceled": ("Gestopt", "Stopped"),
    "export.play_of": ("{film} afspelen", "Play {film}"),
    "export.close_of": ("{film} sluiten", "Close {film}"),
    "export.download_of": ("{film} downloaden", "Download {film}"),
    "export.beside_of": ("Bestanden bij {film}", "Files beside {film}"),
    "sidecar.srt": ("Ondertitels SRT", "Captions SRT"),
    "sidecar.vtt": ("Ondertitels VTT", "Captions VTT"),
    "sidecar.thumbnail": ("Miniatuur", "Thumbnail"),
    "sidecar.filmstrip": ("Filmstrip", "Filmstrip"),
    "sidecar.waveform": ("Golfvorm", "Waveform"),
    "sidecar.otio": ("Montage (OTIO)", "Cut (OTIO)"),
}
