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


def draw_station() -> bytes:
    """A welder at the bench: screen, extraction, earth clamp, in a few strokes."""
    image = Image.new("RGB", (640, 320), "white")
    pen = ImageDraw.Draw(image)
    ink, grey = "#3a362f", "#d9d4c8"
    pen.rectangle((20, 30, 40, 300), fill="#9fb6cc", outline=ink, width=2)
    pen.rectangle((250, 205, 560, 225), fill=grey, outline=ink, width=3)
    pen.rectangle((270, 225, 290, 300), fill=grey, outline=ink, width=2)
    pen.rectangle((520, 225, 540, 300), fill=grey, outline=ink, width=2)
    pen.rectangle((320, 190, 480, 205), fill="#b8c9d9", outline=ink, width=2)
    pen.polygon(((380, 40), (520, 40), (470, 110), (430, 110)), fill="#eee9dd", outline=ink)
    pen.rectangle((440, 0, 460, 40), fill="#eee9dd", outline=ink, width=2)
    for x in (425, 450, 475):
        pen.line((x, 170, x, 125), fill="#5c86ad", width=3)
        pen.polygon(((x - 6, 130), (x + 6, 130), (x, 118)), fill="#5c86ad")
    pen.ellipse((150, 60, 215, 130), fill="#3a362f", outline=ink, width=3)
    pen.rectangle((190, 85, 216, 105), fill="#7fa37f", outline=ink, width=2)
    pen.rectangle((140, 130, 225, 300), fill="#c9b58f", outline=ink, width=3)
    pen.line((215, 165, 330, 175), fill="#8a6f3f", width=16)
    pen.line((330, 175, 398, 190), fill=ink, width=4)
    for dx, dy in ((-26, -18), (-10, -30), (12, -30), (26, -16), (30, 2)):
        pen.line((402, 188, 402 + dx, 188 + dy), fill="#d98a1f", width=3)
    pen.rectangle((470, 196, 500, 214), fill="#b5341f", outline=ink, width=2)
    pen.line((485, 214, 600, 290), fill=ink, width=4)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
