"""What the nouns below have figures of: workshops, pilots, stories, apprentices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.bulletins.figures import FLOOR, Bar, Figure, provides
from craftpath.domain.pilots.queries import pilots
from craftpath.domain.stories.queries import public_wall
from craftpath.domain.workshops.figures import figures as figures_of
from craftpath.domain.workshops.queries import workshops
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.workshops.figures import Figures
    from craftpath.domain.workshops.models import Workshop

MOST_BARS = 6
KINDS = {
    "enterprise": Text("企业", "Enterprises"),
    "college": Text("院校", "Colleges"),
    "centre": Text("培训机构", "Training centres"),
    "public": Text("政府部门", "Public bodies"),
    "employers": Text("行业协会", "Employers"),
    "workers": Text("工会", "Workers"),
    "international": Text("国际组织", "International"),
    "other": Text("其他", "Others"),
}
OTHERS = Text("其他", "Others")


def held(organisation: Organisation, since: date, until: date) -> list[Workshop]:
    """Finished workshops of the period in which the organisation or one below it had a part, the newest first."""
    rows: QuerySet[Any] = workshops()  # with first and last day, which types do not know
    found = rows.filter(state="finished", first__lte=until, last__gte=since)
    return [row for row in found if _has_part(row, organisation)]


def _has_part(row: Workshop, organisation: Organisation) -> bool:
    places = [row.organisation, *(one.organisation for one in row.organisers.all())]
    return any(place.path.startswith(organisation.path) for place in places)


@dataclass(frozen=True, slots=True)
class _Sum:
    """Workshops of a period together; people are counted once a workshop."""

    held: int = 0
    registered: int = 0
    came: int = 0
    organisations: int = 0
    questions: int = 0
    answered: int = 0
    cases: int = 0

    @classmethod
    def of(cls, told: Iterable[Figures]) -> _Sum:
        rows = list(told)
        return cls(
            len(rows),
            sum(one.registered for one in rows),
            sum(one.came for one in rows),
            sum(one.organisations for one in rows),
            sum(one.questions for one in rows),
            sum(one.answered for one in rows),
            sum(one.published for one in rows),
        )


def before(since: date, until: date) -> tuple[date, date]:
    """The period of the same length that ended the day before."""
    return since - (until - since) - timedelta(days=1), since - timedelta(days=1)


@provides
def of_workshops(organisation: Organisation, since: date, until: date) -> Iterator[Figure]:
    """Workshops that were held; where there was none, nobody came, and nothing is said of kinds and cities."""
    now = [figures_of(row) for row in held(organisation, since, until)]
    then = _Sum.of(figures_of(row) for row in held(organisation, *before(since, until)))
    all_now = _Sum.of(now)
    kinds: Counter[str] = Counter()
    cities: Counter[str] = Counter()
    for one in now:
        kinds.update({row.key: row.came for row in one.by_kind})
        cities.update({row.key: row.came for row in one.by_city})

    def figure(key: str, name: Text, unit: Text, text: Text, n: int, **more: tuple[Bar, ...]) -> Figure:
        there = all_now.held > 0 or key == "held"
        value, old = getattr(all_now, key), getattr(then, key)
        return Figure(
            f"workshops.{key}",
            name,
            unit,
            text,
            str(value) if there else None,
            n,
            before=str(old) if then.held else None,
            people=key == "came",
            **more,
        )

    yield figure(
        "came",
        Text("参加研讨人数", "people at workshops"),
        Text("人", ""),
        Text(
            "本期已结束研讨会的到场人数，每场每人计一次；n 为报名人数",
            "Came to a workshop that ended in the period, once a workshop; n: registered",
        ),
        all_now.registered,
        bars=bars_of(((KINDS[key], kinds[key]) for key in KINDS if key != "other"), kinds["other"]),
    )
    yield figure(
        "organisations",
        Text("参与单位", "organisations taking part"),
        Text("家", ""),
        Text(
            "到场人员所在单位数，每场分别计数；n 为到场人数",
            "Organisations of those who came; n: people who came",
        ),
        all_now.came,
        bars=bars_of((Text.of(city), count) for city, count in cities.items()),
    )
    yield figure(
        "answered",
        Text("现场问答", "questions answered"),
        Text("个", ""),
        Text("研讨会上已回答的提问；n 为全部提问", "Questions answered at workshops; n: all that were asked"),
        all_now.questions,
    )
    yield figure(
        "cases",
        Text("发布案例", "cases published"),
        Text("个", ""),
        Text("已上架的案例；n 为举办的研讨会", "Cases on the shelf; n: workshops held"),
        all_now.held,
    )
    yield figure(
        "held",
        Text("举办研讨会", "workshops held"),
        Text("场", ""),
        Text("本期已结束的研讨会", "Workshops that ended in the period"),
        all_now.held,
    )


def bars_of(counts: Iterable[tuple[Text, int]], others: int = 0) -> tuple[Bar, ...]:
    """Bars of people, the most first; the rest together, so that nothing tells of fewer than five, nor a difference."""
    rows = sorted(((count, name) for name, count in counts if count), key=lambda row: -row[0])
    shown, rest = rows[:MOST_BARS], others + sum(count for count, _name in rows[MOST_BARS:])
    while shown and (shown[-1][0] < FLOOR or 0 < rest < FLOOR or (rest and len(shown) == MOST_BARS)):
        rest += shown.pop()[0]
    bars = [Bar(name, count) for count, name in shown]
    return tuple([*bars, Bar(OTHERS, rest)] if rest else bars)


@provides
def of_apprentices(organisation: Organisation, since: date, until: date) -> Iterator[Figure]:
    """Who learned on the last day of the period."""
    classes = cohorts().filter(organisation__in=organisation.below()).order_by()
    here = enrolments().filter(cohort__in=classes.values("pk"), starts_on__lte=until).order_by()
    here = here.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=until))
    count = here.count()
    most = here.filter(enterprise__isnull=False).values_list("enterprise").annotate(people=Count("pk"))
    told = [(key, people) for key, people in most.order_by("-people")[:MOST_BARS] if people >= FLOOR]
    names = Organisation.objects.in_bulk([key for key, _people in told])
    yield Figure(
        "apprentices.learning",
        Text("在培学徒", "apprentices in training"),
        Text("人", ""),
        Text("期末在培的学徒；n 为同一人群", "Apprentices on the last day of the period; n: the same people"),
        str(count),
        count,
        people=True,
        bars=tuple(Bar(Text.of(names[key].name), people) for key, people in told),
    )


@provides
def of_pilots(organisation: Organisation, since: date, until: date) -> Iterator[Figure]:
    """Pilots that ran in the period, and who took part."""
    rows = [
        row
        for row in pilots().filter(starts_on__lte=until)
        if row.organisation.path.startswith(organisation.path)
        and (row.ends_on is None or row.ends_on > since)
    ]
    members = {one.organisation_id for row in rows for one in row.members.all() if one.since <= until}
    yield Figure(
        "pilots.members",
        Text("试点参与单位", "pilot members"),
        Text("家", ""),
        Text("本期运行的试点的成员单位；n 为试点数", "Members of pilots that ran in the period; n: pilots"),
        str(len(members)) if rows else None,
        len(rows),
    )


@provides
def of_stories(organisation: Organisation, since: date, until: date) -> Iterator[Figure]:
    """Stories that everybody may read."""
    rows = public_wall(organisation).filter(published_at__date__range=(since, until))
    count = rows.count()
    yield Figure(
        "stories.published",
        Text("公开师傅故事", "masters' stories"),
        Text("篇", ""),
        Text("本期公开且仍公开的故事", "Stories made public in the period and still public"),
        str(count),
        count,
    )
