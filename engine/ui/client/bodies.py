"""Bodies: what is about to be sent, held to the api's own description first.

Called by pages that fill a body with what was typed.
"""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from engine.ui.client.door import ApiProblem

Body = TypeVar("Body", bound=BaseModel)


def checked(model: type[Body], fields: Mapping[str, object]) -> Body:
    """A body of the api. Raises ApiProblem as the api itself would, by field."""
    try:
        return model.model_validate(dict(fields))
    except ValidationError as error:
        wrong = {".".join(map(str, one["loc"])): one["msg"] for one in error.errors()}
        raise ApiProblem("invalid_request", str(error), status=422, fields=wrong) from error
