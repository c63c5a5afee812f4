"""A script becomes scenes without losing or doubling anything that is said."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.scripts import (
    LONG_WORDS,
    SHORT_WORDS,
    ScriptEmpty,
    reading_time_ms,
    split_script,
    spoken_words,
)
from engine.core.sentences import Language, sentence_spans

# Prose of every script on earth, and a denser mix of what trips a splitter.
ANY_TEXT = st.text(max_size=200)
TRICKY = """a B 1 2. 10) . , ; : ! ? … — – - -- --- * ** *** _ __ ` ``` ~~ # ## > [ ] ( ) [x](y) ![x](y) [pauze] ' " “ ”
    „ € 's dhr. enz. J.P. www.a_b.nl x@y.nl 🎉 👩‍👩‍👧 1️⃣ 。 ！ ؟ שלום مرحبا === word woord en maar"""
GAPS = [
    " ",
    " ",
    " ",
    "\n",
    "\t",
    "\u2028",
    "\r\n",
    "\n \n",
    "\n\n",
    "\u200d",
    "\ufe0f",
    "\u200b",
    "\ufeff",
    "\xa0",
    "\x00",
]
TRICKY_TEXT = st.lists(st.sampled_from([*TRICKY.split(), *GAPS, *GAPS]), max_size=60).map("".join)
LANGUAGES = st.sampled_from(["nl", "en"])


def scenes_of(text: str, language: Language = "nl") -> list[str]:
    try:
        return [scene.text for scene in split_script(text, language)]
    except ScriptEmpty:
        return []


def sentences_of(text: str, language: Language) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


def characters(text: str) -> str:
    """What is left without any space."""
    return "".join(text.split())


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\ufeff", "---\n\n***", "# \n> \n- ", "**", "```\n```", "[pauze 2 s]", "\u200b"]
)
def test_a_script_without_words_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ScriptEmpty, match=r"no words yet\. Write at least one sentence\."):
        split_script(text, "nl")


@pytest.mark.parametrize(
    "text",
    [
        "Dhr. J.P. de Vries bakt.|Mevr. dr. Jansen kijkt toe.",
        "Het duurt ca. 3 uur, d.w.z. tot 10.30 uur.|Daarna is het klaar.",
        "We bakken brood, taart enz.|Daarna gaan we naar huis.",
        "We bakken brood enz. en taart.|Bel Anna of Jan.|Ik ken hem.",
        "Dat kost € 1.250,50 per stuk.|Op 21.03.2026 wordt het meer.",
        "Zie blz. 12 en nr. 5, o.a. Over v2.0 staat meer.",
        "Het is i.o.v. Anna gemaakt.|Met dank aan M.A. Bakker.",
        "We eten 's avonds samen.|'s Ochtends is er thee.|’t Is goed.",
        '"Kom je?" vroeg ze toen.|„Ja,” zei hij.',
        "Hij zei: “Dat is mooi.”|Toen was het stil.",
        "‘Zo is het.’|Ze lachte (en hoe!) erom.",
        "Dit is het feest. 🎉🥳|Kom je ook?",
        "Samen sterk! 👩‍👩‍👧 🏳️‍🌈|Doe je mee?|1️⃣ Bel ons.",
        "Wacht even... dan zie je het.|En toch… was het mooi.|Tja...|Zo is het.",
        "Ga naar https://bakker.nl/a_b.html?x=1.|Of mail i_n.fo@bakker.nl.",
        "We kiezen voor plan B.|Daarna zien we verder.",
        "1.000.000 mensen keken al.|3.5 sterren is goed.",
        "Hij vroeg waarom?!|Niemand wist het.",
        "Kies: 1. Rood of geel.|In 2026.|Dan.",
        "dit is een zin zonder hoofdletter.|dit is er nog een.",
        "Ja. - Nee, dat was het.",
    ],
)
def test_dutch_sentences_end_where_a_reader_ends_them(text: str) -> None:
    assert sentences_of(text.replace("|", " "), "nl") == text.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "Mr. and Mrs. Smith met Dr. Brown.|They had tea at 5 p.m.|Then they left.",
        "We sell tools, e.g. Hammers by Acme Inc.|The rest is in No. 5 of the list.",
        "No.|I really mean that.",
        "No. 5 is alive.",
        "We live in the U.S.|It is big.",
        "I love modern art.|It is what it is.",
        "It costs $ 3.50 or 1,250.00 in all.|That is all.",
        "Is it vs. Him or not?|Nobody knows.",
        "J. R. R. Tolkien wrote it.|We read it.",
        'She said "Stop."|And then he stopped.',
        "That was it (really.)|Now we go on.",
        "It was I.|Then came you.",
    ],
)
def test_english_sentences_end_where_a_reader_ends_them(text: str) -> None:
    assert sentences_of(text.replace("|", " "), "en") == text.split("|")


