"""The table of the portal's safety names tests, so they have to be there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ITEMS = """
1.3.6 2.4.1 3.3.1 3.3.3 3.3.4 3.4.1 3.4.3 3.4.4 3.4.5 3.4.6 3.5.1 3.5.3 4.1.3 5.2.1 5.2.2 5.3.2 5.4.1 5.4.2 6.3.3 6.5.1
6.5.3 6.5.5 6.6.2 6.6.3 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.5.2 7.6.2 8.2.2 8.4.1 9.1.1 9.2.1 13.2.4 14.2.1 14.3.2
15.3.1 15.3.2 15.3.3 16.3.1 16.3.2
""".split()
"""What concerns a portal that people enter by mail."""


def test_each_item_of_the_standard_has_a_test_that_is_there() -> None:
    rows = [row.split("|") for row in (ROOT / "docs/asvs.md").read_text().splitlines() if re.match(r"\| \d", row)]
    assert sorted(item for row in rows for item in row[1].replace(",", " ").split()) == sorted(ITEMS)
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", row[3])
        assert named, row[1]
        for file, test in named:
            assert f"def {test}(" in (ROOT / file).read_text(), f"{row[1].strip()}: {file}::{test}"
