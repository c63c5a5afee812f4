"""Contracts: a vendor's own description of its api, as a judge of what we send and of what an emulator answers.

Used by the emulators. The descriptions are test data that lies beside the project and is never shipped.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from openapi_core import Config, OpenAPI
from openapi_core.contrib.starlette import StarletteOpenAPIRequest, StarletteOpenAPIResponse
from openapi_core.exceptions import OpenAPIError
from pydantic import JsonValue as Json
from starlette.requests import Request
from starlette.responses import Response

ROOT = Path(os.environ.get("BOM_CONTRACTS", Path(__file__).parents[3] / "shared" / "contracts"))


def contract_path(name: str) -> Path:
    """Where a vendor's description lies; skips the test, saying so, where it does not."""
    path = ROOT / name
    if not path.is_file():
        pytest.skip(f"the vendor's contract is not at {path}; BOM_CONTRACTS says where else")
    return path


class Contract:
    """One vendor's description, served under `prefix`."""

    def __init__(self, path: Path, prefix: str) -> None:
        self._api = _api(path, prefix)

    def broken_by(self, request: Request, body: bytes) -> str | None:
        """What of the description a request breaks, or None."""
        try:
            self._api.validate_request(StarletteOpenAPIRequest(request, body))
        except OpenAPIError as error:
            return _told(error)
        return None

    def broken_by_answer(self, request: Request, body: bytes, answer: Response) -> str | None:
        """What of the description an answer breaks, or None."""
        try:
            self._api.validate_response(StarletteOpenAPIRequest(request, body), StarletteOpenAPIResponse(answer))
        except OpenAPIError as error:
            return _told(error)
        return None


@cache
def _api(path: Path, prefix: str) -> OpenAPI:
    spec = cast(dict[str, Json], _with_null_types(json.loads(path.read_text("utf-8"))))
    spec |= {"openapi": "3.1.0", "servers": [{"url": prefix}]}
    paths = spec["paths"]
    assert isinstance(paths, dict)
    for operations in paths.values():
        assert isinstance(operations, dict)
        operations.pop("servers", None)
    # Vendors' own descriptions have slips that the judge of descriptions would refuse.
    return OpenAPI.from_dict(spec, config=Config(spec_validator_cls=None))


def _with_null_types(value: Json) -> Json:
    """`nullable: true`, a word of OpenAPI 3.0, as 3.1 says it."""
    if isinstance(value, list):
        return [_with_null_types(one) for one in value]
    if not isinstance(value, dict):
        return value
    schema = {name: _with_null_types(one) for name, one in value.items()}
    if schema.pop("nullable", None) is not True:
        return schema
    if isinstance(schema.get("type"), str) and not {"oneOf", "anyOf", "allOf", "$ref"} & schema.keys():
        schema["type"] = [schema["type"], "null"]
        if isinstance(choices := schema.get("enum"), list) and None not in choices:
            schema["enum"] = [*choices, None]
        return schema
    return {"anyOf": [schema, {"type": "null"}]}


def _told(error: OpenAPIError) -> str:
    causes = [str(error)]
    cause: BaseException | None = error.__cause__
    while cause is not None:
        causes += [str(one)[:200] for one in getattr(cause, "schema_errors", ())] or [str(cause)[:200]]
        cause = cause.__cause__
    return "; ".join(causes)
