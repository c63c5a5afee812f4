"""`bom doctor`: what is there, what is missing, what that turns off, and every setting.

Called by engine.cli.app.
"""

from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from api.services.findings import findings_of
from engine.cli.outcome import FAILED, print_result
from engine.settings import Settings, load_settings


def examine(as_json: bool) -> None:
    """Look at everything and print the findings; ends with 1 where something that every film needs is missing."""
    settings = load_settings()
    findings = findings_of(settings)
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for finding in findings:
        sign = "[green]ok[/]" if finding.is_fine else "[yellow]missing[/]"
        missing = f" (turned off: {finding.turned_off})" if finding.turned_off else ""
        table.add_row(sign, finding.thing, f"{finding.detail}{missing}")
    for name, field in Settings.model_fields.items():
        table.add_row("", f"BOM_{name.upper()}", f"{_shown(name, settings)}  [dim]{field.description}[/]")
    Console(stderr=True, highlight=False).print(table)
    if as_json:
        print_result({"findings": [asdict(finding) for finding in findings]})
    if not all(finding.is_fine for finding in findings if finding.is_needed):
        raise SystemExit(FAILED)


def _shown(name: str, settings: Settings) -> object:
    """A setting's value, without a password that a database's URL may hold."""
    from sqlalchemy.engine import make_url

    value = getattr(settings, name)
    return make_url(value).render_as_string() if name == "database_url" and value else value
