"""Pictures of the demo's items: a lathe and the section of a weld, in a few strokes."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def draw_lathe() -> bytes:
    """A lathe in a few strokes."""
    image = Image.new("RGB", (640, 320), "white")
    pen = ImageDraw.Draw(image)
    ink, grey = "#3a362f", "#d9d4c8"
    pen.rectangle((20, 225, 620, 255), fill=grey, outline=ink, width=3)
    pen.rectangle((30, 60, 170, 220), fill="#eee9dd", outline=ink, width=3)
    pen.ellipse((165, 95, 245, 175), fill="#e6e0d2", outline=ink, width=3)
    pen.rectangle((245, 122, 470, 148), fill="#c9d6e2", outline=ink, width=3)
    pen.rectangle((290, 175, 380, 222), fill="#eee9dd", outline=ink, width=3)
    pen.rectangle((315, 140, 355, 178), fill=grey, outline=ink, width=3)
    pen.polygon(((468, 135), (505, 118), (505, 152)), fill=grey, outline=ink)
    pen.rectangle((500, 100, 590, 222), fill="#eee9dd", outline=ink, width=3)
    pen.rectangle((40, 255, 120, 305), fill=grey, outline=ink, width=3)
    pen.rectangle((520, 255, 600, 305), fill=grey, outline=ink, width=3)
    return _png(image)


def draw_weld() -> bytes:
    """The section of a butt weld with a pore and an open root."""
    image = Image.new("RGB", (640, 320), "white")
    pen = ImageDraw.Draw(image)
    ink = "#3a362f"
    pen.polygon(((40, 100), (250, 100), (308, 240), (40, 240)), fill="#d9d4c8", outline=ink)
    pen.polygon(((600, 100), (390, 100), (332, 240), (600, 240)), fill="#d9d4c8", outline=ink)
    pen.polygon(((240, 100), (400, 100), (335, 222), (305, 222)), fill="#b8c9d9", outline=ink)
    pen.chord((240, 70, 400, 130), 180, 360, fill="#b8c9d9", outline=ink)
    pen.ellipse((275, 140, 295, 160), fill="white", outline=ink, width=2)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
