"""Lists of projects, and what a status is called: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
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
}
