"""Markers on a voice: moved by hand, they stay in order and inside the file."""

import random

import pytest

from api.schemas.voices import SilenceOut
from engine.ui.components.waveform import Scale, bar_heights
from engine.ui.pages.create.audio.markers import LEAST_WORD_MS, Mark, Markers, Side, SpeechEdge, WordEdge, snapped

THREE = Markers(
    (Mark("Elke", 100, 400, "a"), Mark("dag", 400, 700, "a"), Mark("vers", 1000, 1300, "b")),
    speech_start_ms=0,
    speech_end_ms=1500,
    duration_ms=2000,
)
SIDES: tuple[Side, ...] = ("start", "end")
SILENCES = [SilenceOut(start_ms=700, end_ms=1000)]


def test_a_word_that_is_moved_takes_room_from_its_neighbour() -> None:
    moved = THREE.moved(WordEdge(1), 250)

    assert [(word.start_ms, word.end_ms) for word in moved.words] == [(100, 250), (250, 700), (1000, 1300)]


def test_a_word_that_is_moved_away_leaves_a_gap() -> None:
    assert THREE.moved(WordEdge(1), 500).words[0].end_ms == 400


def test_a_word_never_passes_its_neighbour() -> None:
    assert THREE.moved(WordEdge(1), 0).words[1].start_ms == 100 + LEAST_WORD_MS
    assert THREE.moved(WordEdge(1), 9000).words[1].start_ms == 700 - LEAST_WORD_MS
    assert THREE.moved(WordEdge(1, "end"), 9000).words[1].end_ms == 1300 - LEAST_WORD_MS


def test_the_films_edges_leave_every_word_in() -> None:
    assert THREE.moved(SpeechEdge("start"), 900).speech_start_ms == 100
    assert THREE.moved(SpeechEdge("end"), 0).speech_end_ms == 1300
    assert THREE.moved(SpeechEdge("end"), 9000).speech_end_ms == 2000
    assert THREE.moved(WordEdge(0), -50).words[0].start_ms == 0
    assert THREE.moved(WordEdge(2, "end"), 9000).words[2].end_ms == 1500


def test_markers_without_a_word_can_be_moved_too() -> None:
    silent = Markers((), 0, 2000, 2000)

    assert silent.moved(SpeechEdge("start"), 700).speech_start_ms == 700
    assert silent.scene_spans() == []
    assert silent.word_at(0) is None


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_moved_the_words_stay_in_order_and_apart(seed: int) -> None:
    dice = random.Random(seed)
    markers = THREE
    for _ in range(200):
        side = dice.choice(SIDES)
        handle = SpeechEdge(side) if dice.random() < 0.3 else WordEdge(dice.randrange(3), side)
        markers = markers.moved(handle, dice.randrange(-500, 2500))
        edges = [0, markers.speech_start_ms]
        for word in markers.words:
            edges += [word.start_ms, word.end_ms]
            assert word.end_ms - word.start_ms >= LEAST_WORD_MS
        edges += [markers.speech_end_ms, markers.duration_ms]
        assert edges == sorted(edges)


def test_a_marker_snaps_to_a_silence_or_the_playhead_when_near() -> None:
    assert snapped(690, 20, SILENCES, None) == 700
    assert snapped(1015, 20, SILENCES, None) == 1000
    assert snapped(850, 20, SILENCES, 860) == 860
    assert snapped(850, 20, SILENCES, None) == 850
    assert snapped(850, 20, [], None) == 850


def test_the_marker_under_the_hand_is_taken_and_of_two_the_chosen_words() -> None:
    assert THREE.near(410, 20, None) == WordEdge(1)
    assert THREE.near(410, 20, WordEdge(0)) == WordEdge(0, "end")
    assert THREE.near(1490, 20, None) == SpeechEdge("end")
    assert THREE.near(850, 20, None) is None


def test_one_goes_from_word_to_word_and_no_further() -> None:
    assert THREE.word_after(WordEdge(0), 1) == WordEdge(1)
    assert THREE.word_after(WordEdge(2, "end"), 1) == WordEdge(2)
    assert THREE.word_after(SpeechEdge("end"), -1) == WordEdge(0)


def test_each_scene_is_found_where_it_is_said() -> None:
    spans = THREE.scene_spans()

    assert [(span.scene_id, span.first_word, span.start_ms, span.end_ms) for span in spans] == [
        ("a", 0, 100, 700),
        ("b", 2, 1000, 1300),
    ]
    assert THREE.word_at(650) == 1
    assert THREE.word_at(800) == 2


def test_a_place_on_the_waveform_is_found_again() -> None:
    scale = Scale(30_000, 900)

    assert scale.px(15_000) == 450
    assert scale.ms(450) == 15_000
    assert scale.ms(-10) == 0
    assert scale.ms(9000) == 30_000
    assert Scale(0, 0).ms(10) == 0


def test_a_loud_moment_is_seen_however_small_the_waveform_is() -> None:
    peaks = tuple(100 if place == 1234 else 0 for place in range(2000))

    assert max(bar_heights(peaks, 300, 80)) == 80
    assert len(bar_heights(peaks, 300, 80)) == 100
    assert set(bar_heights((), 300, 80)) == {2}
    assert len(bar_heights((5, 10), 300, 80)) == 100
