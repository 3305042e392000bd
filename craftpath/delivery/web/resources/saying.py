"""Resources in words: forms, lengths, licences, marks, how sure a guess is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.resources.states import CRITERIA, LICENCES
from craftpath.domain.resources.texts import ALLOWS, KINDS, LANGUAGES, SURE
from craftpath.domain.resources.texts import LICENCES as LICENCE_NAMES

if TYPE_CHECKING:
    from craftpath.domain.resources.models import Pair, Resource, Review, Version
    from craftpath.domain.resources.queries import Marks

TONES = {"told": "good", "likely": "good", "unsure": "attention", "none": "plain"}


def sure(guess: dict[str, Any]) -> tuple[str, Any]:
    """(tone, words) of how sure a guess is; of a field without one, that nothing was found."""
    how = guess.get("sure", "none")
    how = how if how in SURE else "none"
    return TONES[how], SURE[how]


def why(pair: Pair) -> str:
    """Why two are shown as doubles."""
    if pair.why == "bytes":
        return _("The very same file")
    if pair.why == "link":
        return _("The same address")
    if pair.why == "title":
        return _("%(share)s %% of the title is the same") % {"share": pair.share}
    return _("%(share)s %% of the text is the same") % {"share": pair.share}


def length(version: Version | None) -> str:
    """Pages or minutes."""
    if version is None:
        return ""
    if version.seconds:
        minutes = -(-version.seconds // 60)
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    if version.length and version.form == "pptx":
        return ngettext("%(count)s slide", "%(count)s slides", version.length) % {"count": version.length}
    if version.length and version.form == "xlsx":
        return ngettext("%(count)s sheet", "%(count)s sheets", version.length) % {"count": version.length}
    if version.length:
        return ngettext("%(count)s page", "%(count)s pages", version.length) % {"count": version.length}
    return ""


def form(version: Version | None) -> str:
    """PDF, 3 pages, 1.2 MB."""
    if version is None:
        return ""
    parts = [
        version.form.upper() if version.form != "link" else "",
        length(version),
        filesizeformat(version.file.size) if version.file is not None else "",
    ]
    return " · ".join(part for part in parts if part)


def licence(row: Resource) -> str:
    """The short code of a licence, else its name."""
    known = LICENCES.get(row.licence)
    return known.code or str(LICENCE_NAMES[known.key]) if known else ""


def allows(key: str) -> list[Any]:
    """What a licence lets one do, a line each."""
    known = LICENCES.get(key)
    if known is None:
        return []
    said = [
        "pass_on" if known.pass_on else "keep_in",
        "change" if known.change else "unchanged",
        "commerce" if known.commerce else "no_commerce",
    ]
    said += ["name_author"] * known.name_author + ["share_alike"] * known.share_alike
    return [ALLOWS[one] for one in said]


def stars(marks: Marks) -> str:
    """4.5 of 5 (n = 12)."""
    if marks.stars is None:
        return ""
    return _("%(stars)s of 5 stars (n = %(n)s)") % {"stars": number_format(marks.stars, 1), "n": marks.n}


def line(row: Resource, marks: Marks) -> list[str]:
    """What stands under a title in a list."""
    where = text(row.organisation.name)
    used = ngettext("used in %(count)s place", "used in %(count)s places", marks.uses) % {"count": marks.uses}
    return [
        one
        for one in (
            str(KINDS[row.kind]), form(row.current), licence(row), text(row.occupation.name) if row.occupation else "",
            str(LANGUAGES[row.language]) if row.language in ("en", "both") else "", where, stars(marks),
            used if marks.uses else "",
        )
        if one
    ]  # fmt: skip


def badge(row: Resource, marks: Marks) -> tuple[str, str]:
    """(words, tone) of the best that can be said of it."""
    if row.recommended_at is not None:
        return _("recommended"), "good"
    return (_("reviewed"), "info") if marks.reviewed else ("", "plain")


def whole(review: Review) -> bool:
    """Whether all points hold."""
    return set(review.holds) == set(CRITERIA)
