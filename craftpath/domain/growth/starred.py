"""What core skills give to counting: the first and the newest view of whoever teaches, by category. Whoever asks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from craftpath.domain.growth.models import SkillView
from craftpath.domain.standards.queries import core_skills
from craftpath.kernel.audit import AuditEntry

HEARD = {"growth.skills_viewed": ("skill",)}
"""Facts, and the tables of the star that they may change."""


def growth(cohorts: Collection[int]) -> Iterator[tuple[int, datetime, str, int, int]]:
    """(enrolment, moment of the newest view, category, hundredths before, hundredths after); two questions.

    Of one category the mean of the skills that both views rate; whoever was viewed once only is not measured.
    """
    categories = {skill.key: skill.domain for skill in core_skills()}
    rows = SkillView._base_manager.filter(enrolment__cohort__in=cohorts, kind="mentor")
    seen: dict[int, list[tuple[datetime, Mapping[str, int]]]] = {}
    for who, at, levels in rows.order_by("enrolment_id", "made_at", "pk").values_list(
        "enrolment_id", "made_at", "levels"
    ):
        seen.setdefault(who, []).append((at, levels))
    for who, views in seen.items():
        (_first, before), (at, after) = views[0], views[-1]
        if len(views) == 1:
            continue
        both: dict[str, list[tuple[int, int]]] = {}
        for key in before.keys() & after.keys():
            if categories.get(key):
                both.setdefault(categories[key], []).append((before[key], after[key]))
        for category, pairs in sorted(both.items()):
            first, newest = (sum(pair[side] for pair in pairs) for side in (0, 1))
            yield who, at, category, _mean(first, len(pairs)), _mean(newest, len(pairs))


def _mean(levels: int, count: int) -> int:
    return (2 * 100 * levels + count) // (2 * count)  # half up


def concerned(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, class) that these facts may have changed; one question."""
    about = {entry.subject.rpartition("/")[2] for entry in entries if entry.fact in HEARD}
    if about:
        rows = SkillView._base_manager.filter(public_id__in=about).order_by()
        yield from (("skill", pk) for pk in rows.values_list("enrolment__cohort_id", flat=True).distinct())