def test_lines_of_dashes_part_the_scenes_and_nothing_else_does() -> None:
    text = "Eerste zin. Tweede zin!\r\n  ---  \r\nKort.\n\n***\n\n\n___\nEn -- zo --- verder.\nNieuwe regel."

    assert scenes_of(text) == ["Eerste zin. Tweede zin!", "Kort.", "En -- zo --- verder.\n\nNieuwe regel."]


def test_marks_are_not_spoken() -> None:
    text = (
        "\ufeff# De *nieuwe* winkel is open ##\n\n- **Rood** is een __mooie__ kleur\n"
        "- [x] `Blauw` is ook [heel mooi](https://a.nl/b_(c))\n1. Kies er zelf een uit\n"
        "2) ![foto](a.jpg) Neem die mee naar huis\n\n> > Zo zei zij dat~~toen~~ tegen ons\n\n```\n"
    )

    assert scenes_of(text) == [
        "De nieuwe winkel is open",
        "Rood is een mooie kleur",
        "Blauw is ook heel mooi",
        "Kies er zelf een uit",
        "Neem die mee naar huis",
        "Zo zei zij dattoen tegen ons",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Het is 5 * 3 of 5*3 meter.",
        "Zet snake_case_namen in #bakkerij van @anna.",
        "3 tips: doe het zelf eens.",
        "-5 graden is best koud.",
        "10. 9. 8. Start de raket!",
        "Ik zeg [zachtjes] wat er staat.",
        "Vraag < 3 en > 2 is goed.",
    ],
)
def test_what_looks_like_a_mark_but_is_said_stays(text: str) -> None:
    assert scenes_of(text) == [text]


def test_stage_directions_are_not_spoken() -> None:
    assert scenes_of("Welkom bij ons [pauze] in de zaak. [stilte 2 s]") == ["Welkom bij ons in de zaak."]


def test_a_wrapped_line_goes_on_and_a_line_of_its_own_does_not() -> None:
    wrapped = "Dit is een lange regel die door de editor is afgebroken voor\nAmsterdam en daarna\nnog eens."
    lines = "Nieuw seizoen bij ons thuis\nNieuwe kleuren in de winkel"

    assert scenes_of(wrapped) == [wrapped.replace("\n", " ")]
    assert scenes_of(lines) == lines.split("\n")


def test_short_sentences_join_a_neighbour_and_long_ones_are_parted_at_a_clause() -> None:
    long = "We liepen langs het water en zagen de boten van de vissers, " * 4 + "en toen was het klaar."
    scenes = scenes_of(f"Ja! Zo is het maar net. Toch? {long} Echt waar.")

    assert scenes[0] == "Ja! Zo is het maar net."
    assert all(SHORT_WORDS <= len(scene.split()) <= LONG_WORDS + SHORT_WORDS for scene in scenes)
    assert all(scene.endswith((",", ".")) for scene in scenes)
    assert len(scenes) == 3


def test_a_heading_stands_alone_unless_it_is_too_short() -> None:
    assert scenes_of("## Drie tips voor thuis\nNeem vers brood mee.") == [
        "Drie tips voor thuis",
        "Neem vers brood mee.",
    ]
    assert scenes_of("## Tip een\nNeem vers brood mee.") == ["Tip een\n\nNeem vers brood mee."]


