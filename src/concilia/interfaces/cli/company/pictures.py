"""Small pictures: photos of crushed cartons, drawn, because there was never a camera."""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter

SIZE = (640, 460)
CARDBOARD = (178, 138, 92)
FLOORS = ((96, 99, 104), (122, 116, 106), (84, 92, 88))


def crate_photo(seed: int, label: str, *, as_png: bool = False) -> bytes:
    """Give a photo of cartons on a dock, some of them burst, with a label to read."""
    rng = Random(seed)  # noqa: S311 - a drawing, not a secret
    image = Image.new("RGB", SIZE, FLOORS[seed % len(FLOORS)])
    draw = ImageDraw.Draw(image)
    for row in range(3):
        for column in range(4):
            _carton(draw, rng, 40 + column * 140, 60 + row * 125)
    draw.rectangle((190, 180, 450, 240), fill=(238, 236, 228))
    draw.text((204, 190), label, fill=(20, 20, 20))
    draw.text((204, 212), f"LOT L26{seed % 90 + 10}", fill=(20, 20, 20))
    image = image.rotate(rng.randint(-3, 3), fillcolor=(60, 60, 62)).filter(ImageFilter.BoxBlur(1))
    out = BytesIO()
    if as_png:
        image.quantize(32).save(out, "PNG")
    else:
        image.save(out, "JPEG", quality=62)
    return out.getvalue()


def _carton(draw: ImageDraw.ImageDraw, rng: Random, x: int, y: int) -> None:
    shade = rng.randint(-18, 18)
    colour = tuple(part + shade for part in CARDBOARD)
    corners = [(x, y), (x + 126, y), (x + 126, y + 112), (x, y + 112)]
    if rng.random() < 0.4:  # noqa: PLR2004 - how many are crushed
        corners = [(cx + rng.randint(-16, 16), cy + rng.randint(-14, 20)) for cx, cy in corners]
    draw.polygon(corners, fill=colour, outline=(92, 68, 40))
    draw.line([corners[0], corners[2]], fill=(120, 90, 56), width=2)
