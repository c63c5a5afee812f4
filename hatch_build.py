"""Build hook: compiles the render kernels into one shared library beside their sources.

Called by hatchling for wheels and editable installs. The compiler is Zig's, from its Python package,
so that a bare machine needs neither gcc nor Xcode.
"""

import platform
import subprocess
import sys
from pathlib import Path

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

KERNELS = Path(__file__).parent / "engine" / "render" / "kernels"
SUFFIX = {"Darwin": ".dylib", "Windows": ".dll"}.get(platform.system(), ".so")
# AVX2, in every x86 machine since 2015; not "native", since an image built here may run elsewhere.
CPU = ["-march=x86_64_v3"] if platform.machine().lower() in {"x86_64", "amd64"} else []


def compile_kernels() -> None:
    """Compile every C file of the kernels' folder; a failed compile leaves the old library in place."""
    sources = sorted(str(source) for source in KERNELS.glob("*.c"))
    target = KERNELS / f"kernels{SUFFIX}"
    unfinished = target.with_name(f"unfinished-{target.name}")
    flags = [
        "-O3",
        "-std=c11",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-shared",
        "-fPIC",
        "-s",
        "-fno-sanitize=undefined",
        *CPU,
    ]
    subprocess.run([sys.executable, "-m", "ziglang", "cc", *flags, *sources, "-o", str(unfinished)], check=True)
    unfinished.replace(target)


class KernelsBuildHook(BuildHookInterface[BuilderConfig]):
    """Runs before the files of a wheel are collected."""

    def initialize(
        self,
        version: str,  # noqa: ARG002
        build_data: dict[str, object],
    ) -> None:
        """version is "standard" or "editable"; both need the library."""
        compile_kernels()
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


if __name__ == "__main__":
    compile_kernels()
