"""What a mark was worked out from, in few words: the counts, why it is open, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from craftpath.delivery.web.shell.templatetags.say import listed, points
from craftpath.domain.evaluation.evidence import NOTHING_YET, Evidence
from craftpath.engines.evaluation import UNANSWERED, work_out

# kind → outcome → how it is counted, beside the first one, which is what counts in full.
OTHERS = {
    "attendance": {
        "late": gettext_lazy("%(count)s late"),
        "left_early": gettext_lazy("%(count)s left early"),
        "absent": gettext_lazy("%(count)s absent"),
        "excused": gettext_lazy("%(count)s excused"),
        "differs": gettext_lazy("%(count)s to be settled"),
    },
    "weeks_confirmed": {
        "late": gettext_lazy("%(count)s late"),
        "missed": gettext_lazy("%(count)s missed"),
        UNANSWERED: gettext_lazy("%(count)s not confirmed yet"),
    },
    "talks": {
        "partly": gettext_lazy("%(count)s partly"),
        "differs": gettext_lazy("%(count)s differ"),
    },
    "reviews": {"late": gettext_lazy("%(count)s late"), "missed": gettext_lazy("%(count)s missed")},
    "activities": {},
}
FULL = {
    "attendance": "present",
    "weeks_confirmed": "on_time",
    "talks": "agrees",
    "reviews": "on_time",
    "activities": "confirmed",
}
NEXT = {
    "attendance": (
        ("present", gettext_lazy("Present at the next session")),
        ("absent", gettext_lazy("Absent from it")),
    ),
    "weeks_confirmed": (
        ("on_time", gettext_lazy("The next week confirmed, handed in on time")),
        ("missed", gettext_lazy("The next week missed")),
    ),
    "talks": (
        ("agrees", gettext_lazy("The next talk: agrees")),
        ("differs", gettext_lazy("The next talk: differs")),
    ),
    "reviews": (
        ("on_time", gettext_lazy("The next review held by its day")),
        ("missed", gettext_lazy("The next review missed")),
    ),
    "activities": (("confirmed", gettext_lazy("One more activity confirmed")),),
}


def counts_in_words(found: Evidence) -> str:
    """Such as "17 of 20 sessions, 1 late, 2 absent, 2 excused"."""
    kind, counts = found.rule.kind, found.counts
    of = found.worked.counted
    facts = {"full": counts.get(FULL[kind], 0), "of": of}
    first = {
        "attendance": ngettext(
            "Present at %(full)s of %(of)s session", "Present at %(full)s of %(of)s sessions", of
        ),
        "weeks_confirmed": ngettext(
            "%(full)s of %(of)s week in time", "%(full)s of %(of)s weeks in time", of
        ),
        "talks": ngettext("%(full)s of %(of)s talk agrees", "%(full)s of %(of)s talks agree", of),
        "reviews": ngettext("%(full)s of %(of)s review in time", "%(full)s of %(of)s reviews in time", of),
        "activities": ngettext(
            "%(full)s of %(of)s activity confirmed", "%(full)s of %(of)s activities confirmed", of
        ),
    }[kind] % facts
    others = [str(said) % {"count": counts[name]} for name, said in OTHERS[kind].items() if counts.get(name)]
    return listed([first, *others])


def open_in_words(found: Evidence) -> str:
    """Why there is no mark yet; empty where there is one."""
    reason, facts = found.worked.reason, {"least": found.rule.at_least, "counted": found.worked.counted}
    if reason == NOTHING_YET:
        return _("Nothing of this kind is recorded on this site yet, so the mark stays open.")
    if reason == "too_few":
        return _("Open: %(counted)s count so far, %(least)s are needed.") % facts
    if reason:
        facts = {"count": found.counts.get(UNANSWERED, 0), "most": found.rule.unanswered}
        return _("Open: %(count)s weeks are not confirmed; with %(most)s or fewer it counts again.") % facts
    return ""


def what_would_change(found: Evidence) -> Iterator[tuple[str, str]]:
    """What may come next, and what the mark would be then."""
    if found.worked.reason == NOTHING_YET:
        return
    waiting = found.counts.get(UNANSWERED, 0)
    full = FULL[found.rule.kind]
    if waiting:
        all_in = {**found.counts, UNANSWERED: 0, full: found.counts.get(full, 0) + waiting}
        yield _("All weeks that are not confirmed yet, if they were in time"), _would_be(found, all_in)
    for name, said in NEXT[found.rule.kind]:
        yield (
            str(said),
            _would_be(found, {**found.counts, UNANSWERED: 0, name: found.counts.get(name, 0) + 1}),
        )


def _would_be(found: Evidence, counts: Mapping[str, int]) -> str:
    score = work_out(found.rule, counts, found.item.max).score
    return _("still open") if score is None else points(score)
