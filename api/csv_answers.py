"""CSV answers: a table that is made while it is fetched, as an HTTP answer.

Called by api.routers.costs and api.routers.audit.
"""

from collections.abc import Iterator
from urllib.parse import quote

from starlette.responses import StreamingResponse

from api.openapi import Responses


def csv_answer() -> Responses:
    """What stands of it in a route's description."""
    return {
        200: {
            "description": "A row for each, after one with the names of the columns.",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        }
    }


def csv_response(blocks: Iterator[bytes], file_name: str) -> StreamingResponse:
    """The answer. file_name: what it is saved as."""
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(file_name, safe='')}",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
    }
    return StreamingResponse(blocks, media_type="text/csv; charset=utf-8", headers=headers)
