"""Jobs, questions about paid calls, and the bell: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
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
    "job.push_export": ("Film klaarzetten in map", "Putting a film into its folder"),
    "job.deliver_event": ("Webhook versturen", "Sending a webhook"),
    "job.send_mail": ("Mail versturen", "Sending a mail"),
    "job.send_digests": ("Dagoverzichten klaarzetten", "Preparing the daily overviews"),
    "job.take_effect": ("Besluit van een klant verwerken", "Following up a client’s decision"),
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
    "stage.copying": ("kopiëren", "copying"),
    "stage.storing": ("opslaan", "storing"),
    "stage.ordering_pictures": ("beelden bestellen", "ordering pictures"),
    "stage.fetching_pictures": ("beelden ophalen", "fetching pictures"),
    "stage.vendor_working": ("de leverancier is bezig", "the vendor is at work"),
    "stage.vendor_busy": ("leverancier druk, we wachten", "vendor busy, waiting"),
    "stage.vendor_missing": ("leverancier niet ingesteld", "vendor not set up"),
    "stage.looking_for_order": ("bestelling opzoeken", "looking for the order"),
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
    "notice.note_added": (
        "{contact} van {client} schreef opmerkingen bij versie {number} van “{title}”.",
        "{contact} of {client} noted something on version {number} of “{title}”.",
    ),
    "notice.decision": (
        "{contact} van {client} heeft besloten over versie {number} van “{title}”.",
        "{contact} of {client} decided on version {number} of “{title}”.",
    ),
    "notice.message": ("{from_name} van {client} stuurde een bericht.", "{from_name} of {client} sent a message."),
    "notice.other": ("Er is nieuws in de studio.", "There is news in the studio."),
}
