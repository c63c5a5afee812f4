"""The stream of what happens, through a real connection."""

import json
import socket
import threading
from datetime import UTC, datetime, timedelta
from queue import Queue
from typing import Any

import httpx

from engine.core import sessions
from engine.core.events import keep_event
from engine.core.models import Event, Job, JobStatus
from tests.api.studio import ApiStudio
from tests.cli.studio import wait_for

Told = tuple[str, str, dict[str, Any]]
"""Kind, id and data of one server-sent event."""


class Listener:
    """Somebody who listens; what arrives is read in a thread."""

    def __init__(self, client: httpx.Client, last_event_id: str | None = None) -> None:
        self.told: Queue[Told] = Queue()
        self.is_over = threading.Event()
        self.is_listening = threading.Event()
        headers = {"Last-Event-ID": last_event_id} if last_event_id else {}
        self._client = httpx.Client(base_url=client.base_url, cookies=client.cookies, timeout=60)
        self._connection: socket.socket | None = None
        self._thread = threading.Thread(target=self._read, args=(headers,))
        self._thread.start()
        assert self.is_listening.wait(30)

    def _read(self, headers: dict[str, str]) -> None:
        try:
            with self._client, self._client.stream("GET", "/api/events/stream", headers=headers) as answer:
                self._connection = answer.extensions["network_stream"].get_extra_info("socket")
                self.status, self.headers = answer.status_code, answer.headers
                kind = event_id = ""
                for line in answer.iter_lines():
                    self.is_listening.set()
                    name, _, value = line.partition(": ")
                    if name == "event":
                        kind = value
                    elif name == "id":
                        event_id = value
                    elif name == "data":
                        data = json.loads(value)
                    elif line == "" and kind:
                        self.told.put((kind, event_id, data))
                        kind = event_id = ""
        except httpx.TransportError:
            pass
        finally:
            self.is_listening.set()
            self.is_over.set()

    def next(self) -> Told:
        """The next thing that is told."""
        return self.told.get(timeout=30)

    def leave(self) -> None:
        """Hang up, as a phone in a tunnel does."""
        if self._connection is not None and not self.is_over.is_set():
            self._connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()


def happen(studio: ApiStudio, event_id: str | None = None) -> str:
    """Something happens; an event of the past can be given by its id."""
    with studio.database.writing() as session:
        event = keep_event(
            session,
            type="project.created",
            payload={"name": "Mei 🎬"},
            at=studio.clock(),
            client_id=None,
            project_id=None,
        )
        if event_id is not None:
            event.id = event_id
        session.flush()
        return event.id


def uuid_of(moment: datetime) -> str:
    digits = f"{int(moment.timestamp() * 1000):012x}"
    return f"{digits[:8]}-{digits[8:]}-7fff-8000-000000000001"


def test_what_happens_is_told_as_it_happens(studio: ApiStudio, owner: httpx.Client) -> None:
    listener = Listener(owner)
    first, second = happen(studio), happen(studio)

    told = [listener.next(), listener.next()]

    assert [(kind, event_id) for kind, event_id, _ in told] == [("event", first), ("event", second)]
    assert told[0][2]["payload"] == {"name": "Mei 🎬"}
    assert listener.headers["content-type"].startswith("text/event-stream")
    listener.leave()


def test_an_event_that_shows_late_is_told_though_later_ones_were_told_before(
    studio: ApiStudio, owner: httpx.Client
) -> None:
    listener = Listener(owner)
    made_at = datetime.now(UTC)
    wait_for(lambda: datetime.now(UTC) > made_at + timedelta(milliseconds=20), "a later moment")
    on_time = happen(studio)
    assert listener.next()[1] == on_time

    late = happen(studio, uuid_of(made_at))

    assert late < on_time
    assert listener.next()[1] == late
    listener.leave()


def test_after_a_lost_connection_nothing_is_missing(studio: ApiStudio, owner: httpx.Client) -> None:
    listener = Listener(owner)
    seen = happen(studio)
    assert listener.next()[1] == seen
    listener.leave()
    missed = [happen(studio) for _ in range(3)]

    again = Listener(owner, seen)

    assert [again.next()[1] for _ in range(3)] == missed
    again.leave()


def test_jobs_tell_how_far_they_are(studio: ApiStudio, owner: httpx.Client) -> None:
    def job(session_status: JobStatus, progress: float) -> None:
        studio.clock.move(seconds=1)
        with studio.database.writing() as session:
            session.merge(
                Job(
                    id="export:1",
                    kind="render_export",
                    queue="render",
                    arguments=[],
                    status=session_status,
                    progress=progress,
                    created_at=studio.clock(),
                    updated_at=studio.clock(),
                )
            )

    job(JobStatus.RUNNING, 0.25)
    listener = Listener(owner)
    assert listener.next()[2]["progress"] == 0.25
    job(JobStatus.RUNNING, 0.5)
    assert listener.next()[2]["progress"] == 0.5
    job(JobStatus.SUCCEEDED, 1.0)
    kind, event_id, data = listener.next()
    assert (kind, event_id, data["status"]) == ("job", "", "succeeded")
    listener.leave()


def test_a_stream_ends_with_its_session(studio: ApiStudio, owner: httpx.Client) -> None:
    listener = Listener(owner)
    with studio.database.writing() as session:
        sessions.end_all(session, studio.staff().id, at=studio.clock())

    assert listener.is_over.wait(30)
    listener.leave()


def test_the_server_ends_though_somebody_listens(lite_studio: ApiStudio) -> None:
    with lite_studio.open() as client:
        client.cookies.set("bom", lite_studio.token())
        listener = Listener(client)

    assert listener.is_over.wait(10)
    listener.leave()


def test_a_thousand_events_in_a_second_are_all_told_once(lite_studio: ApiStudio) -> None:
    with lite_studio.open() as client:
        client.cookies.set("bom", lite_studio.token())
        listener = Listener(client)
        with lite_studio.database.writing() as session:
            made = [Event(type="project.created", at=lite_studio.clock(), payload={}) for _ in range(1200)]
            session.add_all(made)
            session.flush()
            wanted = {event.id for event in made}

        told = [listener.next()[1] for _ in range(1200)]

        assert set(told) == wanted
        assert happen(lite_studio) == listener.next()[1]
        listener.leave()
