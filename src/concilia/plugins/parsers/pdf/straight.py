"""Pictures of pages made ready for recognition: noise smoothed, a few degrees turned back."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

SAMPLE_PIXELS: Final = 700
DEGREES_MAX: Final = 5.0
STEP: Final = 0.5
GAIN_MIN: Final = 1.05  # a turn must make the lines clearly sharper
DARK: Final = 0.75  # of the mean: a pixel of ink
INK_MIN: Final = 200
NOISE_MIN: Final = 3.0  # of 255: how far a pixel is from its neighbours on a clean page: 0.1


def straightened(image: Image.Image) -> Image.Image:
    """Return the grey picture without its noise, turned so that its lines of text run level."""
    image = _smoothed(image)
    sample = image.copy()
    sample.thumbnail((SAMPLE_PIXELS, SAMPLE_PIXELS))
    best = _angle(sample)
    if not best:
        return image
    return image.rotate(best, resample=Image.Resampling.BILINEAR, expand=False, fillcolor=255)


def _smoothed(image: Image.Image) -> Image.Image:
    """Grain of cameras and old copiers makes recognition slow and wrong; clean pages stay."""
    smooth = image.filter(ImageFilter.MedianFilter(3))
    apart = np.abs(np.asarray(image, dtype=np.int16) - np.asarray(smooth, dtype=np.int16))
    return smooth if float(apart.mean()) > NOISE_MIN else image


def _angle(sample: Image.Image) -> float:
    """The turn after which ink gathers in the fewest rows."""
    grey = np.asarray(sample, dtype=np.float32)
    ink = grey < grey.mean() * DARK
    if ink.sum() < INK_MIN:
        return 0.0
    page = Image.fromarray(np.where(ink, 255, 0).astype(np.uint8))
    level = _sharpness(np.asarray(page, dtype=np.float32))
    turns = np.arange(-DEGREES_MAX, DEGREES_MAX + STEP, STEP)
    scores = {
        float(turn): _sharpness(np.asarray(page.rotate(float(turn)), dtype=np.float32))
        for turn in turns
    }
    best = max(scores, key=lambda turn: scores[turn])
    return best if scores[best] > GAIN_MIN * level else 0.0


def _sharpness(ink: npt.NDArray[np.float32]) -> float:
    rows = ink.sum(axis=1)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())
