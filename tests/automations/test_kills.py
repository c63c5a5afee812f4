"""Whatever is killed, nothing is lost and nothing paid for twice. `python -m bench kills` does it a hundred times."""

from pathlib import Path

from tests.automations.chaos import run_chaos
from tests.emulators.contracts import contract_path


def test_a_process_that_is_killed_again_and_again_loses_nothing_and_pays_once(
    new_sqlite_url: str, tmp_path: Path
) -> None:
    contract_path("replicate/openapi.json")

    counted = run_chaos(new_sqlite_url, tmp_path, workers=1, kills=8, quotes_at_once=6)

    assert counted.faults == {}, counted


def test_four_workers_that_are_killed_at_random_lose_nothing_and_pay_once(
    new_postgresql_url: str, tmp_path: Path
) -> None:
    contract_path("replicate/openapi.json")

    counted = run_chaos(new_postgresql_url, tmp_path, workers=4, kills=8, quotes_at_once=6)

    assert counted.faults == {}, counted
