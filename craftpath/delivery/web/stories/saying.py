"""A story as pages say it: a card of the wall, its parts, its captions. The same for members and for visitors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.standards.queries import skills_by_key
from craftpath.domain.stories import queries
from craftpath.domain.stories.captions import lines, vtt
from craftpath.domain.stories.rules import told
from craftpath.domain.stories.texts import FORMS

if TYPE_CHECKING:
    from craftpath.domain.stories.models import Story

LANGUAGES = {"zh": "zh-Hans", "en": "en"}
OPENING = 90
"""Signs of Chinese with which a card begins; an English one takes twice as many."""
_ENDS = "。！？.!?"


def opening(story: Story) -> str:
    """The first words: whole sentences as far as there is room, else as many words with a mark that more follow."""
    said = (
        told(story.answers)
        if story.form == "text"
        else "\n".join(one.words for one in lines(story.transcript))
    )
    first = said.strip().split("\n")[0] if said.strip() else ""
    most = OPENING if story.language == "zh" else OPENING * 2
    if len(first) <= most:
        return first
    cut = max(first.rfind(sign, 0, most) for sign in _ENDS) + 1
    return first[:cut] if cut > most // 3 else first[:most].rstrip() + "…"


def names_of(some: Iterable[Story]) -> dict[str, str]:
    """key → name of the skills that these stories tell of; one query at most."""
    keys = queries.skills_told_of(some)
    return {key: text(row.name) for key, row in skills_by_key(keys).items()} if keys else {}


def card(story: Story, names: dict[str, str], url: str, picture: str) -> dict[str, Any]:
    """A story on a wall; `url` is its page, `picture` the address of its picture."""
    return {
        "story": story,
        "url": url,
        "picture": picture if story.picture_id else "",
        "opening": opening(story),
        "lang": LANGUAGES[story.language],
        "form": str(FORMS[story.form]) if story.form != "text" else "",
        "skills": [names[key] for key in story.skills if key in names],
        "occupation": text(story.occupation.name) if story.occupation else "",
    }


def staged(cards: list[dict[str, Any]]) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """(the newest with a picture, else the newest; the others in their order)."""
    if not cards:
        return None, []
    stage = next((one for one in cards if one["picture"]), cards[0])
    return stage, [one for one in cards if one is not stage]


def body(story: Story, address: Callable[[str], str]) -> dict[str, Any]:
    """What is read, heard and seen of a story; `address` says where a file or its captions are fetched."""
    said = lines(story.transcript) if story.form != "text" else []
    return {
        "lang": LANGUAGES[story.language],
        "parts": [
            {"ask": prompt.ask.say(story.language) if prompt else "", "words": words}
            for prompt, words in (queries.parts(story) if story.form == "text" else ())
        ],
        "lines": said,
        "picture": address("picture") if story.picture_id else "",
        "recording": address("recording") if story.recording_id and story.form != "text" else "",
        "captions": address("captions.vtt") if vtt(story.transcript) and story.form != "text" else "",
    }
