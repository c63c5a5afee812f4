"""Write what the portal knows of the api: TypeScript types of the routes under /api/portal, and of no others.

Run by hand when the api has changed (`make portal-client`); `make check` runs it with --check, which writes nothing and
fails where the types that are kept are no longer those of the api.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from api.main import create_app
from api.studio import Studio
from engine.core.database import Database
from engine.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PORTAL = ROOT / "portal"
TYPES = PORTAL / "lib" / "api" / "schema.d.ts"
PREFIX = "/api/portal/"
REFERENCE = re.compile(r'"#/components/schemas/([^"]+)"')


def portal_description() -> dict[str, Any]:
    """The api's description with the portal's routes alone and the schemas that they use."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        studio = Studio(Database.at(settings.database), settings)
        described = create_app(studio).openapi()
    paths = {path: operations for path, operations in described["paths"].items() if path.startswith(PREFIX)}
    schemas: dict[str, Any] = {}
    wanted = _names_in(paths)
    while wanted:
        name = wanted.pop()
        if name not in schemas:
            schemas[name] = described["components"]["schemas"][name]
            wanted |= _names_in(schemas[name])
    kept = {"schemas": dict(sorted(schemas.items()))}
    return {"openapi": described["openapi"], "info": described["info"], "paths": paths, "components": kept}


def as_types(description: dict[str, Any]) -> str:
    """TypeScript, as openapi-typescript writes it. Needs what `make setup` installs in portal/."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "openapi.json", Path(folder) / "schema.d.ts"
        source.write_text(json.dumps(description))
        command = [str(PORTAL / "node_modules/.bin/openapi-typescript"), str(source), "-o", str(target)]
        found_by = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        subprocess.run(command, check=True, capture_output=True, env=found_by)
        return target.read_text()


def _names_in(part: Any) -> set[str]:
    return set(REFERENCE.findall(json.dumps(part)))


if __name__ == "__main__":
    types = as_types(portal_description())
    if "--check" not in sys.argv[1:]:
        TYPES.write_text(types)
    elif TYPES.read_text() != types:
        sys.exit("The api under /api/portal has changed. Run `make portal-client` and look at what it changed.")
