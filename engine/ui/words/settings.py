"""Settings: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "settings.title": ("Instellingen", "Settings"),
    "settings.profile": ("Profiel", "Profile"),
    "settings.name": ("Naam", "Name"),
    "settings.email": ("E-mailadres", "E-mail address"),
    "settings.role": ("Rol", "Role"),
    "settings.owner": ("Eigenaar", "Owner"),
    "settings.producer": ("Producent", "Producer"),
    "settings.save": ("Bewaren", "Save"),
    "settings.saved": ("Bewaard", "Saved"),
    "settings.saving": ("Bewaren…", "Saving…"),
    "settings.name_missing": ("Vul je naam in.", "Fill in your name."),
    "settings.appearance": ("Weergave", "Appearance"),
    "settings.language": ("Taal", "Language"),
    "settings.theme": ("Thema", "Theme"),
    "settings.theme_system": ("Zoals dit apparaat", "As this device"),
    "settings.theme_light": ("Licht", "Light"),
    "settings.theme_dark": ("Donker", "Dark"),
    "language.nl": ("Nederlands", "Nederlands"),
    "language.en": ("English", "English"),
}
