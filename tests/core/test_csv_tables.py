import pytest

from engine.core.csv_tables import MOST_ROWS, read_table
from engine.core.errors import Invalid

NAMES = "Klant;Notities\r\nCafé Zoë;“Prijs: € 5”\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_is_read_in_whatever_encoding_a_spreadsheet_wrote(encoding: str) -> None:
    table = read_table(NAMES.encode(encoding))

    assert table.headers == ("Klant", "Notities")
    assert table.rows[0].cells == ("Café Zoë", "“Prijs: € 5”")
    assert table.encoding == encoding


@pytest.mark.parametrize("text", ["مخبز آنا", "🥐 Bakkerij", "ベーカリー"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_names_of_any_script_come_through(encoding: str, text: str) -> None:
    assert read_table(f"Klant\n{text}\n".encode(encoding)).rows[0].cells == (text,)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_the_one_that_parts_the_header(delimiter: str) -> None:
    lines = [["Klant", "Project"], ['"Jansen, Piet; en Zn."', "Winter"]]

    table = read_table("\n".join(delimiter.join(cells) for cells in lines).encode())

    assert table.delimiter == delimiter
    assert table.rows[0].cells == ("Jansen, Piet; en Zn.", "Winter")


def test_a_spreadsheets_own_hint_counts_and_empty_lines_do_not() -> None:
    table = read_table(b'sep=,\nKlant,Notities;\n\nAnna,"twee\nregels"\n,\nBas,x\n')

    assert table.delimiter == ","
    assert [row.cells for row in table.rows] == [("Anna", "twee\nregels"), ("Bas", "x")]


def test_rows_are_told_by_their_line_in_the_file() -> None:
    table = read_table(b'Klant\n\n"Anna\nBakkerij"\nBas\n')

    assert [row.line for row in table.rows] == [3, 5]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"Klant;Project\n", "file_empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x01\x02", "file_not_text"),
        (b"PK\x03\x04\x14\x00\x00\x00\x08\x00" * 50, "file_not_text"),
        (b'Klant;Project\n"Anna;Winter\nBas;Zomer\n', "csv_damaged"),
        (b'Klant;Project\n"Anna"x;Winter\n', "csv_damaged"),
        (b"Klant\n" + b"Anna\n" * (MOST_ROWS + 1), "csv_too_long"),
        (b";" * 100 + b"\nAnna", "csv_too_long"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_table(content)

    assert refused.value.code == code
