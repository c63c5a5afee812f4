"""The compiled kernels: one shared library, made at set-up from the C files beside this one.

Called by engine.render.picture, .sound and .speech_sync, each of which declares the functions that it uses.
Law: arrays handed over are C-contiguous in their last axis and of the dtype that the C signature names.
"""

import ctypes
import functools
import platform
from pathlib import Path

_SUFFIX = {"Darwin": ".dylib", "Windows": ".dll"}.get(platform.system(), ".so")

Pointer = ctypes.c_void_p
Int = ctypes.c_int
Long = ctypes.c_long
Double = ctypes.c_double


class KernelsMissing(RuntimeError):
    """The compiled library is not there: set-up did not run or did not finish."""


@functools.cache
def library() -> ctypes.CDLL:
    """The loaded library. Raises KernelsMissing."""
    path = Path(__file__).parent / f"kernels{_SUFFIX}"
    try:
        return ctypes.CDLL(str(path))
    except OSError as error:
        raise KernelsMissing(
            f"The render kernels could not be loaded ({error}). Run `make setup` to build them."
        ) from error


def declare(name: str, *argument_types: type) -> "ctypes._NamedFuncPointer":
    """The C function `name` that returns nothing, with its argument types set."""
    function = library()[name]
    function.argtypes = argument_types
    function.restype = None
    return function
