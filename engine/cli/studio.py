"""The commands of the studio as a whole: serve, migrate, backup, restore, demo.

Called by engine.cli.app. Each command only parses; what it does stands in a module of its own.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.cli.outcome import outcome, print_result, say
from engine.settings import load_settings

if TYPE_CHECKING:
    from engine.settings import Settings

app = typer.Typer()

Json = Annotated[bool, typer.Option("--json", help="Print the result as one JSON object on the last line of stdout.")]
Data = Annotated[Path | None, typer.Option(help="The folder of the studio's data; BOM_DATA_DIR, or data.")]


def settings_with(data: Path | None) -> "Settings":
    """The settings of this machine, with the folder that was named."""
    settings = load_settings()
    return settings if data is None else settings.model_copy(update={"data_dir": data})


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on; BOM_HOST, or 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="The port; BOM_PORT, or 8000.")] = None,
    data: Data = None,
    worker: Annotated[bool, typer.Option(help="Do the background work too, or leave it to `bom worker`.")] = True,
    portal: Annotated[bool, typer.Option("--portal", help="Serve the clients' portal too, at BOM_PORTAL_URL.")] = False,
) -> None:
    """Serve the studio until Ctrl-C."""
    with outcome(as_json=False):
        from engine.cli.serve import serve as serve_studio

        settings = settings_with(data)
        at = settings.port if port is None else port
        here = settings.model_copy(update={"port": at})  # where mails to staff lead, unless BOM_PUBLIC_URL says it
        serve_studio(here, host or settings.host, at, with_worker=worker, with_portal=portal)


@app.command(name="app")
def run_app(
    api: Annotated[str, typer.Option(help="The studio's address, as in https://studio.example.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port that the app is at on this machine.")] = 8550,
    window: Annotated[bool, typer.Option("--window", help="Open it in a window of its own.")] = False,
) -> None:
    """Use a studio that runs on another machine, in a browser of this one, until Ctrl-C."""
    with outcome(as_json=False):
        from engine.cli.engine_app import run_app as run
        from engine.cli.own_window import open_window

        run(api, port, open_window if window else None)


@app.command()
def migrate(data: Data = None, json: Json = False) -> None:
    """Bring the database to the shape of this program, a SQLite file after a backup of it."""
    with outcome(json):
        from engine.cli.prepare import prepare

        migrated = prepare(settings_with(data))
        if migrated.from_revision == migrated.to_revision:
            say("The database has the newest shape already.")
        else:
            say(f"The database has the shape of {migrated.to_revision} now.", "green")
        if migrated.backup is not None:
            say(f"As it was before: {migrated.backup}")
        if json:
            print_result(
                {
                    "from": migrated.from_revision,
                    "to": migrated.to_revision,
                    "backup": str(migrated.backup) if migrated.backup else None,
                }
            )


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, such as studio-2026-11-22.tar.")],
    data: Data = None,
    json: Json = False,
) -> None:
    """Write the whole studio, database and files, into one file; also while it is at work."""
    with outcome(json):
        from engine.cli.backup import back_up

        counted = back_up(settings_with(data), file)
        say(f"{file}: {counted.rows:,} rows and {counted.files:,} files ({counted.bytes / 1e6:,.0f} MB).", "green")
        if json:
            print_result({"file": str(file), "rows": counted.rows, "files": counted.files, "bytes": counted.bytes})


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `bom backup` wrote.")],
    data: Data = None,
    json: Json = False,
) -> None:
    """Make a studio of a backup, where there is none yet."""
    with outcome(json):
        from engine.cli.backup import restore as restore_studio
        from engine.cli.prepare import prepare

        settings = settings_with(data)
        counted = restore_studio(settings, file)
        prepare(settings)
        say(f"Restored {counted.rows:,} rows and {counted.files:,} files into {settings.data_dir}.", "green")
        say("Jobs that were under way when the backup was made are shown as failed; try them again by hand.")
        if json:
            print_result({"rows": counted.rows, "files": counted.files, "bytes": counted.bytes})


@app.command()
def demo(
    remove: Annotated[bool, typer.Option("--remove", help="Take the demo studio away again.")] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """Make a demo studio: two clients, a project and a video in three formats. It is said to be demo data."""
    with outcome(json):
        from engine.cli.demo import make_demo, remove_demo

        settings = settings_with(data)
        if remove:
            remove_demo(settings, json)
        else:
            make_demo(settings, json)
