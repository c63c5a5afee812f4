"""Dependencies: what an endpoint may ask for, as types that say who may come in.

Used by every router. Law: a request has one transaction, which begins with the endpoint and is committed after the
answer is made and before it is sent; what raises commits nothing.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Any, Final

import anyio
from anyio.to_thread import run_sync
from fastapi import Depends, Header, Path, Query, Request, Response
from sqlalchemy.orm import Session

from api.addresses import client_address
from api.errors import PreconditionRequired
from api.services import idempotency
from api.services.sign_in import Caller, SignedIn, find_signed_in
from api.studio import Studio
from engine.core.errors import NotSignedIn, Refused
from engine.core.models import Role
from engine.core.paging import MOST_PER_PAGE, PageWish

_ONCE: Final = "once"
"""Where a session carries what it is to keep of its answer."""


def studio_of(request: Request) -> Studio:
    """The running studio."""
    studio: Studio = request.app.state.studio
    return studio


async def get_studio(request: Request) -> Studio:
    """The same as a dependency. These are async where they wait for nothing, since FastAPI gives each other one a
    thread; and they take the request and not each other, since it asks for what two of them need twice."""
    return studio_of(request)


TheStudio = Annotated[Studio, Depends(get_studio)]


async def get_now(request: Request) -> datetime:
    """The moment of this request, the same for all that it does."""
    return studio_of(request).clock()


Now = Annotated[datetime, Depends(get_now)]


async def get_caller(request: Request) -> Caller:
    """Where the request comes from."""
    studio = studio_of(request)
    address = client_address(request.scope, studio.settings, studio.portal_key)
    return Caller(address, request.headers.get("user-agent", ""))


WhoCalls = Annotated[Caller, Depends(get_caller)]


def cookie_name(studio: Studio) -> str:
    """The session cookie; __Host- makes browsers insist on TLS, this host and no other path."""
    return "__Host-bom" if studio.settings.is_https else "bom"


async def get_signed_in(request: Request) -> SignedIn:
    """Whoever is signed in. Raises NotSignedIn."""
    studio = studio_of(request)
    token = request.cookies.get(cookie_name(studio), "")
    signed_in = await find_signed_in(studio, token) if token else None
    if signed_in is None:
        raise NotSignedIn("Nobody is signed in here, or the session is over. Sign in and try again.")
    request.state.actor = signed_in.actor  # for whoever writes down that this was refused
    return signed_in


SignedInStaff = Annotated[SignedIn, Depends(get_signed_in)]


async def get_owner(signed_in: SignedInStaff) -> SignedIn:
    """An owner. Raises NotSignedIn, Refused (owner_only)."""
    if signed_in.staff.role != Role.OWNER:
        raise Refused("Only an owner of the studio may do this. Ask one.", code="owner_only")
    return signed_in


SignedInOwner = Annotated[SignedIn, Depends(get_owner)]


async def read_session(request: Request, _staff: SignedInStaff) -> AsyncIterator[Session]:
    """A session that sees one moment and cannot write; only for who is signed in."""
    async with reading(studio_of(request)) as session:
        yield session


async def write_session(request: Request, _staff: SignedInStaff) -> AsyncIterator[Session]:
    """The request's transaction. The answer to a keyed request is kept in it, last of all."""
    async with writing(request, studio_of(request)) as session:
        yield session


@asynccontextmanager
async def reading(studio: Studio) -> AsyncIterator[Session]:
    """A session that sees one moment and cannot write. For the dependencies here and in api.portal_deps."""
    async with studio.turns.reading():
        transaction = studio.database.reading()
        session = transaction.__enter__()
        try:
            yield session
        finally:
            await _ended(session, transaction)


@asynccontextmanager
async def writing(request: Request, studio: Studio) -> AsyncIterator[Session]:
    """A request's transaction, with what its answer is kept in. For the dependencies here and in api.portal_deps."""
    async with studio.turns.writing():
        transaction = studio.database.writing()
        session = transaction.__enter__()
        try:
            yield session
            if session.in_transaction():  # of an endpoint that is not a turn in a thread
                await _in_thread(finish, session, request.state.answer)
        except BaseException as error:
            await _ended(session, transaction, error)
            raise
        await _ended(session, transaction)


