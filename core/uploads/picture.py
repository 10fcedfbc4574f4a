"""Whether an image can be shown: it is decoded whole, and is not larger than memory can bear."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from PIL import Image, ImageFile, UnidentifiedImageError

from core.uploads.kinds import Kind
from core.uploads.refusals import MOST_PIXELS, Refused

_FORMATS = {Kind.PNG: "PNG", Kind.JPG: "JPEG"}


@contextmanager
def _whole() -> Iterator[None]:
    """A half image is damaged, also in a process where something else lets half images pass."""
    allowed = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = allowed


def check_picture(file: IO[bytes], kind: Kind) -> None:
    """Raises ``Refused`` for an image that is damaged, or too large to open."""
    file.seek(0)
    try:
        with warnings.catch_warnings(), _whole():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=[_FORMATS[kind]]) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    raise Refused("pixels")
                picture.load()
    except Image.DecompressionBombError:
        raise Refused("pixels") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, IndexError, TypeError):
        # Pillow raises any of these on bytes that are no image after a good beginning.
        raise Refused("damaged") from None
