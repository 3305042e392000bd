"""Colours can be told apart and read, on both grounds; every colour that a style sheet names exists."""

import re
from pathlib import Path

import pytest

from craftpath.delivery import web

CSS = Path(web.__file__).parent / "assets" / "css"
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(:root[^{]*){([^}]*)}", TOKENS)
SETTING = re.compile(r"--([a-z0-9-]+):\s*([^;]+);")


def values(selector):
    found = {}
    for head, body in BLOCKS:
        if head.strip() == selector:
            found |= dict(SETTING.findall(body))
    return found


LIGHT = values(":root")
DARK = values(':root[data-theme="dark"]')
GROUNDS = {"light": LIGHT, "dark": LIGHT | DARK}
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2") for ground in ("paper", "sheet", "well")),
    *(("indigo", ground) for ground in ("paper", "sheet", "well", "indigo-wash")),
    *(
        (tone, ground)
        for tone in ("jade", "ochre", "cinnabar")
        for ground in ("paper", "sheet", f"{tone}-wash")
    ),
    *(("ink", f"{tone}-wash") for tone in ("indigo", "jade", "ochre", "cinnabar")),
    ("on-indigo", "indigo"),
    ("on-indigo", "indigo-deep"),
    ("on-seal", "seal"),
    ("ochre", "well"),
]
MARKS = [
    (mark, ground)
    for mark in ("process", "practical", "exam", "edge", "seal")
    for ground in ("paper", "sheet")
]


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_automatic_and_the_chosen_dark_are_the_same():
    assert values(':root:not([data-theme="light"])') == DARK


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(theme, ink, ground):
    tokens = GROUNDS[theme]
    assert contrast(tokens[ink], tokens[ground]) >= 5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_stand_out(theme, mark, ground):
    tokens = GROUNDS[theme]
    assert contrast(tokens[mark], tokens[ground]) >= 3


def test_every_token_that_is_used_is_defined():
    local = {
        "part",
        "tone",
        "wash",
        "lift",
        "room",
        "place",
        "fill",
        "paper-ink",
        "paper-tint",
    }  # set by a component for its own parts; lift by its bar of actions, room and place by tones, fill by a share,
    # the paper's own colours by the certificate as it is printed: the same in both themes
    used = {
        name
        for path in CSS.glob("*.css")
        for name in re.findall(r"var\(--([a-z0-9-]+)", path.read_text("utf-8"))
    }
    themes = {
        name for name, _ in SETTING.findall((CSS / "bulletins.css").read_text("utf-8"))
    }  # of a bulletin
    assert sorted(used - set(LIGHT) - local - {name for name in themes if name.startswith("bl-")}) == []
