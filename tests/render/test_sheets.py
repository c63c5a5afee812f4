"""Sheets: what stands on paper can be found, copied and read in any script."""

import re
import zlib

from engine.render.sheets import Fact, Sheet, sheet_pdf


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def sheet(*values: str) -> Sheet:
    return Sheet("Bewijs van goedkeuring", [[Fact("Door", value) for value in values]], "BOM Studios")


def test_a_sheet_is_one_page_of_text_in_our_own_typefaces() -> None:
    pdf = sheet_pdf(sheet("Anna “Oliebollen” 🥐 مرحبا"))

    assert pdf.startswith(b"%PDF-")
    assert pages_of(pdf) == 1
    assert b"Inter" in pdf
    assert b"Bewijs van goedkeuring" in pdf  # its title, as a reader shows it
    streams = re.findall(rb"stream\r?\n(.+?)endstream", pdf, re.DOTALL)
    assert any(b"Tj" in zlib.decompress(stream) for stream in streams if stream.startswith(b"x"))


def test_the_same_words_make_the_same_sheet() -> None:
    assert sheet_pdf(sheet("Anna")) == sheet_pdf(sheet("Anna"))


def test_what_does_not_fit_goes_on_and_no_word_is_wider_than_the_paper() -> None:
    assert pages_of(sheet_pdf(sheet("woord " * 3_000, "x" * 500))) > 2
