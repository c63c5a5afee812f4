"""Subtitles: what a player reads from SRT and WebVTT."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from engine.render.sidecars.subtitles import LINE_CHARACTERS, srt_of, vtt_of
from engine.render.timeline import Word
from tests.render.sidecars.films import film_with, word


def test_a_cue_has_a_number_times_and_text_as_players_expect() -> None:
    text = srt_of(film_with([word("Brood", 1000, 1400), word("is", 1400, 1500), word("warm.", 1500, 2000)]))

    assert text == "1\r\n00:00:00,920 --> 00:00:02,500\r\nBrood is warm.\r\n"


def test_hours_are_written() -> None:
    hour_ms = 3_600_000

    text = vtt_of(film_with([word("Laat.", 2 * hour_ms + 61_080, 2 * hour_ms + 62_000)], frames=220_000 * 2, scenes=4))

    assert "02:01:01.000 --> 02:01:02.500\n" in text


def test_marks_of_the_web_are_escaped_in_webvtt_and_plain_in_srt() -> None:
    film = film_with([word("a<b>&c", 500, 900), word("-->", 900, 1200)])

    assert vtt_of(film).endswith("\na&lt;b&gt;&amp;c --&gt;\n")
    assert srt_of(film).endswith("\r\na<b>&c -->\r\n")


def test_a_film_without_words_has_no_cues() -> None:
    assert vtt_of(film_with([])).strip() == "WEBVTT"
    assert srt_of(film_with([])) == ""


def test_a_cue_ends_with_the_film() -> None:
    film = film_with([word("Brood.", 500, 990)], frames=30)

    assert "00:00:00,420 --> 00:00:01,000" in srt_of(film)


def test_words_of_two_scenes_never_share_a_cue() -> None:
    film = film_with([word("Brood", 100, 900), word("kaas", 1100, 1900)], frames=60, scenes=2)

    assert srt_of(film).count("-->") == 2


timings = st.lists(
    st.tuples(
        st.text(st.characters(categories=["L", "Nd", "P", "So"]), min_size=1, max_size=60),
        st.integers(0, 1500),
        st.integers(1, 900),
    ),
    min_size=1,
    max_size=60,
)


@given(timings, st.integers(1, 6))
def test_every_word_is_in_one_cue_cues_follow_each_other_and_lines_are_short(
    timing: list[tuple[str, int, int]], scenes: int
) -> None:
    now, words = 300, []
    for text, pause_ms, length_ms in timing:
        words.append(Word(text=text, start_ms=now + pause_ms, end_ms=now + pause_ms + length_ms))
        now += pause_ms + length_ms
    film = film_with(words, frames=(now // 33 + 60) // scenes * scenes + scenes, scenes=scenes)

    blocks = [block.split("\r\n") for block in srt_of(film).rstrip("\r\n").split("\r\n\r\n")]

    assert [block[0] for block in blocks] == [str(number) for number in range(1, len(blocks) + 1)]
    assert " ".join(" ".join(block[2:]) for block in blocks) == " ".join(text for text, _, _ in timing)
    times = [tuple(_ms(stamp) for stamp in block[1].split(" --> ")) for block in blocks]
    assert all(start < end for start, end in times)
    assert all(before[1] <= after[0] for before, after in pairwise(times))
    assert times[-1][1] <= film.duration_frames * 1000 / 30
    for block in blocks:
        assert len(block) <= 4
        assert all(len(line) <= LINE_CHARACTERS or " " not in line for line in block[2:])


def _ms(stamp: str) -> int:
    hours, minutes, seconds, ms = map(int, re.split("[:,]", stamp))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms
