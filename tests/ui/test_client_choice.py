"""A menu of clients holds the one who is chosen, and says where it does not hold them all."""

from datetime import timedelta

from engine.core import clients
from engine.core.costs import budgets
from engine.core.models import BudgetScope
from engine.ui.components.client_choice import MOST_SHOWN, find_clients
from engine.ui.pages.settings.budgets import MOST_NAMES, load_budgets
from tests.api.conftest import lite_studio as lite_studio  # noqa: PLC0414  # a fixture
from tests.api.studio import AT, ApiStudio
from tests.ui.test_client import asked


def test_of_many_clients_the_chosen_one_is_there_and_the_others_are_found_by_their_words(
    lite_studio: ApiStudio,
) -> None:
    with lite_studio.database.writing() as session:
        ids = [
            clients.create_client(session, name=f"Bakkerij {number:03}", at=AT + timedelta(seconds=number)).id
            for number in range(MOST_SHOWN + 2)
        ]
        clients.archive_client(session, ids[-1], at=AT)

    first = asked(lite_studio, lambda api: find_clients(api, "", ids[-2]))
    found = asked(lite_studio, lambda api: find_clients(api, "bakk 007", ""))
    put_away = asked(lite_studio, lambda api: find_clients(api, "007", ids[-1]))
    gone = asked(lite_studio, lambda api: find_clients(api, "007", "nobody"))

    assert (first.clients[0], len(first.clients), first.is_cut) == ((ids[-2], "Bakkerij 100"), MOST_SHOWN + 1, True)
    assert (list(found.clients), found.is_cut) == ([(ids[7], "Bakkerij 007")], False)
    assert put_away.clients[0] == (ids[-1], "Bakkerij 101")
    assert list(gone.clients) == [(ids[7], "Bakkerij 007")]


def test_the_budget_of_a_client_behind_the_first_page_has_its_name(lite_studio: ApiStudio) -> None:
    month = budgets.month_of(AT)
    with lite_studio.database.writing() as session:
        ids = [clients.create_client(session, name=f"Bakkerij {number:03}", at=AT).id for number in range(MOST_NAMES)]
        ids.append(clients.create_client(session, name="Zagerij", at=AT).id)
        for client_id in ids[-2:]:
            budgets.set_budget(
                session,
                scope=BudgetScope.CLIENT_MONTH,
                scope_id=client_id,
                month=month,
                limit_micros=1_000_000,
                note="",
                at=AT,
            )

    known = asked(lite_studio, load_budgets)

    assert {known.clients.get(budget.scope_id) for budget in known.budgets} == {"Bakkerij 199", "Zagerij"}
