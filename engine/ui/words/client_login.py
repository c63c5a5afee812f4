"""The way from a website to the portal: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "settings.client_login": ("Klantlogin", "Client login"),
    "client_login.more": (
        "Zo komen klanten vanaf je website in hun portaal. Plak een van deze regels in een pagina; er is geen script "
        "nodig en er wordt niets van deze studio geladen.",
        "This is how clients get from your website to their portal. Paste one of these lines into a page; no script is "
        "needed, and nothing of this studio is loaded.",
    ),
    "client_login.address": ("Adres van het portaal", "The portal's address"),
    "client_login.only_here": (
        "Alleen deze computer kent dit adres. Zet BOM_PORTAL_URL op het adres dat klanten hebben, zoals "
        "https://studio.example/portaal, en start de studio opnieuw.",
        "Only this machine knows this address. Set BOM_PORTAL_URL to the one that clients have, such as "
        "https://studio.example/portal, and start the studio again.",
    ),
    "client_login.button": ("Als knop", "As a button"),
    "client_login.link": ("Als link", "As a link"),
    "client_login.label": ("Inloggen voor klanten", "Client login"),
    "client_login.copied": ("Gekopieerd", "Copied"),
    "client_login.not_copied": (
        "Deze browser laat kopiëren hier niet toe. Selecteer de regel zelf.",
        "This browser does not allow copying here. Select the line yourself.",
    ),
    "client_login.try": ("Open het portaal", "Open the portal"),
}
