"""Settings, of oneself and of the studio: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "settings.title": ("Instellingen", "Settings"),
    "settings.section": ("Onderdeel", "Section"),
    "settings.you": ("Jij", "You"),
    "settings.appearance": ("Weergave", "Appearance"),
    "settings.studio": ("Studio", "Studio"),
    "settings.staff": ("Medewerkers", "Staff"),
    "settings.providers": ("Aanbieders", "Providers"),
    "settings.prices": ("Prijzen", "Prices"),
    "settings.budgets": ("Budgetten", "Budgets"),
    "settings.storage": ("Opslag", "Storage"),
    "settings.health": ("Gezondheid", "Health"),
    "settings.owners_only": (
        "Dit onderdeel is alleen voor eigenaren. Vraag er een om iets te wijzigen.",
        "This section is for owners only. Ask one to change something.",
    ),
    "settings.owners_change": (
        "Alleen een eigenaar kan dit wijzigen; vraag er een.",
        "Only an owner can change this; ask one.",
    ),
    "settings.save": ("Bewaren", "Save"),
    "settings.saved": ("Bewaard", "Saved"),
    "settings.saving": ("Even geduld…", "One moment…"),
    "settings.keep": ("Laat zo", "Leave it"),
    "settings.copy": ("Kopiëren", "Copy"),
    # you
    "settings.profile": ("Profiel", "Profile"),
    "settings.name": ("Naam", "Name"),
    "settings.name_missing": ("Vul je naam in.", "Fill in your name."),
    "settings.email": ("E-mailadres", "E-mail address"),
    "settings.role": ("Rol", "Role"),
    "settings.owner": ("Eigenaar", "Owner"),
    "settings.producer": ("Producent", "Producer"),
    "settings.password": ("Wachtwoord", "Password"),
    "settings.password_more": (
        "Minstens 12 tekens; vier woorden zijn genoeg. Andere apparaten worden uitgelogd.",
        "At least 12 characters; four words will do. Other devices are signed out.",
    ),
    "settings.password_now": ("Huidig wachtwoord", "Present password"),
    "settings.password_new": ("Nieuw wachtwoord", "New password"),
    "settings.password_missing": ("Vul je huidige wachtwoord in.", "Fill in your present password."),
    "settings.password_change": ("Wachtwoord wijzigen", "Change password"),
    "settings.password_changed": (
        "Je wachtwoord is gewijzigd; andere apparaten zijn uitgelogd.",
        "Your password is changed; other devices are signed out.",
    ),
    "settings.codes": ("Codes van je telefoon", "Codes from your phone"),
    "settings.codes_off": (
        "Staat uit. Zet het aan om bij het inloggen ook een code van je telefoon te vragen; een gestolen wachtwoord "
        "is dan niet genoeg.",
        "Off. Turn it on to be asked for a code from your phone at sign-in too; a stolen password is then not enough.",
    ),
    "settings.codes_on": (
        "Staat aan: bij het inloggen wordt ook om een code van je telefoon gevraagd.",
        "On: at sign-in a code from your phone is asked for too.",
    ),
    "settings.codes_begin": ("Codes aanzetten", "Turn codes on"),
    "settings.codes_end": ("Codes uitzetten", "Turn codes off"),
    "settings.codes_more": (
        "Scan deze code met je authenticator-app, of neem de sleutel over. Typ dan de code die hij toont. Dit zie je "
        "maar één keer.",
        "Scan this code with your authenticator app, or enter the key. Then type the code that it shows. You see this "
        "only once.",
    ),
    "settings.codes_picture": ("QR-code voor je authenticator-app", "QR code for your authenticator app"),
    "settings.codes_secret": ("Sleutel", "Key"),
    "settings.codes_open": ("Openen in de app op dit apparaat", "Open in the app on this device"),
    "settings.codes_confirm": ("Code bevestigen", "Confirm the code"),
    "settings.codes_stop": ("Toch niet", "Never mind"),
    "settings.codes_begun": (
        "Codes staan aan. Bij de volgende keer inloggen wordt er om een gevraagd.",
        "Codes are on. The next sign-in asks for one.",
    ),
    "settings.codes_ended": ("Codes staan uit.", "Codes are off."),
    "settings.sessions": ("Waar je bent ingelogd", "Where you are signed in"),
    "settings.session_this": ("Dit venster", "This window"),
    "settings.session_used": ("gebruikt op {day}, {time}", "used on {day}, {time}"),
    "settings.session_unknown": ("Een programma", "A program"),
    "settings.session_end": ("Uitloggen", "Sign out"),
    "settings.session_end_of": ("{name} uitloggen", "Sign {name} out"),
    "settings.session_ended": ("{name} is uitgelogd.", "{name} is signed out."),
    "settings.sessions_end_all": ("Overal uitloggen", "Sign out everywhere"),
    "settings.sessions_end_all_more": (
        "Alle apparaten worden uitgelogd, ook dit venster.",
        "All devices are signed out, this window too.",
    ),
    # appearance
    "settings.language": ("Taal", "Language"),
    "settings.theme": ("Thema", "Theme"),
    "settings.theme_system": ("Zoals dit apparaat", "As this device"),
    "settings.theme_light": ("Licht", "Light"),
    "settings.theme_dark": ("Donker", "Dark"),
    "language.nl": ("Nederlands", "Nederlands"),
    "language.en": ("English", "English"),
    # the studio
    "settings.studio_name": ("Naam van de studio", "Name of the studio"),
    "settings.studio_language": ("Taal voor nieuwe klanten", "Language for new clients"),
    "settings.time_zone": ("Tijdzone", "Time zone"),
    "settings.folder_template": ("Map van een levering", "Folder of a delivery"),
    "settings.folder_more": (
        "{{client}}, {{project}} en {{year}} worden ingevuld, zoals {example}",
        "{{client}}, {{project}} and {{year}} are filled in, as in {example}",
    ),
    "settings.example_client": ("Bakkerij Anna", "Anna's Bakery"),
    "settings.example_project": ("Winter", "Winter"),
    "settings.clash_more": (
        "Iemand anders bewaarde dit zojuist. Er is niets overschreven; kies wat blijft.",
        "Somebody else kept this just now. Nothing was overwritten; choose what stays.",
    ),
    # what is wrong with a field
    "wrong.name": ("Vul een naam in.", "Fill in a name."),
    "wrong.studio_name": ("Vul de naam van de studio in.", "Fill in the name of the studio."),
    "wrong.folder_template": (
        "Schrijf een map als {{client}}/{{project}}: {{project}} moet erin, tekens als : * ? niet.",
        "Write a folder like {{client}}/{{project}}: {{project}} must be in it, signs such as : * ? not.",
    ),
    "wrong.password": (
        "Minstens 12 tekens, en niet te makkelijk te raden. Vier woorden zijn genoeg.",
        "At least 12 characters, and not too easy to guess. Four words will do.",
    ),
    "wrong.new": (
        "Minstens 12 tekens, en niet te makkelijk te raden. Vier woorden zijn genoeg.",
        "At least 12 characters, and not too easy to guess. Four words will do.",
    ),
    "wrong.code": (
        "Deze code past niet. Typ de zes cijfers die je telefoon nu toont.",
        "This code does not fit. Type the six digits that your phone shows now.",
    ),
    "problem.password_wrong": (
        "Dit is niet je huidige wachtwoord. Er is niets gewijzigd.",
        "This is not your present password. Nothing was changed.",
    ),
    "problem.totp_on": ("Codes staan al aan.", "Codes are on already."),
    "problem.totp_not_begun": (
        "Deze sleutel geldt niet meer. Begin opnieuw.",
        "This key does not count any more. Begin again.",
    ),
    "problem.owner_only": (
        "Alleen een eigenaar mag dit. Er is niets gewijzigd; vraag er een.",
        "Only an owner may do this. Nothing was changed; ask one.",
    ),
}
