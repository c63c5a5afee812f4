"""`bom`: the command line, and the one room that may know every other.

Every command exits with 0 (done), 2 (what was given cannot be used; nothing was changed) or 1 (it failed on the way).
With --json the last line of standard output is one JSON object; progress and sentences go to standard error.
Law: a command imports what it needs when it runs, so that `bom --help` answers at once.
"""

import gc
import os
import sys


def main() -> None:
    """The console script's entry point."""
    # numpy's linear algebra is not used; without this, importing it starts a thread a core and takes 50 ms more.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # pydantic has no plugins here; looking for some among all that is installed takes 40 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from engine.cli.ahead import opens_media, prepare_children

    prepare_children()
    from engine.cli.app import app

    try:
        app(prog_name="bom")
    except SystemExit as ended:
        if opens_media() and isinstance(ended.code, int):
            _end_at_once(ended.code)
        raise
    finally:
        gc.freeze()  # so that Python does not search all that it loaded for cycles before it ends: 70 ms


def _end_at_once(code: int) -> None:
    """Without taking apart all that was loaded, which takes Python 75 ms: a fortieth of a render in which one scene
    changed. Threads have ended by now, files are closed, and media children end with the pipes that we hold."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
