"""The worker's part of a dropped file: read it, guess what a person then confirms, and then say that it is read."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from craftpath.delivery.exchange.resources import guessing
from craftpath.delivery.exchange.resources.extracting import Extracted, extract
from craftpath.delivery.exchange.resources.forms import HEAD, form_of
from craftpath.domain.occupations.queries import occupations
from craftpath.domain.resources import actions
from craftpath.domain.resources.queries import occupations_of
from craftpath.domain.standards.queries import skills
from craftpath.kernel.access import Actor
from craftpath.kernel.search.finding import find
from craftpath.kernel.search.marks import reader
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.resources.models import Version

MOST_OCCUPATIONS = 500
_KIND = [("resources", "resource")]


def carry_out(version: Version, *, by: Actor, at: datetime) -> None:
    """Read what was dropped, unless it was; a refusal is kept for whoever comes back."""
    if version.state != "reading" or version.file is None:
        return
    try:
        with version.file.opened() as stream:
            head = stream.read(HEAD)
            stream.seek(0)
            found = extract(stream, form_of(head, version.file.name))
        actions.finish_version(version, read_of(found, version.file.name, by), by=by, at=at)
    except Refused as refused:
        actions.refuse_version(version, refused.verdict, by=by, at=at)
    except Exception:  # the page must not wait for ever; the job fails as well, where it is looked after
        actions.refuse_version(version, not_now("resources.failed"), by=by, at=at)
        raise


def read_of(found: Extracted, name: str, by: Actor) -> actions.Read:
    """What the row keeps of a file, with a guess for each field that is asked."""
    title = guessing.title_of(found, name)
    called = Text.of(title["value"]).both()
    text = "\n".join(found.pages)
    language = guessing.language_of(text) or guessing.language_of(called) or "other"
    guesses: dict[str, Any] = {
        "title": title,
        "licence": guessing.licence_of(found),
        "occupation": guessing.occupation_of(
            called, text, occupations()[:MOST_OCCUPATIONS], _near(called, by)
        ),
        "skills": guessing.skills_of(called, text, skills()),
        "authors": {"value": " ".join(found.authors.split())[:200], "sure": "told"},
        "abstract": {"value": guessing.abstract_of(found), "sure": "likely"},
    }
    return actions.Read(
        form=found.form.name, kind=guessing.kind_of(found, called), language=language, length=found.length,
        seconds=found.seconds, pages=found.pages, without_text=found.without_text, guesses=guesses,
    )  # fmt: skip


def _near(title: str, by: Actor) -> list[str]:
    """Occupations of what has the words of this title already."""
    ids = [one.ref.public_id for one in islice(find(title, brought=reader(by), kinds=_KIND), 10)]
    return occupations_of(ids)
