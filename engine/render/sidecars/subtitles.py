"""Subtitles: the film's words as SRT and WebVTT, for platforms that show their own captions.

Called by engine.render.sidecars.beside and api.services.cuts. Pages break as they do on the picture, at most two
lines of 42 characters (a broadcast habit).
"""

from collections.abc import Sequence

from engine.render.picture.caption_pages import caption_pages
from engine.render.timeline import FPS, Timeline, Word

LINE_CHARACTERS = 42


def srt_of(timeline: Timeline) -> str:
    """SubRip text, UTF-8, with CRLF line ends as players expect."""
    written = [
        "\r\n".join([str(number), f"{_stamp(start, ',')} --> {_stamp(end, ',')}", *lines, ""])
        for number, (start, end, lines) in enumerate(cues(timeline), 1)
    ]
    return "\r\n".join(written)


def vtt_of(timeline: Timeline) -> str:
    """WebVTT text (W3C, 2019): cue text escaped, since & and < are markup there."""
    written = [
        "\n".join([f"{_stamp(start, '.')} --> {_stamp(end, '.')}", *map(_escaped, lines), ""])
        for start, end, lines in cues(timeline)
    ]
    return "\n".join(["WEBVTT\n", *written])


def cues(timeline: Timeline) -> list[tuple[int, int, list[str]]]:
    """What is read together: from when to when, in ms, and its one or two lines."""
    words = timeline.words
    borders = [start * 1000 // FPS for start in timeline.scene_starts[1:]]
    pages = caption_pages(words, borders, lambda first, last: len(_lines(words[first:last])) <= 2)
    film_ms = timeline.duration_frames * 1000 // FPS
    return [
        (page.start_ms, min(page.end_ms, film_ms), _lines(words[page.first : page.last]))
        for page in pages
        if page.start_ms < min(page.end_ms, film_ms)
    ]


def _lines(words: Sequence[Word]) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word.text) <= LINE_CHARACTERS:
            lines[-1] += f" {word.text}"
        else:
            lines.append(word.text)
    return lines


def _stamp(time_ms: int, mark: str) -> str:
    seconds, ms = divmod(time_ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{ms:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
