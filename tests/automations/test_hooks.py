import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event as Flag

import pytest
from openapi_schema_validator import OAS31Validator
from sqlalchemy import select
from standardwebhooks.webhooks import Webhook

from automations.events import (
    CATALOGUE,
    SCHEMAS,
    DomainEvent,
    EndpointTested,
    ProjectCreated,
    emit,
    emit_test,
    written_schema,
)
from automations.runs import JobFailed, Later, Run, Workshop
from automations.workflows.hooks import DELIVER_EVENT, RETRY_AFTER_S, deliver_event, replay
from engine.core import endpoints
from engine.core.actors import SYSTEM
from engine.core.database import Database
from engine.core.errors import Invalid
from engine.core.models import Attempt, Endpoint, Event, Job, Notification, Role, Staff
from tests.automations.conftest import ON_SQLITE, StartWorker
from tests.automations.receiver import Receiver
from tests.automations.waiting import wait_until
from tests.core.domain import NOW, a_client, a_project


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shop(workshop: Workshop, clock: Clock) -> Workshop:
    """A workshop that may reach this machine, on the test's clock."""
    return replace(workshop, now=clock, private_hosts=frozenset({"127.0.0.1"}))


def an_endpoint(database: Database, receiver: Receiver, **given: str) -> Endpoint:
    with database.writing() as session:
        made = endpoints.create_endpoint(session, list(CATALOGUE), url=receiver.url, at=NOW)
        for name, value in given.items():
            setattr(made, name, value)
        return made


def a_new_project(database: Database) -> str:
    """Make a project, as the api does: the event in the same transaction. Returns the event's id."""
    with database.writing() as session:
        client = a_client(session, "O'Brien & Zn. B.V.")
        project = a_project(session, client)
        return emit(session, ProjectCreated.of(project, client), at=NOW).id


def one_try(shop: Workshop, event_id: str, endpoint: Endpoint) -> object:
    """The run that the durable engine would start now."""
    return deliver_event(Run(f"{event_id}:{endpoint.id}", 1, shop, Flag(), lambda: True), event_id, endpoint.id)


def test_a_receiver_is_told_in_a_way_that_it_can_verify(shop: Workshop, receiver: Receiver) -> None:
    endpoint = an_endpoint(shop.database, receiver, header_name="X-Studio-Key", header_value="geheim")
    event_id = a_new_project(shop.database)

    one_try(shop, event_id, endpoint)

    ((headers, body),) = receiver.got
    assert headers["webhook-id"] == event_id
    assert headers["x-studio-key"] == "geheim"
    signed = Webhook(endpoint.secret).sign(event_id, NOW, body.decode())
    assert headers["webhook-signature"] == signed
    told = json.loads(body)
    assert told["type"] == "project.created"
    assert told["data"]["client_name"] == "O'Brien & Zn. B.V."
    OAS31Validator(json.loads((SCHEMAS / "project.created.json").read_text())).validate(told)


def test_a_change_that_is_taken_back_tells_nobody(shop: Workshop, receiver: Receiver) -> None:
    an_endpoint(shop.database, receiver)

    with pytest.raises(ZeroDivisionError), shop.database.writing() as session:
        client = a_client(session)
        emit(session, ProjectCreated.of(a_project(session, client), client), at=NOW)
        raise ZeroDivisionError

    with shop.database.reading() as session:
        assert session.scalars(select(Event)).all() == []
        assert session.scalars(select(Job)).all() == []


@ON_SQLITE
def test_what_a_receiver_does_not_take_is_told_again_over_a_day(
    shop: Workshop, receiver: Receiver, clock: Clock
) -> None:
    receiver.answers = [500]
    endpoint = an_endpoint(shop.database, receiver)
    event_id = a_new_project(shop.database)
    waits = []

    for _ in RETRY_AFTER_S:
        with pytest.raises(Later) as later:
            one_try(shop, event_id, endpoint)
        waits.append(later.value.delay_s)
        clock.now += timedelta(seconds=later.value.delay_s)
    with pytest.raises(JobFailed, match=r"told 8 times.*It answered 500.*replay"):
        one_try(shop, event_id, endpoint)

    assert all(table <= wait <= table * 1.1 for table, wait in zip(RETRY_AFTER_S, waits, strict=True))
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    assert len({headers["webhook-signature"] for headers, _ in receiver.got}) == 8
    assert len({body for _, body in receiver.got}) == 1


