"""What schemathesis has to be told: how the bytes of an upload are sent. Loaded by it, see test_openapi."""

import schemathesis


@schemathesis.serializer("application/offset+octet-stream")
def as_bytes(_context: object, value: object) -> bytes:
    """As they are."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")
