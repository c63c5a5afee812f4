"""Theme: the design tokens as Flet wants them. Colours, type, space and shape have this one source.

Called by engine.app and by every page and component; engine.front_door takes the colours of its page from here too.
Law: design/tokens.json is the only place where a colour or a size is written down. Pages name a role, never a value;
which value it has, light or dark, is decided in the browser.
"""

import json
from pathlib import Path
from typing import Final, Literal

import flet as ft
from pydantic import BaseModel, ConfigDict

TOKENS_FILE: Final = Path(__file__).resolve().parents[2] / "design" / "tokens.json"
Mode = Literal["light", "dark"]
MODES: Final[tuple[Mode, ...]] = ("light", "dark")


class Palette(BaseModel):
    """One colour for each role, as #RRGGBB."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ground: str
    surface: str
    line: str
    ink: str
    muted: str
    accent: str
    on_accent: str
    positive: str
    caution: str
    danger: str
    info: str


class LineHeight(BaseModel):
    """Height of a line, as a multiple of its type size."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: float
    heading: float


class Tokens(BaseModel):
    """design/tokens.json."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    colours: dict[Mode, Palette]
    faces: dict[Literal["display", "text"], str]
    scale_px: tuple[int, int, int, int, int, int, int]
    line_height: LineHeight
    space_px: int
    radius_px: tuple[int, int, int]


TOKENS: Final = Tokens.model_validate(json.loads(TOKENS_FILE.read_text("utf-8")))


class Role:
    """Colours by role: names that the theme of the moment fills in."""

    GROUND: Final = ft.Colors.SURFACE
    SURFACE: Final = ft.Colors.SURFACE_CONTAINER
    LINE: Final = ft.Colors.OUTLINE_VARIANT
    INK: Final = ft.Colors.ON_SURFACE
    MUTED: Final = ft.Colors.ON_SURFACE_VARIANT
    ACCENT: Final = ft.Colors.PRIMARY
    ON_ACCENT: Final = ft.Colors.ON_PRIMARY
    POSITIVE: Final = ft.Colors.TERTIARY
    CAUTION: Final = ft.Colors.TERTIARY_FIXED
    DANGER: Final = ft.Colors.ERROR
    INFO: Final = ft.Colors.SECONDARY
    CLEAR: Final = ft.Colors.TRANSPARENT


class OnFilm:
    """What is drawn over a film, which may have any colour: the same in both themes."""

    VEIL: Final = ft.Colors.with_opacity(0.45, ft.Colors.BLACK)
    FRAME: Final = ft.Colors.WHITE
    PEN: Final = TOKENS.colours["light"].accent


TEXT_ON_GROUND: Final[tuple[tuple[str, str], ...]] = (
    *(
        (role, ground)
        for ground in ("ground", "surface")
        for role in Palette.model_fields
        if role not in {"ground", "surface", "line", "on_accent"}
    ),
    ("ink", "line"),
    ("on_accent", "accent"),
)
"""Every pair of a text's role and the role that it stands on."""


class Size:
    """Type sizes in logical pixels, from the scale."""

    CAPTION: Final = TOKENS.scale_px[0]
    SMALL: Final = TOKENS.scale_px[1]
    BODY: Final = TOKENS.scale_px[2]
    TITLE: Final = TOKENS.scale_px[3]
    HEADING: Final = TOKENS.scale_px[4]
    FIGURE: Final = TOKENS.scale_px[5]
    HERO: Final = TOKENS.scale_px[6]


class Radius:
    """Corners."""

    SMALL: Final = TOKENS.radius_px[0]
    MEDIUM: Final = TOKENS.radius_px[1]
    LARGE: Final = TOKENS.radius_px[2]


def space(steps: int) -> int:
    """A distance in logical pixels: so many steps of the grid."""
    return steps * TOKENS.space_px


HAIRLINE: Final = 1
FOCUS_RING: Final = 2

TEXT_FACE: Final = TOKENS.faces["text"]
TEXT_MEDIUM: Final = f"{TEXT_FACE} Medium"
TEXT_STRONG: Final = f"{TEXT_FACE} SemiBold"
DISPLAY_FACE: Final = TOKENS.faces["display"]
FONTS: Final[dict[str, str]] = {
    TEXT_FACE: "/fonts/Inter-Regular.ttf",
    TEXT_MEDIUM: "/fonts/Inter-Medium.ttf",
    TEXT_STRONG: "/fonts/Inter-SemiBold.ttf",
    DISPLAY_FACE: "/fonts/BricolageGrotesque-SemiBold.ttf",
}
"""Family to address. Flet takes one file for a family, so each weight is a family of its own."""