@ON_SQLITE
def test_an_endpoint_that_fails_for_five_days_is_switched_off_and_the_owner_is_told(
    shop: Workshop, receiver: Receiver, clock: Clock
) -> None:
    receiver.answers = [500]
    endpoint = an_endpoint(shop.database, receiver)
    with shop.database.writing() as session:
        session.add(Staff(email="eva@bom.example", role=Role.OWNER, password_hash="-", created_at=NOW, updated_at=NOW))
    with pytest.raises(Later):
        one_try(shop, a_new_project(shop.database), endpoint)
    clock.now += endpoints.OFF_AFTER

    with pytest.raises(JobFailed):
        one_try(shop, a_new_project(shop.database), endpoint)

    with shop.database.reading() as session:
        off = session.get_one(Endpoint, endpoint.id)
        assert off.disabled_at == clock.now
        (notice,) = session.scalars(select(Notification))
        assert (notice.kind, notice.facts["url"]) == ("endpoint_switched_off", receiver.url)
    assert one_try(shop, a_new_project(shop.database), endpoint) == {"told": False}


@ON_SQLITE
def test_an_endpoint_that_says_it_is_gone_is_switched_off_at_once(shop: Workshop, receiver: Receiver) -> None:
    receiver.answers = [410]
    endpoint = an_endpoint(shop.database, receiver)

    with pytest.raises(JobFailed):
        one_try(shop, a_new_project(shop.database), endpoint)

    with shop.database.reading() as session:
        assert session.get_one(Endpoint, endpoint.id).disabled_reason == "It answered that it is gone (410)."


@ON_SQLITE
def test_a_name_that_moved_into_the_private_network_is_not_called(shop: Workshop, receiver: Receiver) -> None:
    endpoint = an_endpoint(shop.database, receiver)
    event_id = a_new_project(shop.database)

    with pytest.raises(Later):
        one_try(replace(shop, private_hosts=frozenset()), event_id, endpoint)

    assert receiver.got == []
    with shop.database.reading() as session:
        (attempt,) = session.scalars(select(Attempt))
        assert "begin with https" in attempt.problem


def test_the_durable_engine_tells_of_a_project_and_a_replay_tells_once_more(
    workshop: Workshop, working: StartWorker, receiver: Receiver
) -> None:
    shop = replace(workshop, private_hosts=frozenset({"127.0.0.1"}))
    endpoint = an_endpoint(shop.database, receiver)

    with working([DELIVER_EVENT], shop=shop):
        event_id = a_new_project(shop.database)
        wait_until(lambda: len(receiver.got) == 1, "the receiver to be told")
        with shop.database.writing() as session:
            replay(session, event_id, endpoint.id, by=SYSTEM, at=NOW)
        wait_until(lambda: len(receiver.got) == 2, "the receiver to be told")
        with shop.database.writing() as session:
            emit_test(session, session.get_one(Endpoint, endpoint.id), at=NOW)
        wait_until(lambda: len(receiver.got) == 3, "the receiver to be told")

    first, again, tested = receiver.got
    assert first[0]["webhook-id"] == again[0]["webhook-id"] == event_id
    assert first[1] == again[1]
    assert json.loads(tested[1])["type"] == "endpoint.tested"


@ON_SQLITE
def test_an_endpoint_hears_only_of_what_it_asked_for(shop: Workshop, receiver: Receiver) -> None:
    endpoint = an_endpoint(shop.database, receiver)
    with shop.database.writing() as session:
        endpoints.change_endpoint(session, endpoint.id, 1, list(CATALOGUE), event_types=["video.exported"], at=NOW)

    a_new_project(shop.database)

    with shop.database.reading() as session:
        assert session.scalars(select(Job)).all() == []


@ON_SQLITE
@pytest.mark.parametrize(
    ("name", "value"), [("Host", "x"), ("webhook-id", "x"), ("X Key", "x"), ("X-Key", "a\r\nb"), ("X-Key", None)]
)
def test_a_fixed_header_cannot_smuggle_another(
    shop: Workshop, receiver: Receiver, name: str, value: str | None
) -> None:
    endpoint = an_endpoint(shop.database, receiver)

    with pytest.raises(Invalid), shop.database.writing() as session:
        endpoints.change_endpoint(
            session, endpoint.id, 1, list(CATALOGUE), header_name=name, header_value=value, at=NOW
        )


def test_the_schema_files_say_what_the_catalogue_says() -> None:
    every: list[type[DomainEvent | EndpointTested]] = [*CATALOGUE.values(), EndpointTested]

    assert {path.name for path in SCHEMAS.iterdir()} == {f"{event.type}.json" for event in every}
    for event in every:
        assert (SCHEMAS / f"{event.type}.json").read_text("utf-8") == written_schema(event), (
            "run python -m automations.events"
        )
