"""CSV tables: a file of unknown encoding and delimiter becomes named cells, or a refusal in words.

Core: no HTTP. Called by engine.core.client_import.
Law: nothing is guessed where bytes tell. What cannot be a table is refused whole, before any of it counts.
"""

import codecs
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

from engine.core.errors import Invalid

MOST_ROWS: Final = 1000
"""All of them are written in one transaction, which takes three seconds on a busy machine."""
MOST_COLUMNS: Final = 60
DELIMITERS: Final = (";", ",", "\t")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT: Final = 4000


@dataclass(frozen=True)
class TableRow:
    """A row with something in it. line: where it begins in the file, 1 being the first."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class CsvTable:
    """What a file holds, and how it was read."""

    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    rows: tuple[TableRow, ...]


def read_table(content: bytes) -> CsvTable:
    """The table in a file. Raises Invalid (file_empty, file_not_text, csv_damaged, csv_too_long)."""
    text, encoding = _decoded(content)
    text, told = _without_hint(text)
    delimiter = told or _delimiter_of(text)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    headers: tuple[str, ...] = ()
    rows: list[TableRow] = []
    line = 1
    try:
        for cells in reader:
            trimmed = tuple(cell.strip() for cell in cells)
            if any(trimmed):
                if headers:
                    rows.append(TableRow(line, trimmed))
                else:
                    headers = trimmed
            if len(rows) > MOST_ROWS or len(trimmed) > MOST_COLUMNS:
                raise Invalid(
                    f"A file has {MOST_ROWS} rows and {MOST_COLUMNS} columns at most. Split it, then import the parts.",
                    field="content",
                    code="csv_too_long",
                )
            line = reader.line_num + 1
    except csv.Error:
        raise Invalid(
            f"Line {line} has a quote that never ends, or goes on after one. Mend it, or save the file again as CSV.",
            field="content",
            code="csv_damaged",
            line=line,
        ) from None
    if not rows:
        raise Invalid(
            "The file has no rows below its header. Fill it in and choose it again.", field="content", code="file_empty"
        )
    return CsvTable(encoding, delimiter, headers, tuple(rows))


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding: told by its first bytes, else UTF-8 where it is that, else Windows-1252."""
    for bom, name in _BOMS:
        if content.startswith(bom):
            candidates: Sequence[str] = (name,)
            break
    else:
        head = content[:_LOOKED_AT]
        # Half of UTF-16's bytes are zero in a European text; no other encoding of text has any.
        if head and head.count(0) > len(head) // 4:
            candidates = ("utf-16-le",) if head[1::2].count(0) > head[::2].count(0) else ("utf-16-be",)
        else:
            candidates = ("utf-8", "cp1252")
    for name in candidates:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, name
    raise Invalid(
        "This is not a text file. Save the spreadsheet as CSV and choose that file.",
        field="content",
        code="file_not_text",
    )


def _without_hint(text: str) -> tuple[str, str]:
    """The text without a spreadsheet's first line `sep=;`, and the delimiter that it names."""
    first, _, rest = text.partition("\n")
    hint = first.strip("\r\n \ufeff").lower()
    if hint.startswith("sep=") and hint[4:] in {";", ",", "\t", ""} and len(hint) <= 5:
        return rest, hint[4:] or "\t"
    return text, ""


def _delimiter_of(text: str) -> str:
    """The sign that parts the header's cells; outside quotes there is none other so often."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)
