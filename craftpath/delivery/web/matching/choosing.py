"""Who may take part in a round: apprentices with their teacher of today, staff with their load, each under a key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from craftpath.delivery.web.pairing.saying import of_most
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import listed, text
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.matching.levels import level_of
from craftpath.domain.matching.queries import profiles_of
from craftpath.domain.matching.rules import BOTH_WAYS, OF_APPRENTICES, Sitting
from craftpath.domain.pairing import rules as pair_rules
from craftpath.domain.pairing.loads import TEACHING_ROLES, Load, loads, places_of, seats, teachers_at
from craftpath.domain.pairing.queries import bonds_on, standings_at
from craftpath.kernel.organisations import SCHOOLS
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who may be ticked: a key, words, and whether the office would most likely tick it.

    `smock` says the same of the side of professionals, where somebody may stand on either.
    """

    key: str
    name: str
    note: str
    likely: bool
    level: int = 0
    full: bool = False
    smock: bool = False


Groups = list[tuple[str, list[Choice]]]
MOST_SHOWN = 300  # apprentices in a list; of more a cohort is chosen


class People:
    """Everybody who may take part in a round of a kind, and how each is called in a form."""

    def __init__(
        self,
        request: Request,
        kind: str,
        cohort: str = "",
        leaving: Person | None = None,
        seated: Collection[int] = (),
    ) -> None:
        self.request, self.kind, self.leaving = request, kind, leaving
        self.learners: dict[str, Enrolment] = {}
        self.staff: dict[str, tuple[Person, Organisation]] = {}
        self.learn: Groups = []
        self.teach: Groups = []
        self.cut = False
        """whether there are more apprentices than a list holds"""
        if kind in OF_APPRENTICES:
            self._apprentices(cohort, seated)
        self._teachers()

    # ---- Apprentices ----

    def _apprentices(self, cohort: str, seated: Collection[int]) -> None:
        """Those without a teacher first, as many as a list holds; whoever sits in the round already always."""
        had = (
            bonds_on(self.request.today)
            .filter(enrolment=OuterRef("pk"), pair__kind=self.kind, pair__state="active")
            .exclude(role="deputy")
        )
        rows = enrolments().filter(state="active", starts_on__lte=self.request.today)
        first = rows.filter(pk__in=seated)
        if cohort:
            rows = rows.filter(cohort__public_id=cohort)
        if (
            self.leaving is not None
        ):  # whom the leaver teaches, and all at the same places: a move may make room
            theirs = rows.filter(Exists(had.filter(teacher=self.leaving))).order_by()
            rows = rows.filter(Q(pk__in=theirs.values("pk")) | Q(enterprise__in=theirs.values("enterprise")))
        others = rows.exclude(pk__in=seated).annotate(has=Exists(had)).order_by("has", "number", "pk")
        told = list(others[: MOST_SHOWN + 1])
        self.cut = len(told) > MOST_SHOWN
        actor = self.request.actor
        mine = [row for row in [*first, *told[:MOST_SHOWN]] if pair_rules.may_pair_apprentice(actor, row)]
        self.learners = {row.public_id: row for row in mine}
        teachers = self._teachers_of(mine)
        groups: dict[str, list[Choice]] = {}
        for row in mine:
            names = teachers.get(row.pk, [])
            likely = self.leaving is not None or not names
            choice = Choice(row.public_id, row.person.name, _with(row, names), likely)
            groups.setdefault(text(row.cohort.name), []).append(choice)
        self.learn = likely_first(groups)

    def _teachers_of(self, rows: Sequence[Enrolment]) -> Mapping[int, list[str]]:
        """enrolment id → the names of its teachers of today in this kind; one query."""
        now = bonds_on(self.request.today).filter(
            enrolment__in=[row.pk for row in rows], pair__kind=self.kind, pair__state="active"
        )
        found: dict[int, list[str]] = defaultdict(list)
        for enrolment, name in now.exclude(role="deputy").values_list("enrolment_id", "teacher__name"):
            found[enrolment].append(name)
        return found

    # ---- Staff ----

    def _teachers(self) -> None:
        places = list(places_of(self.request.organisation))
        day = self.request.today
        if self.kind == "master_apprentice":
            found = teachers_at(_around(places, self._wheres(self.learners)), day)
        elif self.kind == "college_tutor":
            own = [place for place in places if place.path.startswith(self.request.organisation.path)]
            found = seats(own, day, (Role.TRAINER,))
        else:
            found = seats(places, day, TEACHING_ROLES)
        rows = [load for load in loads(found, day) if load.person != self.leaving]
        kept = standings_at(places) if self.kind == "layered" else {}
        profiles = profiles_of(load.person.pk for load in rows)
        wanted = set(self._wheres(one.key for _, some in self.learn for one in some if one.likely))
        groups: dict[str, list[Choice]] = {}
        seen: set[int] = set()
        for load in rows:
            if self.kind not in OF_APPRENTICES and load.person.pk in seen:
                continue  # somebody with two places stands here once
            seen.add(load.person.pk)
            key = f"{load.place.key}:{load.person.public_id}"
            self.staff[key] = (load.person, load.place)
            standing = kept.get((load.place.pk, load.person.pk))
            level = level_of(standing.qualification) if standing else 0
            profile = profiles.get(load.person.pk)
            choice = Choice(
                key,
                load.person.name,
                self._said(load, profile),
                self._likely(load, profile, level, wanted),
                level,
                load.standing != "free",
                self._smock(load, profile),
            )
            groups.setdefault(text(load.place.name), []).append(choice)
        self.teach = likely_first(groups)

    def _wheres(self, keys: Iterable[str]) -> list[str]:
        """Where these apprentices are taught, as paths of the tree."""
        rows = [self.learners[key] for key in keys if key in self.learners]
        if self.kind == "college_tutor":
            return [row.cohort.organisation.path for row in rows]
        return [(row.enterprise or row.cohort.organisation).path for row in rows]

    def _likely(self, load: Load, profile: Any, level: int, wanted: Iterable[str]) -> bool:
        if self.kind == "layered":
            return level > 0
        if self.kind == "red_white":
            return profile is not None and bool(profile.teaches) and not self._smock(load, profile)
        if self.kind in BOTH_WAYS:
            return profile is not None and bool(profile.teaches) and bool(profile.wants)
        path = load.place.path
        near = _near(path, wanted)
        return near and (load.standing == "free" or self.leaving is not None)

    def _smock(self, load: Load, profile: Any) -> bool:
        """Professionals are those of the college, until the office says otherwise."""
        offers = profile is not None and bool(profile.teaches)
        return self.kind == "red_white" and offers and load.place.kind in SCHOOLS

    def _said(self, load: Load, profile: Any) -> str:
        words = [of_most(load)]
        if profile is not None and profile.teaches:
            words.append(_("teaches %(what)s") % {"what": _few(profile.teaches)})
        if profile is not None and profile.wants and self.kind not in OF_APPRENTICES:
            words.append(_("wants %(what)s") % {"what": _few(profile.wants)})
        return " · ".join(words)

    # ---- What was ticked ----

    def sittings(
        self, learn: Sequence[str], teach: Sequence[str], most: Mapping[str, int], levels: Mapping[str, int]
    ) -> list[Sitting]:
        """The seats of everybody who was ticked; keys that nobody here has are passed over."""
        both = self.kind in ("layered", "mutual")
        found = [
            Sitting(
                self.staff[key][0],
                "both" if both else "teaches",
                self.staff[key][1],
                None,
                most.get(key),
                levels.get(key, 0) if self.kind == "layered" else 0,
            )
            for key in dict.fromkeys(teach)
            if key in self.staff
        ]
        for key in dict.fromkeys(learn):
            if self.kind == "red_white" and key in self.staff:
                found.append(Sitting(self.staff[key][0], "learns", self.staff[key][1]))
            row = self.learners.get(key)
            if row is not None:
                found.append(Sitting(row.person, "learns", row.enterprise or row.cohort.organisation, row))
        return found


def _near(path: str, others: Iterable[str]) -> bool:
    return any(path.startswith(other) or other.startswith(path) for other in others)


def _around(places: Iterable[Organisation], wheres: Iterable[str]) -> list[Organisation]:
    """The places where somebody of these is taught, each above or below it."""
    paths = set(wheres)
    return [place for place in places if _near(place.path, paths)]


def likely_first(groups: Mapping[str, list[Choice]]) -> Groups:
    """Groups with somebody who would be ticked before others, and in each those first."""
    said = [
        (label, sorted(some, key=lambda one: not (one.likely or one.smock))) for label, some in groups.items()
    ]
    return sorted(said, key=lambda group: not any(one.likely or one.smock for one in group[1]))


def _few(words: Sequence[str], most: int = 3) -> str:
    return listed(words[:most]) if len(words) <= most else f"{listed(words[:most])} …"


def _with(row: Enrolment, names: Sequence[str]) -> str:
    where = [text(row.enterprise.name)] if row.enterprise else []
    if names:
        return " · ".join([*where, _("with %(names)s") % {"names": listed(names)}])
    return " · ".join([*where, _("nobody yet")])
