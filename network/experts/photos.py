"""Photos: two square WebP renditions, kept where no web server looks, given out by our own view."""

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from PIL import Image, ImageOps

from network.foundations.ids import public_id

SIZES = (96, 320)


def storage() -> FileSystemStorage:
    """Outside of the media folder: whether a photo may be seen is asked for each time."""
    return FileSystemStorage(location=settings.VAR_DIR / "photos", base_url=None)


@dataclass(frozen=True)
class Crop:
    """A square of a picture: where its middle is, as parts of width and height, and how near one looks."""

    x: float = 0.5
    y: float = 0.4
    zoom: float = 1


#: What is taken where nobody chose: faces are above the middle.
MIDDLE = Crop()


def store(image: BinaryIO, crop: Crop = MIDDLE) -> str:
    """Write the renditions of a cleaned image; returns the key that stands for them in addresses."""
    image.seek(0)
    key = public_id(16)
    with Image.open(image) as opened:
        upright = _on_white(ImageOps.exif_transpose(opened))
    for size in SIZES:
        square = upright.resize((size, size), Image.Resampling.LANCZOS, box=box_of(upright.size, crop))
        file = BytesIO()
        square.save(file, "WEBP", quality=82)
        storage().save(_path(key, size), ContentFile(file.getvalue()))
    return key


def box_of(size: tuple[int, int], crop: Crop) -> tuple[float, float, float, float]:
    """The square of a picture of ``size``, moved so that it lies within: left, top, right, bottom."""
    width, height = size
    side = max(1.0, min(width, height) / max(1.0, crop.zoom))
    left = min(max(crop.x * width - side / 2, 0), width - side)
    top = min(max(crop.y * height - side / 2, 0), height - side)
    return left, top, left + side, top + side


def _on_white(image: Image.Image) -> Image.Image:
    """What shows through in the picture shows white, not the black that lies under it."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(ground, seen).convert("RGB")


def remove(key: str) -> None:
    for size in SIZES:
        storage().delete(_path(key, size))


def read(key: str, size: int) -> bytes | None:
    """The rendition, or ``None`` where there is no such file."""
    if size not in SIZES or not storage().exists(_path(key, size)):
        return None
    with storage().open(_path(key, size)) as file:
        return file.read()


def _path(key: str, size: int) -> str:
    return f"{key[:2]}/{key}-{size}.webp"
