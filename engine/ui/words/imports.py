"""Importing clients: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "import.title": ("Klanten importeren", "Import clients"),
    "import.file": ("Bestand", "File"),
    "import.choose": ("CSV-bestand kiezen", "Choose a CSV file"),
    "import.more": (
        "Bewaar je spreadsheet als CSV, met de kolomnamen in de eerste rij. Eerst zie je per rij wat er gebeurt; er "
        "wordt nog niets bewaard.",
        "Save your spreadsheet as CSV, with the columns' names in the first row. First you see what each row does; "
        "nothing is kept yet.",
    ),
    "import.columns": (
        "Nodig: Klant. Mag ook: Taal, Tijdzone, Notities, Contactpersoon, E-mail, Project, Klaar op, Prijs, Pakket, "
        "Video's, Revisierondes.",
        "Needed: Client. May be there: Language, Time zone, Notes, Contact, E-mail, Project, Due date, Price, Package, "
        "Videos, Revision rounds.",
    ),
    "import.too_large": (
        "{name} is groter dan 700 kB. Splits het bestand en kies de delen na elkaar.",
        "{name} is larger than 700 kB. Split the file and choose its parts one after another.",
    ),
    "import.plan": ("Wat er gebeurt", "What happens"),
    "import.read": (
        "{name}: {rows} rijen, gelezen als {encoding}, kolommen gescheiden door {delimiter}",
        "{name}: {rows} rows, read as {encoding}, columns parted by {delimiter}",
    ),
    "import.tab": ("een tab", "a tab"),
    "import.left_out": ("Deze kolommen doen niet mee: {headers}", "These columns are left out: {headers}"),
    "import.refused_row": (
        "Eén rij kan zo niet mee; er wordt dan niets geïmporteerd. Verbeter hem in het bestand en kies het opnieuw.",
        "One row cannot be imported as it is, so nothing is. Mend it in the file and choose it again.",
    ),
    "import.refused_rows": (
        "{count} rijen kunnen zo niet mee; er wordt dan niets geïmporteerd. Verbeter ze in het bestand en kies het "
        "opnieuw.",
        "{count} rows cannot be imported as they are, so nothing is. Mend them in the file and choose it again.",
    ),
    "import.nothing_new": ("Alles in dit bestand is er al.", "All of this file is there already."),
    "import.do": ("Importeer {what}", "Import {what}"),
    "import.done_title": ("Geïmporteerd", "Imported"),
    "import.done": ("Toegevoegd: {what}.", "Added: {what}."),
    "import.to_clients": ("Naar de klanten", "To the clients"),
    "import.rows": ("Rij voor rij", "Row by row"),
    "import.line": ("regel {number}", "line {number}"),
    "import.no_name": ("(geen naam)", "(no name)"),
    "count.client": ("{count} klant", "{count} client"),
    "count.clients": ("{count} klanten", "{count} clients"),
    "count.contact": ("{count} contactpersoon", "{count} contact"),
    "count.contacts": ("{count} contactpersonen", "{count} contacts"),
    "count.project": ("{count} project", "{count} project"),
    "count.projects": ("{count} projecten", "{count} projects"),
    "makes.client": ("klant", "client"),
    "makes.contact": ("contactpersoon", "contact"),
    "makes.project": ("project", "project"),
    "outcome.new": ("nieuw", "new"),
    "outcome.same": ("is er al", "is there already"),
    "outcome.refused": ("kan niet mee", "refused"),
    # why a row is refused
    "row.client_missing": ("De naam van de klant ontbreekt.", "The client's name is missing."),
    "row.client_twice": (
        "Er zijn twee klanten met deze naam; geef een van de twee eerst een andere.",
        "Two clients have this name; give one of them another first.",
    ),
    "row.client_archived": (
        "Deze klant staat in het archief; zet hem eerst terug.",
        "This client is archived; restore it first.",
    ),
    "row.name_wrong": (
        "Deze naam is te lang of heeft tekens die niemand ziet.",
        "This name is too long, or has signs that nobody sees.",
    ),
    "row.text_wrong": (
        "Deze tekst is te lang of heeft tekens die niemand ziet.",
        "This text is too long, or has signs that nobody sees.",
    ),
    "row.email_wrong": ("Dit is geen e-mailadres.", "This is not an e-mail address."),
    "row.email_missing": (
        "Bij deze contactpersoon hoort een e-mailadres.",
        "This contact needs an e-mail address.",
    ),
    "row.email_elsewhere": (
        "Dit adres is van een contactpersoon van een andere klant.",
        "This address belongs to a contact of another client.",
    ),
    "row.language_wrong": ("De taal is Nederlands of Engels.", "The language is Dutch or English."),
    "row.time_zone_wrong": (
        "Een tijdzone schrijf je als Europe/Amsterdam.",
        "A time zone is written like Europe/Amsterdam.",
    ),
    "row.date_wrong": ("Deze datum bestaat niet; schrijf 24-12-2026.", "There is no such day; write 2026-12-24."),
    "row.price_wrong": ("Dit is geen bedrag; schrijf 1.450,00.", "This is no amount; write 1,450.00."),
    "row.number_wrong": ("Dit is geen heel getal van 0 tot 10.000.", "This is no whole number from 0 to 10,000."),
    "row.project_missing": (
        "Bij een datum, prijs of pakket hoort de naam van een project.",
        "A date, price or package needs the name of a project.",
    ),
    "row.cells_too_many": (
        "Deze rij heeft meer cellen dan er kolommen zijn; zet aanhalingstekens om een naam met een komma.",
        "This row has more cells than there are columns; put quotes around a name with a comma.",
    ),
    # what is wrong with the file
    "problem.file_empty": (
        "Het bestand heeft geen rijen onder de kolomnamen. Vul het in en kies het opnieuw.",
        "The file has no rows below the columns' names. Fill it in and choose it again.",
    ),
    "problem.file_not_text": (
        "Dit is geen tekstbestand. Bewaar de spreadsheet als CSV en kies dat bestand.",
        "This is not a text file. Save the spreadsheet as CSV and choose that file.",
    ),
    "problem.csv_damaged": (
        "Er staat een aanhalingsteken dat niet wordt gesloten. Bewaar het bestand opnieuw als CSV.",
        "There is a quote that never ends. Save the file as CSV again.",
    ),
    "problem.csv_too_long": (
        "Een bestand heeft hoogstens 1.000 rijen en 60 kolommen. Splits het en importeer de delen.",
        "A file has 1,000 rows and 60 columns at most. Split it and import the parts.",
    ),
    "problem.import_no_client": (
        "Geen kolom heeft de naam van de klant. Noem hem Klant en kies het bestand opnieuw.",
        "No column has the client's name. Call it Client and choose the file again.",
    ),
    "problem.import_column_twice": (
        "Twee kolommen gaan over hetzelfde. Haal er een weg en kies het bestand opnieuw.",
        "Two columns are about the same. Remove one and choose the file again.",
    ),
    "problem.import_refused": (
        "Er is intussen iets veranderd; er is niets geïmporteerd. Hieronder staat wat niet mee kan.",
        "Something has changed meanwhile; nothing was imported. What cannot come along stands below.",
    ),
    "problem.base64_invalid": (
        "Het bestand kwam niet heel aan. Kies het opnieuw.",
        "The file did not arrive whole. Choose it again.",
    ),
}
