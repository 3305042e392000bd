"""Who may take part in a round: apprentices with their teacher of today, staff with their load, each under a key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
from craftpath.kernel.organisations import Kind
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


class People:
    """Everybody who may take part in a round of a kind, and how each is called in a form."""

    def __init__(self, request: Request, kind: str, cohort: str = "", leaving: Person | None = None) -> None:
        self.request, self.kind, self.leaving = request, kind, leaving
        self.learners: dict[str, Enrolment] = {}
        self.staff: dict[str, tuple[Person, Organisation]] = {}
        self.learn: Groups = []
        self.teach: Groups = []
        if kind in OF_APPRENTICES:
            self._apprentices(cohort)
        self._teachers()

    # ---- Apprentices ----

    def _apprentices(self, cohort: str) -> None:
        actor, day = self.request.actor, self.request.today
        rows = enrolments().filter(state="active", starts_on__lte=day)
        if cohort:
            rows = rows.filter(cohort__public_id=cohort)
        mine = [row for row in rows if pair_rules.may_pair_apprentice(actor, row)]
        self.learners = {row.public_id: row for row in mine}
        now = bonds_on(day).filter(
            enrolment__in=[row.pk for row in mine], pair__kind=self.kind, pair__state="active"
        )
        teachers: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for enrolment, pk, name in now.exclude(role="deputy").values_list(
            "enrolment_id", "teacher_id", "teacher__name"
        ):
            teachers[enrolment].append((pk, name))
        groups: dict[str, list[Choice]] = {}
        around = self._around_the_leaver(mine, teachers)
        for row in mine:
            had = teachers.get(row.pk, [])
            likely = row.pk in around if self.leaving else not had
            groups.setdefault(text(row.cohort.name), []).append(
                Choice(row.public_id, row.person.name, _with(row, [name for _, name in had]), likely)
            )
        self.learn = likely_first(groups)

    def _around_the_leaver(
        self, rows: Sequence[Enrolment], teachers: Mapping[int, list[tuple[int, str]]]
    ) -> set[int]:
        """Whom the leaver teaches, and everybody at the same places: a move may make room for another."""
        if self.leaving is None:
            return set()
        theirs = {row.pk for row in rows if any(pk == self.leaving.pk for pk, _ in teachers.get(row.pk, []))}
        places = {row.enterprise_id for row in rows if row.pk in theirs}
        return {row.pk for row in rows if row.enterprise_id in places} if theirs else set()

    # ---- Staff ----

    def _teachers(self) -> None:
        places = list(places_of(self.request.organisation))
        day = self.request.today
        if self.kind == "master_apprentice":
            found = teachers_at(places, day)
        elif self.kind == "college_tutor":
            own = [place for place in places if place.path.startswith(self.request.organisation.path)]
            found = seats(own, day, (Role.TRAINER,))
        else:
            found = seats(places, day, TEACHING_ROLES)
        rows = [load for load in loads(found, day) if load.person != self.leaving]
        kept = standings_at(places) if self.kind == "layered" else {}
        profiles = profiles_of(load.person.pk for load in rows)
        wanted = self._places_of_learners()
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

    def _places_of_learners(self) -> list[str]:
        likely = {one.key for _, some in self.learn for one in some if one.likely}
        if self.kind == "college_tutor":
            return [row.cohort.organisation.path for key, row in self.learners.items() if key in likely]
        rows = [row for key, row in self.learners.items() if key in likely and row.enterprise is not None]
        return [row.enterprise.path for row in rows if row.enterprise is not None]

    def _likely(self, load: Load, profile: Any, level: int, wanted: Iterable[str]) -> bool:
        if self.kind == "layered":
            return level > 0
        if self.kind == "red_white":
            return profile is not None and bool(profile.teaches) and not self._smock(load, profile)
        if self.kind in BOTH_WAYS:
            return profile is not None and bool(profile.teaches) and bool(profile.wants)
        path = load.place.path
        near = any(path.startswith(other) or other.startswith(path) for other in wanted)
        return near and (load.standing == "free" or self.leaving is not None)

    def _smock(self, load: Load, profile: Any) -> bool:
        """Professionals are those of the college, until the office says otherwise."""
        offers = profile is not None and bool(profile.teaches)
        return self.kind == "red_white" and offers and load.place.kind in (Kind.COLLEGE, Kind.CAMPUS)

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
