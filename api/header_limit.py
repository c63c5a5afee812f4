"""The header limit: uvicorn's fast parser, which by itself would keep a header of any length in memory.

Used by api.serving. Law: what a request says of itself (its line, headers, trailers) is measured while it comes in, and
more than MOST_HEADER_BYTES of it is answered with 400 and a closed connection. What comes after the body changes
nothing that was decided before it.
"""

from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEADER_BYTES: Final = 32_768
"""All headers of a request together."""


class LimitedHeaders(HttpToolsProtocol):
    """See the module. Counts what has come since the parser last knew of something whole: a head, a piece of body."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._undecided_bytes = 0
        self._is_in_head = False

    def data_received(self, data: bytes) -> None:
        """Bytes from the caller."""
        self._undecided_bytes += len(data)
        super().data_received(data)
        if self._undecided_bytes > MOST_HEADER_BYTES and not self.transport.is_closing():
            self._show_the_door()

    def on_message_begin(self) -> None:
        """A request begins."""
        self._is_in_head = True
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header; one after the body is a trailer, which nobody here asked for and no proxy has looked at."""
        if self._is_in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is whole; one that came in a single piece was not measured yet."""
        self._is_in_head = False
        self._undecided_bytes = 0
        if len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers) > MOST_HEADER_BYTES:
            raise ValueError("more header than is taken")  # uvicorn answers 400 to whatever is raised here
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self._undecided_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole."""
        self._undecided_bytes = 0
        super().on_message_complete()

    def _show_the_door(self) -> None:
        self.logger.warning("a request with more than %d bytes of header was refused", MOST_HEADER_BYTES)
        if self.cycle is None or self.cycle.response_complete:
            self.send_400_response("The headers of this request are too long.")
        else:
            self.transport.close()  # an answer is on its way: a second one would be read as part of it
