"""A CSV of ours opens right in a spreadsheet, and does nothing there."""

import csv
import tracemalloc
from collections.abc import Iterator
from datetime import date, time
from io import StringIO

import pytest

from api.services.spreadsheets import Amount, Cell, csv_blocks
from api.services.spreadsheets import Language as CsvLanguage


def text_of(rows: list[list[Cell]], language: CsvLanguage) -> str:
    return b"".join(csv_blocks(["Naam", "Bedrag"], rows, language)).decode("utf-8-sig")


@pytest.mark.parametrize(
    "typed",
    [
        "=HYPERLINK(0)",
        "+31 6 12345678",
        "-2+3",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "Anna;=1+1",
        "Anna,=1+1",
    ],
)
@pytest.mark.parametrize("delimiter", [";", ","])
def test_no_text_begins_as_a_formula_in_a_spreadsheet_of_either_language(typed: str, delimiter: str) -> None:
    language: CsvLanguage = "nl" if delimiter == ";" else "en"
    for read_as in (";", ","):
        cells = [
            cell for row in csv.reader(StringIO(text_of([[typed, "x"]], language)), delimiter=read_as) for cell in row
        ]
        assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]


def test_numbers_below_zero_stay_numbers_and_names_stay_names() -> None:
    row: list[Cell] = [
        'O\'Brien & Zn. B.V. “خبز 🥐”; "a"\nb',
        Amount(-1_234_567_890),
        -3,
        date(2026, 11, 22),
        time(9, 5),
        None,
    ]

    ((_, *_), dutch) = csv.reader(StringIO(text_of([row], "nl")), delimiter=";")
    ((_, *_), english) = csv.reader(StringIO(text_of([row], "en")), delimiter=",")

    assert dutch == [row[0], "-1234,56789", "-3", "2026-11-22", "09:05:00", ""]
    assert english == [row[0], "-1234.56789", "-3", "2026-11-22", "09:05:00", ""]
    amounts = [Amount(2_760), Amount(0), Amount(12_500_000), Amount(10)]
    assert text_of([[*amounts]], "nl").splitlines()[1] == "0,00276;0,00;12,50;0,00001"


def test_a_long_table_is_never_held_whole() -> None:
    def rows() -> Iterator[list[Cell]]:
        return (["Bakkerij Anna", Amount(number)] for number in range(40_000))

    whole = sum(len(block) for block in csv_blocks(["Naam", "Bedrag"], rows(), "nl"))
    tracemalloc.start()
    for _ in csv_blocks(["Naam", "Bedrag"], rows(), "nl"):
        pass
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert whole > 900_000
    assert most_bytes < whole / 2