def finish(session: Session, answer: Response) -> None:
    """Keep the answer where that was asked for, and end the transaction. For api.routes, in the endpoint's thread."""
    once: Once | None = session.info.pop(_ONCE, None)
    if once is not None:
        once.keep(session, answer)
    session.commit()
    session.close()


async def _ended(
    session: Session, transaction: AbstractContextManager[Session], error: BaseException | None = None
) -> None:
    """End what did not end in the endpoint's thread: nothing of it stays where there was an error."""
    leave = partial(transaction.__exit__, type(error) if error else None, error, error.__traceback__ if error else None)
    if session.in_transaction():
        await _in_thread(leave)
    else:
        leave()


async def _in_thread(work: Any, *arguments: Any) -> None:
    """Done even where the request is being given up: a transaction that is neither kept nor ended blocks all others."""
    with anyio.CancelScope(shield=True):
        await run_sync(work, *arguments)


ReadSession = Annotated[Session, Depends(read_session, scope="function")]
DbSession = Annotated[Session, Depends(write_session, scope="function")]


@dataclass(frozen=True)
class Once:
    """A request with an Idempotency-Key, once it is known to be new."""

    caller: str
    key: str
    request_sha256: str
    route: str
    at: datetime

    def keep(self, session: Session, answer: Response) -> None:
        """Keep the answer for whoever sends the same again."""
        idempotency.keep_answer(
            session,
            self.caller,
            self.key,
            self.request_sha256,
            route=self.route,
            status=answer.status_code,
            headers=answer.headers,
            body=bytes(answer.body),
            at=self.at,
        )


IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="Any word of your own for this request. Sent again within a day, it makes nothing new and gets "
        "the same answer.",
        examples=["5f0c7a52-7a39-4c9e-9d38-0a4c4d1c2f11"],
    ),
]


async def answer_once(
    request: Request, session: DbSession, staff: SignedInStaff, now: Now, key: IdempotencyKey = None
) -> None:
    """Answer a request that was answered before as before. Raises AnsweredBefore, KeyReused."""
    await answered_before(request, session, str(staff.actor), now, key)


async def answered_before(request: Request, session: Session, caller: str, now: datetime, key: str | None) -> None:
    """The same for any kind of caller. Raises AnsweredBefore, KeyReused."""
    if key is None:
        return
    sha256 = idempotency.request_hash(request.method, request.url.path, request.url.query, await request.body())
    once = Once(caller, key, sha256, f"{request.method} {request.url.path}", now)
    await run_sync(lambda: idempotency.find_answer(session, caller, key, sha256, at=now))
    session.info[_ONCE] = once


Idempotency = Depends(answer_once)
"""In `dependencies=[Idempotency]` of every creating POST."""


async def get_if_match(
    if_match: Annotated[
        str | None,
        Header(
            alias="If-Match",
            description='The ETag that the last GET of it answered, such as `"3"`.',
            pattern=r'^(W/)?"[0-9]{1,9}"$',
            examples=['"3"'],
        ),
    ] = None,
) -> int:
    """The revision that the caller saw. Raises PreconditionRequired."""
    if if_match is None:
        raise PreconditionRequired
    return int(if_match.removeprefix("W/").strip('"'))  # a proxy that compresses weakens the tag


IfMatch = Annotated[int, Depends(get_if_match)]


def etag(revision: int) -> str:
    """A revision as an ETag."""
    return f'"{revision}"'


LONGEST_CURSOR: Final = 2000


async def get_page_wish(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MOST_PER_PAGE, description="Items on a page.", examples=[50])] = 50,
    cursor: Annotated[
        str | None,
        Query(
            max_length=LONGEST_CURSOR,
            pattern=r"^[A-Za-z0-9_-]+$",
            description="`next_cursor` of the page before; the other parameters must be the same.",
        ),
    ] = None,
) -> PageWish:
    """Which page is wanted, in the list's first order until `sorted_by` says another."""
    filters = sorted((k, v) for k, v in request.query_params.multi_items() if k not in {"cursor", "limit", "sort"})
    return PageWish("", limit, cursor, f"{request.url.path}?{filters}")


PageQuery = Annotated[PageWish, Depends(get_page_wish)]


def sorted_by(wish: PageWish, sort: str) -> PageWish:
    """The wish, in this order."""
    return PageWish(sort, wish.limit, wish.cursor, wish.belongs_to)


ID: Final = Path(description="Its id.", examples=["01a20502-5d11-7f7c-9a51-3f0f5b2a9a11"])
