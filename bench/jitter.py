"""Jitter: how far a dot strays from its smooth path during a Ken Burns move, in pixels rms.

Called by bench. Sub-pixel centroids of dots on the full canvas against a polynomial in time.
"""

import numpy as np

from engine.render.picture.frames import Frame, Scratch, draw_still, still_of_rgb
from engine.render.picture.framing import crop_rect, eased, rect_between
from engine.render.timeline import Crop

WIDTH, HEIGHT, FRAMES = 1080, 1920, 90
DOTS = ((300, 400), (1000, 500), (650, 1200), (280, 1900), (1050, 1850))


def jitter_px() -> float:
    """Over five dots of a picture of 1350 x 2400 pixels, zoomed from 1.0 to 1.15 in three seconds."""
    x, y = np.meshgrid(np.arange(1350.0), np.arange(2400.0))
    light = np.full(x.shape, 30.0)
    for dot_x, dot_y in DOTS:
        light += 205 / (1 + np.exp(np.minimum((np.hypot(x - dot_x, y - dot_y) - 12) * 0.9, 50)))
    still = still_of_rgb(np.repeat(np.clip(light, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2))
    start, end = (crop_rect(1350, 2400, WIDTH / HEIGHT, Crop(zoom=zoom), None) for zoom in (1.0, 1.15))
    frame, scratch = Frame(WIDTH, HEIGHT), Scratch()
    paths: list[list[tuple[float, float]]] = [[] for _ in DOTS]
    for number in range(FRAMES):
        rect = rect_between(start, end, eased(number / (FRAMES - 1)))
        draw_still(still, rect, frame, scratch)
        for path, (dot_x, dot_y) in zip(paths, DOTS, strict=True):
            scale = WIDTH / rect.width
            path.append(_centroid(frame, (dot_x - rect.left) * scale, (dot_y - rect.top) * scale))
    time = np.linspace(-1, 1, FRAMES)
    strays = [axis - np.polyval(np.polyfit(time, axis, 6), time) for path in paths for axis in np.array(path).T]
    return float(np.sqrt(np.mean(np.square(strays))))


def _centroid(frame: Frame, near_x: float, near_y: float) -> tuple[float, float]:
    left, top = round(near_x) - 24, round(near_y) - 24
    window = frame.y[top : top + 49, left : left + 49].astype(np.float64)
    window -= np.median(window)
    window[window < 4] = 0
    rows, columns = np.mgrid[top : top + window.shape[0], left : left + window.shape[1]]
    return float((window * columns).sum() / window.sum()), float((window * rows).sum() / window.sum())
