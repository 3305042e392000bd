"""How lines of digests, instant notices and messages to bots are said, and where each leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from craftpath.kernel.alerts import Alert
from craftpath.kernel.duties import KINDS
from craftpath.kernel.instant_kinds import INSTANTS
from craftpath.kernel.topics import Topic
from craftpath.values.ref import Ref
from craftpath.values.text import Text

TOPICS = {
    Topic.SIGNING: _("Signing"),
    Topic.SAFETY: _("Safety"),
    Topic.EXAMS: _("Exams"),
    Topic.LOG: _("Training log"),
    Topic.ATTENDANCE: _("Attendance"),
    Topic.REVIEWS: _("Reviews"),
    Topic.AGREEMENTS: _("Agreements"),
    Topic.RESULTS: _("Results and stages"),
    Topic.PEOPLE: _("People, notice and consents"),
    Topic.TALK: _("Questions and answers"),
}
_NO_PLACE = ("accounts",)  # rooms whose addresses name no organisation


@dataclass(frozen=True, slots=True)
class Said:
    """One line in the reader's language: what, how much by when, and the page on which it is done."""

    label: str
    note: str
    url: str
    late: bool = False
    told: bool = False
    mail: bool = True


def words(value: Any) -> str:
    """A Text in the open language."""
    return Text.of(value).say(get_language() or settings.LANGUAGE_CODE)


def line_said(line: Mapping[str, Any]) -> Said | None:
    """A line of a digest; None for a kind that this version does not know any more."""
    kind = KINDS.get(line["kind"])
    if kind is None:
        return None
    count, overdue = line["count"], line["overdue"]
    parts = [ngettext("%(count)s open", "%(count)s open", count) % {"count": count}]
    if overdue:
        parts.append(ngettext("%(count)s overdue", "%(count)s overdue", overdue) % {"count": overdue})
    else:
        due = gettext("due %(day)s") % {"day": date_format(date.fromisoformat(line["first"]), "DATE_FORMAT")}
        parts.append(due)
    if line["assumed"]:
        parts.append(gettext("holidays not announced yet"))
    if line["told"]:
        parts.insert(0, gettext("others are asked"))
    note = pgettext("between the parts of a note", ", ").join(parts)
    page = (kind.board or "duties:list") if line["told"] else kind.page
    return Said(
        words(kind.name), note, page_url(page, line["place"]), bool(overdue), line["told"], line["mail"]
    )


def page_url(page: str, place: str, *ids: str) -> str:
    """The address of a page at an organisation (its key), if the page has one."""
    return reverse(page, args=list(ids) if page.startswith(_NO_PLACE) else [place, *ids])


def alert_said(row: Alert) -> Said:
    """An instant notice."""
    kind = INSTANTS.get(row.code)
    if kind is None:
        return Said(row.code, words(row.about), "")
    place = row.organisation.key if row.organisation is not None else ""
    url = page_url(kind.page, place, Ref.parse(row.subject).public_id) if place else ""
    return Said(words(kind.name), words(row.about), url)


def absolute(url: str) -> str:
    """The same address for whoever is not here: with the site's own before it."""
    return f"{settings.ADDRESS}{url}"


def message_said(content: Mapping[str, Any], organisation: Any) -> str:
    """What a bot says in a group: counts, names of cohorts and a link; never a name of somebody."""
    name = organisation.title.say(get_language() or settings.LANGUAGE_CODE)
    if content["code"] == "test":
        return gettext("A test from Craftpath for %(place)s: this group hears what is due.") % {"place": name}
    if content["code"] in INSTANTS:
        cohorts = pgettext("between the names of a list", ", ").join(words(one) for one in content["cohorts"])
        return (
            f"{name}：{words(INSTANTS[content['code']].name)}（{cohorts}）"
            if _chinese()
            else (f"{name}: {words(INSTANTS[content['code']].name)} ({cohorts})")
        )
    rows = [gettext("%(place)s: open today") % {"place": name}]
    for code, count, overdue in content["counts"]:
        if code in KINDS:
            said = {"what": words(KINDS[code].name), "count": count, "overdue": overdue}
            rows.append(
                gettext("%(what)s: %(count)s, %(overdue)s of them overdue") % said
                if overdue
                else gettext("%(what)s: %(count)s") % said
            )
    rows.append(absolute(reverse("duties:list", args=[organisation.key])))
    return "\n".join(rows)


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")
