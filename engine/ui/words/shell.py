"""The app and its places, and signing in: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    # the app and its places
    "app.name": ("BOM Studios", "BOM Studios"),
    "app.loading": ("De studio wordt geopend…", "Opening the studio…"),
    "nav.label": ("Hoofdmenu", "Main menu"),
    "nav.dashboard": ("Overzicht", "Dashboard"),
    "nav.create": ("Maken", "Create"),
    "nav.projects": ("Projecten", "Projects"),
    "nav.clients": ("Klanten", "Clients"),
    "nav.settings": ("Instellingen", "Settings"),
    "shell.jobs": ("Taken", "Jobs"),
    "shell.jobs_busy": ("Taken, {count} bezig", "Jobs, {count} under way"),
    "shell.bell": ("Meldingen", "Notifications"),
    "shell.bell_unread": ("Meldingen, {count} nieuw", "Notifications, {count} new"),
    "shell.close": ("Sluiten", "Close"),
    "shell.account": ("Account van {name}", "Account of {name}"),
    "shell.sign_out": ("Uitloggen", "Sign out"),
    "shell.dark": ("Donker", "Dark"),
    "shell.light": ("Licht", "Light"),
    "shell.to_dark": ("Donkere weergave", "Dark theme"),
    "shell.to_light": ("Lichte weergave", "Light theme"),
    "shell.other_language": ("Switch to English", "Naar het Nederlands"),
    "shell.not_found": ("Deze pagina bestaat niet.", "There is no such page."),
    "shell.to_dashboard": ("Naar het overzicht", "Go to the dashboard"),
    "shell.gone": (
        "De studio antwoordt niet. Deze pagina gaat vanzelf verder zodra hij terug is.",
        "The studio does not answer. This page goes on by itself as soon as it is back.",
    ),
    "shell.offline": (
        "De studio antwoordt even niet. Wat je ziet kan oud zijn; de app probeert het vanzelf opnieuw.",
        "The studio does not answer just now. What you see may be old; the app tries again by itself.",
    ),
    "time.months": (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "January February March April May June July August September October November December",
    ),
    "time.seconds": ("{count} s", "{count} s"),
    "time.minutes": ("{count} min", "{count} min"),
    "time.hours": ("{count} uur", "{count} h"),
    # signing in
    "sign_in.title": ("Inloggen", "Sign in"),
    "sign_in.email": ("E-mailadres", "E-mail address"),
    "sign_in.password": ("Wachtwoord", "Password"),
    "sign_in.code": ("Code van je telefoon", "Code from your phone"),
    "sign_in.code_hint": ("Zes cijfers uit je authenticator-app.", "Six digits from your authenticator app."),
    "sign_in.submit": ("Inloggen", "Sign in"),
    "sign_in.busy": ("Even geduld…", "One moment…"),
    "sign_in.opening": ("Ingelogd. De studio wordt geopend…", "Signed in. Opening the studio…"),
    "sign_in.needs_script": (
        "Zet JavaScript aan om in te loggen; de app zelf heeft het ook nodig.",
        "Turn on JavaScript to sign in; the app itself needs it too.",
    ),
}