LOOKS: Final[dict[str, tuple[str, int, float]]] = {
    "hero": (DISPLAY_FACE, Size.HERO, TOKENS.line_height.heading),
    "figure": (DISPLAY_FACE, Size.FIGURE, TOKENS.line_height.heading),
    "heading": (DISPLAY_FACE, Size.HEADING, TOKENS.line_height.heading),
    "title": (TEXT_STRONG, Size.BODY, TOKENS.line_height.text),
    "body": (TEXT_FACE, Size.SMALL, TOKENS.line_height.text),
    "strong": (TEXT_MEDIUM, Size.SMALL, TOKENS.line_height.text),
    "caption": (TEXT_FACE, Size.CAPTION, TOKENS.line_height.text),
}
"""How text looks, by what it is: face, size, line height."""


def text_style(look: str, color: ft.Colors = Role.INK) -> ft.TextStyle:
    """The style of a text of this kind."""
    face, size, height = LOOKS[look]
    return ft.TextStyle(font_family=face, size=size, height=height, color=color, letter_spacing=0)


def field_border() -> dict[ft.ControlState, ft.InputBorder]:
    """The line around a field that is typed in; Flet has no theme for it."""
    return {
        ft.ControlState.DEFAULT: ft.OutlineInputBorder(
            side=ft.BorderSide(HAIRLINE, Role.MUTED), border_radius=Radius.SMALL
        ),
        ft.ControlState.FOCUSED: ft.OutlineInputBorder(
            side=ft.BorderSide(FOCUS_RING, Role.ACCENT), border_radius=Radius.SMALL
        ),
        ft.ControlState.ERROR: ft.OutlineInputBorder(
            side=ft.BorderSide(FOCUS_RING, Role.DANGER), border_radius=Radius.SMALL
        ),
    }


def flet_theme(mode: Mode) -> ft.Theme:
    """All that Flet draws, in the tokens of one mode."""
    palette = TOKENS.colours[mode]
    focus = {ft.ControlState.FOCUSED: ft.BorderSide(FOCUS_RING, palette.accent)}
    shape = ft.RoundedRectangleBorder(radius=Radius.SMALL)
    label = ft.TextStyle(font_family=TEXT_MEDIUM, size=Size.SMALL, letter_spacing=0)
    plain = ft.ButtonStyle(
        shape=shape, side=focus, text_style=label, padding=ft.Padding.symmetric(vertical=space(3), horizontal=space(4))
    )
    return ft.Theme(
        use_material3=True,
        font_family=TEXT_FACE,
        color_scheme=_scheme(palette),
        scaffold_bgcolor=palette.ground,
        divider_color=palette.line,
        text_theme=ft.TextTheme(
            body_large=text_style("body"),
            body_medium=text_style("body"),
            label_large=label,
            title_large=text_style("heading"),
            title_medium=text_style("title"),
        ),
        filled_button_theme=ft.FilledButtonTheme(
            style=ft.ButtonStyle(
                shape=shape,
                text_style=label,
                padding=plain.padding,
                elevation=0,
                side={ft.ControlState.FOCUSED: ft.BorderSide(FOCUS_RING, palette.ink)},
            )
        ),
        outlined_button_theme=ft.OutlinedButtonTheme(
            style=ft.ButtonStyle(
                shape=shape,
                text_style=label,
                padding=plain.padding,
                color=palette.ink,
                side={**focus, ft.ControlState.DEFAULT: ft.BorderSide(HAIRLINE, palette.line)},
            )
        ),
        text_button_theme=ft.TextButtonTheme(style=plain),
        icon_button_theme=ft.IconButtonTheme(style=ft.ButtonStyle(side=focus, shape=shape, icon_color=palette.ink)),
        progress_indicator_theme=ft.ProgressIndicatorTheme(
            color=palette.accent, linear_track_color=palette.line, year_2023=True
        ),
        dialog_theme=ft.DialogTheme(bgcolor=palette.surface, shape=ft.RoundedRectangleBorder(radius=Radius.LARGE)),
        tooltip_theme=ft.TooltipTheme(text_style=ft.TextStyle(size=Size.CAPTION, color=palette.ground)),
        visual_density=ft.VisualDensity.STANDARD,
    )


def _scheme(palette: Palette) -> ft.ColorScheme:
    """Material's roles, each filled by one of ours, so that nothing is drawn in a colour that is not ours."""
    return ft.ColorScheme(
        primary=palette.accent,
        on_primary=palette.on_accent,
        primary_container=palette.line,
        on_primary_container=palette.ink,
        secondary=palette.info,
        on_secondary=palette.surface,
        secondary_container=palette.line,
        on_secondary_container=palette.ink,
        tertiary=palette.positive,
        on_tertiary=palette.surface,
        tertiary_fixed=palette.caution,
        error=palette.danger,
        on_error=palette.surface,
        surface=palette.ground,
        on_surface=palette.ink,
        on_surface_variant=palette.muted,
        surface_container_lowest=palette.ground,
        surface_container_low=palette.surface,
        surface_container=palette.surface,
        surface_container_high=palette.surface,
        surface_container_highest=palette.line,
        outline=palette.muted,
        outline_variant=palette.line,
        surface_tint=palette.surface,
        inverse_surface=palette.ink,
        on_inverse_surface=palette.ground,
        inverse_primary=palette.accent,
        shadow=palette.ink,
        scrim=palette.ink,
    )
