"""The synthetic voice says the words and knows when it says each of them."""

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.render.espeak import EspeakFailed, EspeakVoice, speak
from engine.render.spoken_forms import said_as

NL = EspeakVoice("nl")


def test_a_voice_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(EspeakFailed, match="no voice 'xyzzy'"):
        speak(["Dag."], EspeakVoice("xyzzy"), "nl")


def test_every_word_has_its_own_time_in_order() -> None:
    words = "Of the people in the house – could have been 🎉 better, at € 5.50 or 1,250 ’t foo-bar.".split()

    said = speak(words, EspeakVoice("en-us"), "en")

    edges = [edge for span in said.spans for edge in span]
    lengths = {word: end - start for word, (start, end) in zip(words, said.spans, strict=True)}
    assert edges == sorted(edges)
    assert edges[-1] <= len(said.samples)
    assert lengths["–"] == lengths["🎉"] == lengths["€"] == 0
    assert min(lengths[word] for word in words if word not in "–🎉€") > 0.03 * said.rate_hz


@pytest.mark.parametrize("strange", ["é", "’s", "€5", "🎉👩‍👩‍👧", "مرحبا", "你好。", "𝕏", "<b>&amp;", "\u0301", "'"])
def test_strange_words_do_not_shift_the_ones_after_them(strange: str) -> None:
    plain = speak(["Dag", "Anna", "daar."], NL, "nl")
    said = speak([strange, "Dag", "Anna", "daar."], NL, "nl")

    lengths = [end - start for start, end in said.spans[2:]]
    expected = [end - start for start, end in plain.spans[1:]]
    assert np.allclose(lengths, expected, atol=0.05 * said.rate_hz)


@given(st.lists(st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=8), max_size=12))
@settings(max_examples=60, deadline=None)
def test_any_words_at_all_come_back_in_order(words: list[str]) -> None:
    said = speak(words, EspeakVoice("nl", words_per_minute=450), "nl")

    edges = [0, *(edge for span in said.spans for edge in span), len(said.samples)]
    assert len(said.spans) == len(words)
    assert edges == sorted(edges)


def test_two_that_speak_at_once_do_not_hear_each_other() -> None:
    alone = {name: speak(["Goedemorgen", name], EspeakVoice(name), "nl").samples for name in ("nl", "en-us")}
    results: dict[str, list[bool]] = {"nl": [], "en-us": []}

    def talk(name: str) -> None:
        for _ in range(8):
            heard = speak(["Goedemorgen", name], EspeakVoice(name), "nl").samples
            results[name].append(len(heard) == len(alone[name]))

    threads = [threading.Thread(target=talk, args=(name,)) for name in results]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {"nl": [True] * 8, "en-us": [True] * 8}


@pytest.mark.parametrize(
    ("written", "language", "said"),
    [
        ("€ 5,50", "nl", ["", "5 euro 50"]),
        ("€1.250,00", "nl", ["1250 euro"]),
        ("$3.50", "en", ["3 dollars 50"]),
        ("d.w.z. enz.", "nl", ["dat wil zeggen", "enzovoort"]),
        ("“Zo” 'dag' ’s foto’s", "nl", ["Zo", "dag", "'s", "foto's"]),
        ("🎉! – #brood 3,5% a_b", "nl", ["!", "–", "brood", "3,5 procent", "a b"]),
    ],
)
def test_marks_are_not_read_and_money_is_read_as_people_say_it(written: str, language: str, said: list[str]) -> None:
    assert said_as(written.split(), "nl" if language == "nl" else "en") == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Bij BOM, vandaag.", ["Bij", "boom,", "vandaag."]),
        ("“Bom” of bommen", ["boom", "of", "bommen"]),
        ("O’Brien kost € 5", ["oo braajen", "kost", "", "5 euro"]),
    ],
)
def test_a_clients_own_words_are_said_as_the_client_says_them(written: str, said: list[str]) -> None:
    assert said_as(written.split(), "nl", {"BOM": "boom", "o'brien": "oo braajen"}) == said
