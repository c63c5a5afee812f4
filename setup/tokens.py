"""Write the portal's CSS variables from design/tokens.json, the one source of colours, type and space. Run by `make
setup`."""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TOKENS = ROOT / "design" / "tokens.json"
TARGET = ROOT / "portal" / "app" / "tokens.css"
ROOT_FONT_PX = 16
"""Sizes are told in rem, so that who set a larger letter in the browser gets one."""
FALLBACK = "system-ui, sans-serif"


def as_css(tokens: dict[str, Any]) -> str:
    """Variables for both themes, and the names that Tailwind's classes get from them; its own are taken away."""
    light, dark = tokens["colours"]["light"], tokens["colours"]["dark"]
    theme = ["--color-*: initial", *(f"--color-{_name(role)}: var(--{_name(role)})" for role in light)]
    # Films lie on the dark ground in both themes.
    theme += [f"--color-stage: {dark['ground']}", f"--color-on-stage: {dark['ink']}", f"--color-mark: {dark['accent']}"]
    theme += [f"--font-display: 'Bricolage Grotesque', {FALLBACK}", f"--font-text: 'Inter Variable', {FALLBACK}"]
    theme.append("--text-*: initial")
    for size in tokens["scale_px"]:
        height = tokens["line_height"]["text" if size < tokens["scale_px"][3] else "heading"]
        theme += [f"--text-{size}: {size / ROOT_FONT_PX}rem", f"--text-{size}--line-height: {height}"]
    theme.append("--radius-*: initial")
    theme += [f"--radius-{radius}: {radius}px" for radius in tokens["radius_px"]]
    theme.append(f"--spacing: {tokens['space_px'] / ROOT_FONT_PX}rem")
    return "\n".join(
        (
            "/* Made by setup/tokens.py from design/tokens.json. */",
            _block(":root", ["color-scheme: light dark", *_variables(light)]),
            "@media (prefers-color-scheme: dark) {",
            _block(":root", _variables(dark)),
            "}",
            _block("@theme inline", theme),
            "",
        )
    )


def _variables(roles: dict[str, str]) -> list[str]:
    return [f"--{_name(role)}: {colour}" for role, colour in roles.items()]


def _name(role: str) -> str:
    return role.replace("_", "-")


def _block(selector: str, lines: list[str]) -> str:
    return "\n".join((f"{selector} {{", *(f"  {line};" for line in lines), "}"))


if __name__ == "__main__":
    TARGET.write_text(as_css(json.loads(TOKENS.read_text())))
