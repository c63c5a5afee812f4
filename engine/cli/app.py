"""The command line's commands and their options.

Called by engine.cli. Each command only parses; what it does stands in a module of its own.
"""

from pathlib import Path
from typing import Annotated, Literal

import typer

from engine.cli import studio, user
from engine.cli.outcome import outcome
from engine.render.formats import FormatName, Preset, Quality, format_named

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="From a script to finished, captioned, mastered videos.",
)


app.add_typer(user.app, name="user")
app.add_typer(studio.app)

Lang = Literal["nl", "en"]
CaptionChoice = Literal["plain", "box", "highlight", "large", "none"]
Json = Annotated[bool, typer.Option("--json", help="Print the result as one JSON object on the last line of stdout.")]
AlwaysJson = Annotated[bool, typer.Option("--json", help="As other commands have it; here the result always is JSON.")]
Crf = Annotated[int, typer.Option(min=0, max=51, help="Quality: 0 best, 51 worst.")]
PresetOption = Annotated[Preset, typer.Option(help="How hard the encoder works.")]
Draft = Annotated[bool, typer.Option("--draft", help="A small, quick preview.")]


@app.command()
def make(
    script: Annotated[Path, typer.Argument(help="A text file; lines of --- part the scenes.")],
    out: Annotated[Path, typer.Option(help="The folder for the finished files.")],
    image: Annotated[list[Path] | None, typer.Option(help="A picture, for the next scene; may be repeated.")] = None,
    images: Annotated[
        Path | None, typer.Option(help="A folder of pictures and clips, used in the order of names.")
    ] = None,
    clip: Annotated[list[Path] | None, typer.Option(help="A clip, after the pictures; may be repeated.")] = None,
    voice: Annotated[str, typer.Option(help="A voice-over file, offline:nl, offline:en, or none.")] = "",
    lang: Annotated[
        Lang | None, typer.Option(help="The script's language; nl unless the offline voice says en.")
    ] = None,
    music: Annotated[str, typer.Option(help="A music file, bed:NAME, or none.")] = "none",
    logo: Annotated[Path | None, typer.Option(help="A logo, for the upper right corner.")] = None,
    brand: Annotated[Path | None, typer.Option(help="A brand as JSON: name, colours, fonts, logo.")] = None,
    captions: Annotated[CaptionChoice, typer.Option(help="The caption style.")] = "highlight",
    format: Annotated[list[str] | None, typer.Option(help="9:16 (the default), 1:1 or 16:9; may be repeated.")] = None,  # noqa: A002
    preset: PresetOption = "veryfast",
    crf: Crf = 20,
    draft: Draft = False,
    end_card: Annotated[str | None, typer.Option(help="A closing card with this text.")] = None,
    progress_bar: Annotated[
        bool, typer.Option("--progress-bar", help="A thin bar that shows how far the film is.")
    ] = False,
    json: Json = False,
) -> None:
    """Make finished videos from a script, and pictures, clips, a voice and music where there are any."""
    with outcome(json):
        from engine.cli.make import MakeOrder, make_film

        order = MakeOrder(
            script=script,
            out=out,
            images=tuple(image or ()),
            folder=images,
            clips=tuple(clip or ()),
            voice=voice,
            language=lang,
            music=music,
            logo=logo,
            brand=brand,
            captions=None if captions == "none" else captions,
            formats=tuple(dict.fromkeys(format_named(name) for name in format or ["9:16"])),
            quality=Quality(preset, crf),
            draft=draft,
            end_card=end_card,
            progress_bar=progress_bar,
        )
        make_film(order, json)


@app.command()
def render(
    timeline: Annotated[Path, typer.Argument(help="A timeline as JSON, as `bom make` writes it.")],
    out: Annotated[Path, typer.Option(help="The file to write, *.mp4.")],
    format: Annotated[FormatName, typer.Option(help="The canvas.")] = "9:16",  # noqa: A002
    draft: Draft = False,
    preset: PresetOption = "veryfast",
    crf: Crf = 20,
    first: Annotated[int | None, typer.Option("--from", min=0, help="The first frame.")] = None,
    end: Annotated[int | None, typer.Option("--to", min=1, help="The frame before which to stop.")] = None,
    json: Json = False,
) -> None:
    """Render a timeline file, or a part of it, in one format."""
    with outcome(json):
        from engine.cli.render import render_timeline

        render_timeline(timeline, out, format, Quality(preset, crf), draft, first, end, json)


@app.command()
def sync(
    voice: Annotated[Path, typer.Argument(help="A voice-over.")],
    script: Annotated[Path, typer.Argument(help="What is said in it, as a text file.")],
    lang: Annotated[Lang, typer.Option(help="The language.")] = "nl",
    _json: AlwaysJson = True,
) -> None:
    """Find when each word of a script is said in a voice-over, and print the times as JSON."""
    with outcome(as_json=True):
        from engine.cli.sync import print_word_times

        print_word_times(voice, script, lang)


@app.command()
def probe(file: Annotated[Path, typer.Argument(help="Any picture, clip or sound.")], _json: AlwaysJson = True) -> None:
    """Tell what a media file is, as JSON."""
    with outcome(as_json=True):
        from engine.cli.outcome import print_result
        from engine.render.media.probe import probe as probe_file

        print_result(probe_file(file).model_dump())


@app.command()
def doctor(json: Json = False) -> None:
    """Tell what is there, what is missing, and what that turns off."""
    with outcome(json):
        from engine.cli.doctor import examine

        examine(json)


@app.command()
def worker(
    queues: Annotated[
        str, typer.Option(help="Which queues, with commas: paid, render, voices, deliver, hooks, upkeep; else all.")
    ] = "",
    json: Json = False,
) -> None:
    """Do background work until stopped. With PostgreSQL, any number of workers on any machines."""
    with outcome(json):
        from engine.cli.worker import work

        work(queues, json)
