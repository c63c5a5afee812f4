"""What goes wrong, by the api's code: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
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
    "problem.budget_exceeded": (
        "Het budget is te klein: er is nog {left} over en dit kost {wanted}. Er is niets gekocht; kies minder, of "
        "vraag de eigenaar om een hoger budget.",
        "The budget is too small: {left} is left, and this costs {wanted}. Nothing was bought; pick less, or ask the "
        "owner for a higher budget.",
    ),
    "problem.quote_expired": (
        "Deze prijs is verlopen. Er is niets gekocht; vraag hem opnieuw.",
        "This price has expired. Nothing was bought; ask for it again.",
    ),
    "problem.quote_declined": (
        "Deze prijs is al afgewezen. Er is niets gekocht; vraag hem opnieuw.",
        "This price was declined already. Nothing was bought; ask for it again.",
    ),
    "problem.quote_amount_differs": (
        "Het bedrag is intussen anders. Er is niets gekocht; bekijk het opnieuw.",
        "The amount is another one by now. Nothing was bought; look at it again.",
    ),
    "problem.unknown_price": (
        "Van dit model is geen prijs bekend. Er is niets gekocht; kies een ander of voeg de prijs toe.",
        "There is no price for this model. Nothing was bought; choose another one or add the price.",
    ),
    "problem.unknown_exchange_rate": (
        "Er is geen wisselkoers voor dit model. Er is niets gekocht; voeg hem toe bij de prijzen.",
        "There is no exchange rate for this model. Nothing was bought; add it to the prices.",
    ),
    "problem.storage_full": (
        "De schijf van de studio is vol. Wat er al is, blijft; maak ruimte en ga dan verder.",
        "The studio's disk is full. What is there is kept; make room, then go on.",
    ),
    "problem.upload_too_large": (
        "Dit bestand is te groot. Maak het kleiner, of leg het in delen in de inbox-map.",
        "This file is too large. Make it smaller, or put it into the inbox folder in parts.",
    ),
    "problem.drawing": (
        "Dit venster kan niet verder. Wat je typte is bewaard; laad de pagina opnieuw. Het logboek weet meer.",
        "This window cannot go on. What you typed is kept; load the page again. The log tells more.",
    ),
    "problem.answer_unknown": (
        "De studio antwoordde op een manier die deze app niet kent. Er is niets verloren; werk beide bij en probeer "
        "het opnieuw.",
        "The studio answered in a way that this app does not know. Nothing was lost; update both and try again.",
    ),
    "problem.unavailable": (
        "Dit kan de studio nu even niet. Er is niets gewijzigd; probeer het zo opnieuw.",
        "The studio cannot do this just now. Nothing was changed; try again in a moment.",
    ),
    "problem.not_found": (
        "Dit is er niet meer. Laad de pagina opnieuw.",
        "This is not here any more. Load the page again.",
    ),
    "problem.conflict": (
        "Dit kan niet zoals het er nu voor staat. Er is niets gewijzigd; laad de pagina opnieuw.",
        "This cannot be done as things stand. Nothing was changed; load the page again.",
    ),
    "problem.invalid": (
        "Dit kan zo niet worden gebruikt. Er is niets gewijzigd; kijk het nog eens na.",
        "This cannot be used as it is. Nothing was changed; please check it.",
    ),
    "problem.refused": (
        "Dit mag niet met dit account. Er is niets gewijzigd.",
        "This account may not do that. Nothing was changed.",
    ),
    "problem.forbidden": (
        "Dit mag niet met dit account. Er is niets gewijzigd; vraag een eigenaar.",
        "This account may not do that. Nothing was changed; ask an owner.",
    ),
    "problem.owner_only": (
        "Alleen een eigenaar van de studio mag dit. Er is niets gewijzigd; vraag een eigenaar.",
        "Only an owner of the studio may do this. Nothing was changed; ask one.",
    ),
    "problem.not_signed_in": (
        "Je bent uitgelogd. Log opnieuw in; wat je typte is bewaard.",
        "You are signed out. Sign in again; what you typed is kept.",
    ),
    "problem.idempotency_key_reused": (
        "Dit is al eens gevraagd, met een andere inhoud. Er is niets gedaan; probeer het opnieuw.",
        "This was asked before with another content. Nothing was done; try again.",
    ),
    "problem.illegal_move": (
        "Deze stap kan nu niet. Er is niets verplaatst.",
        "This step is not possible now. Nothing was moved.",
    ),
    "problem.storage_damaged": (
        "Een opgeslagen bestand is beschadigd. Zet het terug uit een back-up; de rest werkt gewoon door.",
        "A kept file is damaged. Restore it from a backup; the rest works on.",
    ),
    "problem.too_large": (
        "Dit is te groot. Er is niets gewijzigd; maak het kleiner, of gebruik de pagina voor grote bestanden.",
        "This is too large. Nothing was changed; make it smaller, or use the page for large files.",
    ),
    "problem.wrong_file_type": (
        "Dit soort bestand past hier niet. Er is niets gewijzigd; kies een ander bestand.",
        "This kind of file does not fit here. Nothing was changed; pick another file.",
    ),
    "problem.wrong_client": (
        "Dit bestand is van een andere klant. Er is niets gewijzigd; kies er een van deze klant.",
        "That file is another client's. Nothing was changed; pick one of this client.",
    ),
    "problem.upload_taken_over": (
        "Een ander venster gaat al verder met deze upload.",
        "Another window goes on with this upload.",
    ),
    "problem.contact_disabled": (
        "Deze contactpersoon is geblokkeerd. Laat hem of haar eerst weer toe.",
        "This contact is shut out. Let them in again first.",
    ),
    "problem.email_in_use": (
        "Iemand met dit e-mailadres staat er al in. Er is niets gewijzigd.",
        "Somebody with this e-mail address is there already. Nothing was changed.",
    ),
    "problem.last_owner": (
        "Dit is de enige eigenaar. Maak eerst iemand anders eigenaar.",
        "This is the only owner. Make somebody else an owner first.",
    ),
    "problem.password_wrong": (
        "Dit is niet je huidige wachtwoord. Er is niets gewijzigd.",
        "This is not your present password. Nothing was changed.",
    ),
    "problem.totp_required": (
        "Vul ook de code van je telefoon in.",
        "Enter the code of your phone too.",
    ),
    "problem.totp_wrong": (
        "Deze code klopt niet. Kijk of de klok van je telefoon goed staat en vul de nieuwe code in.",
        "This code does not fit. See that your phone's clock is right, and enter the newest code.",
    ),
    "problem.totp_on": (
        "Codes staan al aan. Zet ze eerst uit.",
        "Codes are on already. Turn them off first.",
    ),
    "problem.totp_not_begun": (
        "Er is niets te bevestigen. Begin opnieuw.",
        "There is nothing to confirm. Begin anew.",
    ),
    "problem.client_archived": (
        "Deze klant is gearchiveerd. Haal de klant eerst terug.",
        "This client is archived. Restore the client first.",
    ),
    "problem.client_has_open_work": (
        "Voor deze klant loopt nog werk. Er is niets gearchiveerd.",
        "This client has work that is not finished. Nothing was archived.",
    ),
    "problem.project_archived": (
        "Dit project is gearchiveerd. Haal het eerst terug.",
        "This project is archived. Restore it first.",
    ),
    "problem.demo_in_use": (
        "De demo is in gebruik en blijft. Er is niets verwijderd.",
        "The demo is in use and stays. Nothing was removed.",
    ),
    "problem.video_empty": (
        "Deze video heeft nog geen scènes. Schrijf eerst een script.",
        "This video has no scenes yet. Write a script first.",
    ),
    "problem.export_finished": (
        "Deze export is al klaar.",
        "This export is finished already.",
    ),
    "problem.draft_refused": (
        "Van deze montage kan geen voorbeeld worden gemaakt. Alles is bewaard; kijk bij de stappen hiervoor.",
        "No preview can be made of this cut. Everything is kept; see the steps before.",
    ),
    "problem.draft_superseded": (
        "Er is intussen een nieuwer voorbeeld.",
        "There is a newer preview by now.",
    ),
    "problem.draft_stopped": (
        "Het voorbeeld werd niet af. Alles is bewaard; probeer het zo opnieuw.",
        "The preview was not finished. Everything is kept; try again in a moment.",
    ),
    "problem.voice_outdated": (
        "De woorden van deze stem zijn intussen opnieuw gezocht. Laad de pagina opnieuw.",
        "The words of this voice were found anew meanwhile. Load the page again.",
    ),
    "problem.voice_words": (
        "De woorden passen niet meer bij deze stem. Er is niets gewijzigd; laad de pagina opnieuw.",
        "The words do not fit this voice any more. Nothing was changed; load the page again.",
    ),
    "problem.no_voice": (
        "Dit is geen stem; er zijn geen woorden in te vinden.",
        "This is no voice, so no words are found in it.",
    ),
    "problem.job_ended": (
        "Deze taak is al afgelopen. Er is niets gewijzigd.",
        "This job is over already. Nothing was changed.",
    ),
    "problem.job_not_failed": (
        "Alleen een mislukte of gestopte taak kan opnieuw.",
        "Only a job that failed or was stopped can be done again.",
    ),
    "problem.needs_new_quote": (
        "Hiervan is het geld teruggegeven. Vraag een nieuwe prijs voor de beelden die ontbreken.",
        "Its money was given back. Ask a new price for the pictures that are missing.",
    ),
    "problem.brings_in_paid": (
        "Deze taak haalt binnen wat al betaald is en stopt vanzelf.",
        "This job brings in what is paid for already; it ends by itself.",
    ),
    "problem.question_open": (
        "Beantwoord eerst de vraag bij deze taak.",
        "Answer this job's question first.",
    ),
    "problem.question_answered": (
        "Deze vraag is al beantwoord.",
        "This question was answered already.",
    ),
    "problem.order_taken": (
        "Deze bestelling hoort bij een ander beeld. Zoek een andere.",
        "That order belongs to another picture. Look for another one.",
    ),
    "problem.quote_accepted": (
        "Deze prijs is al aangenomen. Stop zo nodig de taak.",
        "This price was accepted already. Stop its job if need be.",
    ),
    "problem.quote_not_accepted": (
        "Voor deze prijs is nog geen ja gegeven. Er is niets gekocht.",
        "Nobody said yes to this price. Nothing was bought.",
    ),
    "problem.provider_key_missing": (
        "Er is nog geen sleutel voor deze aanbieder. Vul hem eerst in.",
        "There is no key for this provider yet. Enter it first.",
    ),
    "problem.price_exists": (
        "Er is al een prijs vanaf dat moment. Kies een later moment.",
        "There is a price from that very moment on. Choose a later one.",
    ),
    "problem.rate_exists": (
        "Er is al een koers vanaf dat moment. Kies een later moment.",
        "There is a rate from that very moment on. Choose a later one.",
    ),
    "problem.budget_exists": (
        "Dit budget is er al. Wijzig dat.",
        "There is such a budget already. Change that one.",
    ),
    "problem.refunded_already": (
        "Deze regel is al terugbetaald.",
        "This line was refunded already.",
    ),
    "problem.not_delivered": (
        "De ontvanger nam het bericht niet aan, hoe vaak het ook werd geprobeerd. Herstel de ontvanger en stuur het "
        "dan opnieuw.",
        "The receiver did not take it, however often it was told. Mend the receiver, then replay the event.",
    ),
    "problem.take_changed": (
        "De woorden van deze stem werden intussen verschoven. Dat is bewaard; zoek ze opnieuw als je dat wilt.",
        "The words of this voice were moved meanwhile. That is kept; search again if you want to.",
    ),
    "problem.pictures_missing": (
        "Niet alle beelden zijn gemaakt. Wat er is, is bewaard; vraag de andere opnieuw.",
        "Not all pictures were made. Those that were are kept; ask for the others again.",
    ),
    "problem.child_stopped": (
        "Het werk stopte halverwege: er is misschien te weinig geheugen of schijfruimte. Wat klaar was, is bewaard; "
        "probeer het opnieuw.",
        "The work stopped half-way: the machine may lack memory or room on its disk. What was finished is kept; try "
        "it again.",
    ),
    "problem.restored": (
        "Deze taak liep toen de back-up werd gemaakt. Wat klaar was, is bewaard; probeer het opnieuw.",
        "This job ran when the backup was made. What was finished is kept; try it again.",
    ),
    "problem.unknown_kind": (
        "Dit programma kent deze taak niet. Werk het bij en probeer het opnieuw.",
        "This program does not know this job. Update it, then try again.",
    ),
}
