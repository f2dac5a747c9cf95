"""Pictures of the demonstration: drawn here, so that nobody and no place is in them."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

_GROUND, _BAR, _LINE = "#f4f1e8", "#2f6b4f", "#8a8473"
_WIDTH, _HEIGHT = 720, 320


def sketch(name: str, bars: list[int]) -> SimpleUploadedFile:
    """Columns of these heights (of a hundred), as somebody draws them on a board."""
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _GROUND)
    draw = ImageDraw.Draw(picture)
    step = (_WIDTH - 80) // max(len(bars), 1)
    floor = _HEIGHT - 40
    for place, height in enumerate(bars):
        left = 40 + place * step
        draw.rectangle([left + 6, floor - height * (floor - 30) // 100, left + step - 6, floor], fill=_BAR)
    draw.line([30, floor, _WIDTH - 30, floor], fill=_LINE, width=3)
    written = BytesIO()
    picture.save(written, "PNG")
    return SimpleUploadedFile(name, written.getvalue())
