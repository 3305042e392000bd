"""HTML in, PDF out, in a process of its own: `python -m craftpath.delivery.exchange.printing FONT < page > paper`.

The library that lays pages out is slow to load and needs Pango from the system, so no web process imports it, and a
machine without it serves everything else. Nothing is fetched: the page stands alone, the font is the file given.
"""

from __future__ import annotations

import sys
from pathlib import Path

NO_LIBRARY = 3
"""The exit code that says that the library, or Pango, is not there."""


def main(font: str) -> int:
    """Lay the page out with this font."""
    try:
        import weasyprint  # noqa: PLC0415
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except (ImportError, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return NO_LIBRARY
    address = Path(font).resolve().as_uri()

    class OnlyTheFont(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> object:
            if url != address:
                raise ValueError("a paper fetches nothing")
            return super().fetch(url, headers)

    page = sys.stdin.buffer.read().decode()
    fonts = FontConfiguration()
    sheet = weasyprint.CSS(
        string=f'@font-face {{ font-family: "Paper"; src: url("{address}"); }}',
        font_config=fonts,
        url_fetcher=OnlyTheFont(),
    )
    made = weasyprint.HTML(string=page, url_fetcher=OnlyTheFont()).write_pdf(
        stylesheets=[sheet], font_config=fonts
    )
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