def test_other_scripts_keep_their_own_full_stops() -> None:
    assert scenes_of("欢迎来到我们的面包店。今天的面包非常好吃！") == ["欢迎来到我们的面包店。", "今天的面包非常好吃！"]
    assert scenes_of("هل تحب الخبز الطازج كثيرا؟ نحن نخبز كل يوم جديد.") == [
        "هل تحب الخبز الطازج كثيرا؟",
        "نحن نخبز كل يوم جديد.",
    ]


@given(st.one_of(ANY_TEXT, TRICKY_TEXT), LANGUAGES)
@settings(max_examples=400, deadline=None)
def test_every_spoken_character_is_in_exactly_one_scene_and_one_word(text: str, language: Language) -> None:
    scenes = scenes_of(text, language)

    assert characters("".join(scenes)) == "".join(spoken_words(text))
    assert (
        [word for scene in scenes for word in spoken_words(scene)] == spoken_words(text) or "。" in text or "！" in text
    )
    assert all(scene.strip() for scene in scenes)
    assert all(word.split() == [word] for word in spoken_words(text))


@given(st.text(st.characters(exclude_characters="*_`~#>[]!-+=•‣◦▪.)"), max_size=200), LANGUAGES)
@settings(max_examples=200, deadline=None)
def test_text_without_marks_keeps_every_visible_character(text: str, language: Language) -> None:
    def visible(part: str) -> str:
        return "".join(c for c in part if unicodedata.category(c)[0] in "LNPS")

    assert visible("".join(scenes_of(text, language))) == visible(text)


@given(st.one_of(ANY_TEXT, TRICKY_TEXT), LANGUAGES)
@settings(max_examples=400, deadline=None)
def test_scenes_know_where_they_stand_in_the_script(text: str, language: Language) -> None:
    try:
        scenes = split_script(text, language)
    except ScriptEmpty:
        return
    at = 0
    for scene in scenes:
        assert at <= scene.start < scene.end <= len(text)
        assert text[scene.start] == scene.text[0]
        assert text[scene.end - 1] == scene.text[-1]
        at = scene.end


@given(st.one_of(ANY_TEXT, TRICKY_TEXT), LANGUAGES)
@settings(max_examples=600, deadline=None)
def test_scenes_written_back_with_dashes_are_the_same_scenes(text: str, language: Language) -> None:
    scenes = scenes_of(text, language)

    assert scenes_of("\n---\n".join(["", *scenes]), language) == scenes


@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=8), min_size=1), LANGUAGES)
@settings(max_examples=200, deadline=None)
def test_more_words_never_take_less_time(words: list[str], language: Language) -> None:
    text = "a"
    for word in words:
        longer = f"{text} {word}"
        if spoken_words(longer)[: len(spoken_words(text))] != spoken_words(text):
            return  # the new word made a link or emphasis of the ones before it
        assert reading_time_ms(longer, language) >= reading_time_ms(text, language)
        text = longer


def test_a_minute_of_prose_takes_about_a_minute() -> None:
    nl = "Elk klein merk heeft een verhaal dat het vertellen waard is, en het meeste daarvan zie je nooit. " * 8
    en = "Every small brand has a story worth telling, and most of it never leaves the quiet studio at all. " * 9

    assert 0.85 < reading_time_ms(nl, "nl") / (len(nl.split()) / 150 * 60_000) < 1.15
    assert 0.85 < reading_time_ms(en, "en") / (len(en.split()) / 160 * 60_000) < 1.15


def test_numbers_take_as_long_as_they_are_read() -> None:
    assert reading_time_ms("1787", "nl") > reading_time_ms("1000", "nl") > reading_time_ms("🎉 –", "nl") == 0


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a. ",
        "a, b ",
        "*_",
        "[",
        "[a](b",
        "> ",
        "1. ",
        ".",
        "\ufe0f",
        "🎉 ",
        "\n",
        "- \n",
        "www.",
        "a@b.",
        "woord ",
        "。",
    ],
)
def test_a_megabyte_of_anything_is_read_in_seconds(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    began = time.process_time()

    scenes_of(text)

    assert time.process_time() - began < 8  # linear: about 1 s here; a square would take hours
