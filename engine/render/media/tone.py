"""Tone: high dynamic range and wide colour turned into BT.709, by a table that FFmpeg's lut3d filter applies.

Called by framing and probe_task, inside a child process (the wheel's FFmpeg has neither zscale nor libplacebo).
Law: reference white (203 nits, ITU-R BT.2408) and skin keep their looks; only what is brighter is rolled off.

Sources: PQ is SMPTE ST 2084, HLG and its system gamma ITU-R BT.2100-2; the roll-off is the EETF of ITU-R BT.2390-10
section 5.4.1; primaries by ITU-R BT.2087; the result is coded for a display by the inverse of ITU-R BT.1886.
"""

from typing import TYPE_CHECKING, Final, Literal

from engine.render.media.flaws import Flaw
from engine.render.media.orientation import side_data_of
from engine.render.media.sandbox import MediaRefused

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

    Values = npt.NDArray[np.float64]

Tone = Literal["pq", "hlg", "wide"]
"""wide is BT.2020 in the standard range: its colours are moved, its brightness is not."""

_PQ, _HLG, _BT2020_PRIMARIES = 16, 18, 9  # ITU-T H.273
_ORDINARY_TRANSFERS = (1, 4, 5, 6, 13, 14, 15)
_IPT_C2 = 15
_DOLBY_TAGS = ("dvh1", "dvhe", "dvav", "dva1", "dav1")

WHITE_NITS: Final = 203.0
PEAK_NITS: Final = 1000.0
"""Phones and HLG master to this; what a rare film has above it becomes white."""

_STEPS = 33


def tone_of(frame: "VideoFrame") -> Tone | None:
    """Which table a picture needs, None for ordinary ones."""
    if frame.color_trc == _PQ:
        return "pq"
    if frame.color_trc == _HLG:
        return "hlg"
    return "wide" if frame.color_primaries == _BT2020_PRIMARIES else None


def refuse_unknown_colours(name: str, stream: "VideoStream", frame: "VideoFrame") -> None:
    """Dolby Vision without a compatible base layer (profile 5) has colours of its own (IPT). Raises MediaRefused."""
    dolby = stream.codec_context.codec_tag in _DOLBY_TAGS or _has_dolby_metadata(frame)
    known = frame.color_trc in (_PQ, _HLG, *_ORDINARY_TRANSFERS)
    if frame.colorspace == _IPT_C2 or (dolby and not known):
        raise MediaRefused(
            Flaw.DOLBY_VISION,
            f"'{name}' is in Dolby Vision profile 5, whose colours only a licensed player can show. "
            "Export it as HDR10, HLG or ordinary video.",
        )


def _has_dolby_metadata(frame: "VideoFrame") -> bool:
    try:
        return bool(side_data_of(frame, "DOVI_METADATA"))
    except ValueError:
        return False


def cube_text(tone: Tone) -> str:
    """The table in the .cube format: coded R'G'B' of the source (0 to 1) to coded BT.709 R'G'B', red fastest."""
    import numpy as np

    axis = np.linspace(0.0, 1.0, _STEPS)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    coded = np.stack([red, green, blue], axis=-1).reshape(-1, 3)
    table = bt709_of(coded, tone)
    rows = "\n".join(f"{r:.6f} {g:.6f} {b:.6f}" for r, g, b in table.tolist())
    return f"LUT_3D_SIZE {_STEPS}\n{rows}\n"


def bt709_of(coded: "Values", tone: Tone) -> "Values":
    """Coded BT.709 R'G'B' (n, 3) for coded BT.2020 R'G'B' (n, 3), both 0 to 1."""
    import numpy as np

    if tone == "wide":
        light = coded**2.4  # BT.1886
    else:
        nits = pq_nits(coded) if tone == "pq" else _hlg_nits(coded)
        light = _rolled_off(np.minimum(nits, PEAK_NITS)) / WHITE_NITS
    narrow = _in_gamut(light @ _bt2020_to_bt709().T)
    return np.asarray(np.clip(narrow, 0.0, 1.0) ** (1 / 2.4))


def pq_nits(coded: "Values") -> "Values":
    """ST 2084's EOTF: cd/m² for a code from 0 to 1."""
    import numpy as np

    power = np.asarray(coded) ** (1 / _M2)
    return np.asarray(10_000 * (np.maximum(power - _C1, 0) / (_C2 - _C3 * power)) ** (1 / _M1))


def pq_code(nits: "Values") -> "Values":
    """The inverse of pq_nits."""
    import numpy as np

    power = (np.asarray(nits) / 10_000) ** _M1
    return np.asarray(((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2)


_M1, _M2 = 2610 / 16384, 2523 / 4096 * 128
_C1, _C2, _C3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32


def _hlg_nits(coded: "Values") -> "Values":
    """BT.2100's inverse OETF, then its OOTF for a display of 1000 nits (system gamma 1.2)."""
    import numpy as np

    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(coded <= 0.5, coded**2 / 3, (np.exp((coded - c) / a) + b) / 12)
    luminance = scene @ np.array([0.2627, 0.6780, 0.0593])
    return np.asarray(PEAK_NITS * np.maximum(luminance, 1e-9)[:, None] ** 0.2 * scene)


def _rolled_off(nits: "Values") -> "Values":
    """BT.2390's EETF from PEAK_NITS to WHITE_NITS on the largest of R, G and B; hue keeps, since all share its gain."""
    import numpy as np

    largest = np.maximum(nits.max(axis=1), 1e-6)
    source_peak = float(pq_code(np.array(PEAK_NITS)))
    e1 = pq_code(largest) / source_peak
    peak = float(pq_code(np.array(WHITE_NITS))) / source_peak
    knee = 1.5 * peak - 0.5
    t = np.clip((e1 - knee) / (1 - knee), 0, 1)
    hermite = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (3 * t**2 - 2 * t**3) * peak
    target = pq_nits(np.where(e1 < knee, e1, hermite) * source_peak)
    return np.asarray(nits * (target / largest)[:, None])


def _in_gamut(light: "Values") -> "Values":
    """Colours that BT.709 lacks, moved towards grey of the same luminance until no part is below 0 or above 1."""
    import numpy as np

    luminance = np.clip(light @ np.array([0.2126, 0.7152, 0.0722]), 0.0, 1.0)[:, None]
    away = light - luminance
    with np.errstate(divide="ignore", invalid="ignore"):
        to_black = np.where(away < 0, -luminance / away, 1.0)
        to_white = np.where(away > 0, (1 - luminance) / away, 1.0)
    keep = np.clip(np.minimum(to_black, to_white).min(axis=1), 0.0, 1.0)[:, None]
    return np.asarray(luminance + away * keep)


def _bt2020_to_bt709() -> "Values":
    import numpy as np

    return np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]])
