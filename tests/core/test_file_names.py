"""What files are called on other people's disks."""

import pytest

from engine.core.file_names import film_name, safe_name, told_apart


@pytest.mark.parametrize(
    ("name", "saved_as"),
    [
        ("O'Brien & Zn. B.V..mp4", "O'Brien & Zn. B.V..mp4"),
        ("خبز طازج 🥐.mp4", "خبز طازج 🥐.mp4"),
        ("Vraag: hoe/waarom?.mp4", "Vraag_ hoe_waarom_.mp4"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("film\u202egpj.exe", "filmgpj.exe"),
        ("👩\u200d🍳.mp4", "👩\u200d🍳.mp4"),
        ("CON.mp4", "_CON.mp4"),
        ("lpt1", "_lpt1"),
        ("regel\neinde", "regel_einde"),
        (" . ", "file"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_a_name_keeps_its_letters_and_can_be_saved_anywhere(name: str, saved_as: str) -> None:
    assert safe_name(name) == saved_as


@pytest.mark.parametrize("title", ["x" * 300, "🎂" * 300, "خ" * 300, "a. " * 100])
def test_a_long_title_is_cut_and_its_format_and_ending_never(title: str) -> None:
    name = film_name(title, "9:16")

    assert name.endswith(" 9x16.mp4")
    assert 150 < len(name.encode()) <= 200
    assert safe_name(name) == name


def test_files_that_are_called_alike_are_told_apart() -> None:
    names = ["A/B.V./film.mp4", "a/b.v./FILM.mp4", "A/B.V./film.mp4", "A/B.V./film", "A/B.V./film"]

    assert told_apart(names) == [
        "A/B.V./film.mp4",
        "a/b.v./FILM (2).mp4",
        "A/B.V./film (3).mp4",
        "A/B.V./film",
        "A/B.V./film (2)",
    ]
