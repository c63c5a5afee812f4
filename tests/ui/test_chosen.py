"""Chosen: a choice is not lost where a drawing falls between the click and its handler."""

import re
from pathlib import Path

import flet as ft

import engine.ui
from engine.ui.chosen import chosen, is_on

SCREENS = Path(engine.ui.__file__).parent


def test_a_switch_that_a_drawing_has_put_back_is_still_told_as_it_was_switched() -> None:
    switch = ft.Switch(value=True)  # as the drawing in between left it

    assert not is_on(ft.Event(name="change", control=switch, data=False))


def test_of_several_the_one_that_was_clicked_is_told_and_not_the_one_that_is_shown() -> None:
    formats = ft.SegmentedButton(selected=["9:16"], segments=[])
    languages = ft.Dropdown(value="nl")

    assert chosen(ft.Event(name="change", control=formats, data=["1:1"])) == "1:1"
    assert chosen(ft.Event(name="select", control=languages, data="en")) == "en"


def test_no_screen_asks_a_control_what_was_chosen() -> None:
    # A field that is typed in keeps its control between drawings (typed_field.py), and may.
    asks = [
        f"{file.relative_to(SCREENS)}: {line.strip()}"
        for file in sorted(SCREENS.rglob("*.py"))
        for line in file.read_text().splitlines()
        if re.search(r"event\.control\.(value|selected)", line)
    ]

    assert {line.split(":")[0] for line in asks} <= {
        "components/exact_field.py",
        "components/typed_field.py",
    }, asks
