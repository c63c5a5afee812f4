"""The dashboard: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    # dashboard
    "dashboard.morning": ("Goedemorgen, {name}", "Good morning, {name}"),
    "dashboard.afternoon": ("Goedemiddag, {name}", "Good afternoon, {name}"),
    "dashboard.evening": ("Goedenavond, {name}", "Good evening, {name}"),
    "dashboard.needs_me": ("Nu aan de beurt", "Needs you now"),
    "dashboard.nothing": ("Niets wacht op je.", "Nothing waits for you."),
    "dashboard.nothing_more": (
        "Wat klanten schrijven, mislukte taken, vragen en deadlines verschijnen hier vanzelf.",
        "What clients write, failed jobs, questions and due dates show up here by themselves.",
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
    "dashboard.to_costs": ("Alle kosten", "All costs"),
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
    "need.changes": ("{who} vraagt wijzigingen", "{who} asks for changes"),
    "need.noted": ("{who} schreef opmerkingen", "{who} noted something"),
    "need.written": ("{who} stuurde een bericht", "{who} sent a message"),
    "need.ready_more": ("Video klaar om te bekijken", "Video ready to look at"),
    "need.open_jobs": ("Bekijk taken", "Look at the jobs"),
    "due.today": ("Vandaag klaar", "Due today"),
    "due.tomorrow": ("Morgen klaar", "Due tomorrow"),
    "due.in_days": ("Klaar over {count} dagen, {day}", "Due in {count} days, {day}"),
    "due.late_one": ("1 dag te laat", "1 day late"),
    "due.late": ("{count} dagen te laat", "{count} days late"),
}
