"""Lists of projects, and what a status is called: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "list.more": ("Meer laten zien", "Show more"),
    "list.search_client": ("Zoek een klant", "Search for a client"),
    "video.scripting": ("Script", "Script"),
    "video.generating": ("Beelden maken", "Making pictures"),
    "video.rendering": ("Renderen", "Rendering"),
    "video.ready": ("Klaar", "Ready"),
    "video.delivered": ("Geleverd", "Delivered"),
}
