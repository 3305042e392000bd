"""HTML in, PDF out, in a process of its own: `python -m craftpath.delivery.exchange.printing FONT [DISPLAY]`.

The library that lays pages out is slow to load and needs Pango from the system, so no web process imports it, and a
machine without it serves everything else. Nothing is fetched: a page stands alone and carries its
pictures, the fonts are the files given: one for every paper, and perhaps one for what stands large on certificates.

One line of JSON asks for one thing: `{"page": …}` for a paper, with `"keep": true` to have its sheets once more in the
answer to `{"together": true}`. Each is answered by a line of JSON, `{"size": …, "sheets": …}` with so many bytes behind
it, or `{"fault": …}`; a paper that cannot be laid out does not end the process. The file says what is a heading and
what a table, for those who have it read out.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

_CARRIED = ("data:image/png;base64,", "data:image/jpeg;base64,")  # pictures that the page itself carries
NO_LIBRARY = 3
"""The exit code that says that the library, or Pango, is not there."""


def main(fonts: Sequence[str], asked: BinaryIO, answers: BinaryIO) -> int:
    """Lay out what is asked, one after the other, until nothing more comes."""
    try:
        press = _Press(fonts)
    except (ImportError, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return NO_LIBRARY
    for line in asked:
        try:
            made, sheets = press.answer(json.loads(line))
        except Exception as fault:
            answers.write(json.dumps({"fault": f"{type(fault).__name__}: {fault}"}).encode() + b"\n")
        else:
            answers.write(json.dumps({"size": len(made), "sheets": sheets}).encode() + b"\n" + made)
        answers.flush()
    return 0


class _Press:
    """The library with its fonts, and the papers that will be put together."""

    def __init__(self, fonts: Sequence[str]) -> None:
        import weasyprint  # noqa: PLC0415
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415

        addresses = [Path(font).resolve().as_uri() for font in fonts]

        class OnlyTheFonts(URLFetcher):
            def fetch(self, url: str, headers: object = None) -> object:
                if url not in addresses and not url.startswith(_CARRIED):
                    raise ValueError("a paper fetches nothing")
                return super().fetch(url, headers)

        self.library, self.fetcher, self.fonts = weasyprint, OnlyTheFonts, FontConfiguration()
        self.sheet = weasyprint.CSS(
            string="".join(
                f'@font-face {{ font-family: "{name}"; src: url("{address}"); }}'
                for name, address in zip(("Paper", "Display"), addresses, strict=False)
            ),
            font_config=self.fonts,
            url_fetcher=OnlyTheFonts(),
        )
        self.kept: list[Any] = []
        gc.freeze()  # the library itself is not looked through again for each paper: a fifth of the time

    def answer(self, asked: dict[str, Any]) -> tuple[bytes, int]:
        """One paper, or those that were kept as one, and how many sheets it has."""
        if asked.get("together"):
            kept, self.kept = self.kept, []
            sheets = [sheet for document in kept for sheet in document.pages]
            return bytes(kept[0].copy(sheets).write_pdf(pdf_tags=True)), len(sheets)
        document = self.library.HTML(string=asked["page"], url_fetcher=self.fetcher()).render(
            stylesheets=[self.sheet], font_config=self.fonts
        )
        made = bytes(document.write_pdf(pdf_tags=True))
        if asked.get("keep"):
            self.kept.append(document)
        return made, len(document.pages)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer))
