"""Words: everything that the app says, in Dutch and in English.

Called by every page and component, and by engine.front_door. Law: no screen holds a word of its own; each line here is
complete in both languages (a test reads them all). {names} are filled in by the caller.
"""

from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["nl", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")

WORDS: Final[dict[str, tuple[str, str]]] = {
    # the app and its places
    "app.name": ("BOM Studios", "BOM Studios"),
    "app.loading": ("De studio wordt geopend…", "Opening the studio…"),
    "nav.label": ("Hoofdmenu", "Main menu"),
    "nav.dashboard": ("Overzicht", "Dashboard"),
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
    # what goes wrong
    "problem.title": ("Dit lukte niet", "That did not work"),
    "problem.retry": ("Opnieuw proberen", "Try again"),
    "problem.unreachable": (
        "De studio antwoordt niet. Wat je typte staat er nog; probeer het zo opnieuw.",
        "The studio does not answer. What you typed is still here; try again in a moment.",
    ),
    "problem.busy": (
        "De studio heeft het erg druk. Er is niets gewijzigd; probeer het zo opnieuw.",
        "The studio is very busy just now. Nothing was changed; try again in a moment.",
    ),
    "problem.unforeseen": (
        "Er ging iets onverwachts mis. Er is niets gewijzigd; het logboek weet meer.",
        "Something unforeseen went wrong. Nothing was changed; the log tells more.",
    ),
    "problem.database_unavailable": (
        "De database antwoordt niet. Er is niets gewijzigd; probeer het zo opnieuw.",
        "The database does not answer. Nothing was changed; try again in a moment.",
    ),
    "problem.revision_outdated": (
        "Iemand anders heeft dit intussen gewijzigd. Er is niets overschreven; hieronder staat de nieuwste versie.",
        "Somebody else changed this meanwhile. Nothing was overwritten; the newest version is shown now.",
    ),
    "problem.invalid_request": (
        "Dit kan zo niet worden bewaard. Er is niets gewijzigd; kijk het nog eens na.",
        "This cannot be kept as it is. Nothing was changed; please check it.",
    ),
    "problem.sign_in_refused": (
        "Het e-mailadres, het wachtwoord of de code klopt niet.",
        "The e-mail address, the password or the code does not fit.",
    ),
    "problem.too_many_requests": (
        "Te veel pogingen. Wacht een paar minuten en probeer het dan opnieuw.",
        "Too many attempts. Wait a few minutes, then try again.",
    ),
    "problem.job_not_under_way": (
        "Deze taak is al afgelopen. Er is niets gewijzigd.",
        "This job is over already. Nothing was changed.",
    ),
    # dashboard
    "dashboard.morning": ("Goedemorgen, {name}", "Good morning, {name}"),
    "dashboard.afternoon": ("Goedemiddag, {name}", "Good afternoon, {name}"),
    "dashboard.evening": ("Goedenavond, {name}", "Good evening, {name}"),
    "dashboard.needs_me": ("Nu aan de beurt", "Needs you now"),
    "dashboard.nothing": ("Niets wacht op je.", "Nothing waits for you."),
    "dashboard.nothing_more": (
        "Mislukte taken, vragen en deadlines verschijnen hier vanzelf.",
        "Failed jobs, questions and due dates show up here by themselves.",
    ),
    "dashboard.more": ("en nog {count}", "and {count} more"),
    "dashboard.spend": ("API-kosten deze maand", "API spend this month"),
    "dashboard.spend_line": ("API-kosten deze maand: {amount}", "API spend this month: {amount}"),
    "dashboard.budget_left": ("{left} over van {limit}", "{left} left of {limit}"),
    "dashboard.budget_over": ("{over} boven het budget van {limit}", "{over} over the budget of {limit}"),
    "dashboard.no_budget": ("Geen maandbudget ingesteld", "No monthly budget is set"),
    "dashboard.budget_used": ("Budget gebruikt", "Budget used"),
    "dashboard.no_spend": ("Nog niets uitgegeven", "Nothing spent yet"),
    "dashboard.no_spend_more": (
        "Betaalde beelden en stemmen staan hier per dag.",
        "Paid images and voices show here by day.",
    ),
    "dashboard.day_spend": ("{day}: {amount}", "{day}: {amount}"),
    "dashboard.recent": ("Recente video's", "Recent videos"),
    "dashboard.no_videos": ("Nog geen video's", "No videos yet"),
    "dashboard.no_videos_more": (
        "Een video hoort bij een project; die vind je onder Projecten.",
        "A video belongs to a project; find those under Projects.",
    ),
    "dashboard.no_picture": ("Nog geen beeld", "No picture yet"),
    # what needs somebody
    "need.failed": ("Mislukt: {what}", "Failed: {what}"),
    "need.question": ("Je antwoord is nodig", "Your answer is needed"),
    "need.ready_more": ("Video klaar om te bekijken", "Video ready to look at"),
    "need.open_jobs": ("Bekijk taken", "Look at the jobs"),
    "due.today": ("Vandaag klaar", "Due today"),
    "due.tomorrow": ("Morgen klaar", "Due tomorrow"),
    "due.in_days": ("Klaar over {count} dagen, {day}", "Due in {count} days, {day}"),
    "due.late_one": ("1 dag te laat", "1 day late"),
    "due.late": ("{count} dagen te laat", "{count} days late"),
    # jobs
    "jobs.title": ("Taken", "Jobs"),
    "jobs.none": ("Er loopt niets", "Nothing is under way"),
    "jobs.none_more": (
        "Wat de studio voor je doet, zie je hier met de voortgang.",
        "What the studio does for you shows here, with its progress.",
    ),
    "jobs.cancel": ("Stoppen", "Stop"),
    "jobs.cancel_of": ("{job} stoppen", "Stop {job}"),
    "jobs.retry": ("Opnieuw", "Try again"),
    "jobs.retry_of": ("{job} opnieuw proberen", "Try {job} again"),
    "jobs.progress_of": ("Voortgang van {job}", "Progress of {job}"),
    "jobs.left": ("nog {time}", "{time} left"),
    "jobs.recent": ("Afgelopen", "Ended"),
    "job.generate_pictures": ("Beelden maken", "Making pictures"),
    "job.collect_pictures": ("Beelden ophalen", "Fetching pictures"),
    "job.draw_pictures": ("Titelkaarten tekenen", "Drawing title cards"),
    "job.render_export": ("Video renderen", "Rendering a video"),
    "job.deliver_event": ("Webhook versturen", "Sending a webhook"),
    "job.tidy_up": ("Opruimen", "Tidying up"),
    "job.other": ("Taak", "Job"),
    "status.queued": ("In de wachtrij", "Waiting for its turn"),
    "status.running": ("Bezig", "Under way"),
    "status.waiting": ("Wacht op je antwoord", "Waits for your answer"),
    "status.succeeded": ("Klaar", "Done"),
    "status.failed": ("Mislukt", "Failed"),
    "status.canceled": ("Gestopt", "Stopped"),
    "stage.preparing": ("voorbereiden", "preparing"),
    "stage.rendering": ("renderen", "rendering"),
    "stage.storing": ("opslaan", "storing"),
    "stage.ordering_pictures": ("beelden bestellen", "ordering pictures"),
    "stage.fetching_pictures": ("beelden ophalen", "fetching pictures"),
    "stage.drawing_pictures": ("kaarten tekenen", "drawing cards"),
    # questions about paid calls
    "question.hint": (
        "Kijk in het account bij de leverancier. Er wordt niets opnieuw gekocht voordat je antwoordt.",
        "Look in the account at the vendor. Nothing is bought again before you answer.",
    ),
    "question.order": ("Bestelnummer bij de leverancier", "The order's id at the vendor"),
    "question.order_missing": ("Vul het bestelnummer in.", "Fill in the order's id."),
    "question.adopt": ("Deze bestelling gebruiken", "Use this order"),
    "question.void": ("Er is geen bestelling", "There is no order"),
    # the bell
    "bell.title": ("Meldingen", "Notifications"),
    "bell.none": ("Geen meldingen", "No notifications"),
    "bell.none_more": (
        "Wat je moet weten als je even weg was, staat hier.",
        "What you should know after a while away is kept here.",
    ),
    "bell.mark_read": ("Alles gelezen", "Mark all as read"),
    "bell.new": ("nieuw", "new"),
    "notice.paid_call_question": (
        "Een betaalde opdracht heeft je antwoord nodig. Er wordt niets opnieuw gekocht tot dan.",
        "A paid call needs your answer. Nothing is bought again until then.",
    ),
    "notice.endpoint_switched_off": (
        "Een webhook is uitgezet omdat hij vijf dagen niet antwoordde.",
        "A webhook was switched off, since it did not answer for five days.",
    ),
    "notice.other": ("Er is nieuws in de studio.", "There is news in the studio."),
    # lists
    "clients.title": ("Klanten", "Clients"),
    "clients.none": ("Nog geen klanten", "No clients yet"),
    "clients.none_more": (
        "`bom demo` maakt twee voorbeeldklanten om in rond te kijken.",
        "`bom demo` makes two made-up clients to look around with.",
    ),
    "clients.name": ("Naam", "Name"),
    "clients.language": ("Taal", "Language"),
    "clients.since": ("Sinds", "Since"),
    "clients.demo": ("voorbeeld", "made-up"),
    "projects.title": ("Projecten", "Projects"),
    "projects.none": ("Nog geen projecten", "No projects yet"),
    "projects.none_more": (
        "Een project is een opdracht van een klant, met zijn video's.",
        "A project is a job for a client, with its videos.",
    ),
    "projects.name": ("Naam", "Name"),
    "projects.status": ("Status", "Status"),
    "projects.due": ("Klaar op", "Due"),
    "projects.no_due": ("geen datum", "no date"),
    "list.more": ("Meer laten zien", "Show more"),
    "project.draft": ("Concept", "Draft"),
    "project.in_progress": ("In productie", "In progress"),
    "project.review": ("Bij de klant", "In review"),
    "project.approved": ("Goedgekeurd", "Approved"),
    "project.delivered": ("Geleverd", "Delivered"),
    "video.scripting": ("Script", "Script"),
    "video.generating": ("Beelden maken", "Making pictures"),
    "video.rendering": ("Renderen", "Rendering"),
    "video.ready": ("Klaar", "Ready"),
    "video.delivered": ("Geleverd", "Delivered"),
    # settings
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


@dataclass(frozen=True)
class Words:
    """All words in one language."""

    language: Language

    def __call__(self, key: str, **facts: str | int) -> str:
        """The words for this, with the facts filled in. Raises KeyError for a key that is not in the table."""
        return WORDS[key][LANGUAGES.index(self.language)].format(**facts)

    def named(self, group: str, name: str, otherwise: str = "other") -> str:
        """The words for a code of the api, such as a job's kind; those for `otherwise` where nobody knows it yet."""
        key = f"{group}.{name}"
        return self(key) if key in WORDS else self(f"{group}.{otherwise}") if f"{group}.{otherwise}" in WORDS else name
