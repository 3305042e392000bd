"""Compile the translations; needs no gettext on the machine. Run as `python -m craftpath.project.catalogues`."""

from __future__ import annotations

from pathlib import Path

import polib

LOCALE = Path(__file__).parent / "locale"


def compile_all() -> list[Path]:
    """Write a .mo beside each .po and return them."""
    written = []
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        partial = target.with_suffix(".part")
        polib.pofile(str(source)).save_as_mofile(str(partial))
        partial.replace(target)  # a running site reads the old one or the new one, never a half
        written.append(target)
    return written


if __name__ == "__main__":
    compile_all()
