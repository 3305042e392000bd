"""Photos as telephones take them."""

from __future__ import annotations

import io

from PIL import Image


def picture(kind: str = "JPEG", size: tuple[int, int] = (2400, 1200)) -> bytes:
    """A photo that says where it was taken."""
    out, image, exif = io.BytesIO(), Image.new("RGB", size, "#7a5"), Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (29.0, 33.0, 1.0), 3: "E", 4: (106.0, 34.0, 1.0)})
    image.save(out, kind, exif=exif)
    return out.getvalue()
