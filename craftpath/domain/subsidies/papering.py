"""Papers of a file: handed in with their versions, asked for once, and how complete they are."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from craftpath.domain.subsidies import rules
from craftpath.domain.subsidies.facts import PaperAsked, PaperHandedIn
from craftpath.domain.subsidies.models import FilePaper, FilePerson, PaperAsk, SubsidyFile
from craftpath.domain.subsidies.opening import held
from craftpath.domain.subsidies.schemes import engine_scheme
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.exhibits import look_at
from craftpath.kernel.facts import tell
from craftpath.kernel.files import keep
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.engines.allowances.subsidies import Completeness, Present, Required
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

CLASS = "class"
"""The subject of papers that are asked of the class and of nobody in particular."""
MOST_COPIES = 40


def required(file: SubsidyFile) -> tuple[Required, ...]:
    """What the scheme asks for, in its order."""
    return engine_scheme(file.scheme).papers


def uploaded(papers: Iterable[FilePaper]) -> list[Present]:
    """The uploads that count: those that are not replaced."""
    from craftpath.engines.allowances.subsidies import Present  # noqa: PLC0415 - brings NumPy along

    return [
        Present(row.paper, row.member.public_id if row.member else CLASS)
        for row in papers
        if row.replaced_at is None
    ]


def meter(file: SubsidyFile, people: Sequence[FilePerson], present: Iterable[Present]) -> Completeness:
    """How complete the file is: for the class, and for everybody who counts and did not leave. Asks nothing."""
    from craftpath.engines.allowances.subsidies import Per, completeness  # noqa: PLC0415 - as above

    named = [row.public_id for row in people if not row.excluded and row.outcome != "left"]
    return completeness(required(file), {Per.CLASS: [CLASS], Per.PERSON: named}, present)


@action
def hand_in_paper(
    file: SubsidyFile,
    *,
    paper: str,
    made_id: uuid.UUID,
    content: bytes,
    name: str,
    member: FilePerson | None = None,
    replaces: FilePaper | None = None,
    by: Actor,
    at: datetime,
) -> FilePaper:
    """Keep an upload as a new copy of a paper, or as the next version of one that is there.

    For the claimant's office, and for whoever was asked for this paper. The same `made_id` again is the same row.
    """
    file = held(file)
    if not rules.may_file(by, file):
        require(_asked(file, paper, member, by))
    if by.person is None:
        raise Refused(may_not("subsidies.not_asked"))
    known = FilePaper._base_manager.filter(file=file, made_id=made_id).first()
    if known is not None:
        return known
    require(rules.can_take_papers(file))
    wanted = _wanted(file, paper, member)
    found = look_at(content)
    copy, version = _place(file, paper, member, replaces, at)
    kept = keep(found.content, name, organisation=file.organisation, by=by, at=at)
    row = FilePaper.objects.create(
        file=file,
        paper=paper,
        member=member,
        copy=copy,
        version=version,
        kept=kept,
        media_type=found.media_type,
        name=kept.name[:120] or paper,
        handed_by=by.person,
        handed_at=at,
        made_id=made_id,
    )
    _settle(file, paper, member, wanted, at)
    told = PaperHandedIn(paper=paper, version=version, sha256=kept.sha256)
    tell(told, by=by, at=at, organisation=file.organisation, subject=file.ref)
    return row


def _asked(file: SubsidyFile, paper: str, member: FilePerson | None, by: Actor) -> Any:
    mine = PaperAsk._base_manager.filter(file=file, paper=paper, member=member, person=by.person)
    return rules.YES if by.person is not None and mine.exists() else may_not("subsidies.not_asked")


def _wanted(file: SubsidyFile, paper: str, member: FilePerson | None) -> Required:
    found = next((one for one in required(file) if one.paper == paper), None)
    if found is None:
        raise Refused(not_now("subsidies.paper_unknown"))
    if (found.per.value == "person") != (member is not None) or (
        member is not None and member.file_id != file.pk
    ):
        raise Refused(not_now("subsidies.paper_of_whom"))
    return found


def _place(
    file: SubsidyFile, paper: str, member: FilePerson | None, replaces: FilePaper | None, at: datetime
) -> tuple[int, int]:
    """(copy, version) of a new upload; the version that it replaces is kept and counts no more."""
    rows = FilePaper._base_manager.filter(file=file, paper=paper, member=member)
    if replaces is not None:
        before = rows.filter(copy=replaces.copy).order_by("-version").first()
        if before is None:
            raise Refused(not_now("subsidies.paper_unknown"))
        FilePaper._base_manager.filter(pk=before.pk).update(replaced_at=at)
        return before.copy, before.version + 1
    last = rows.order_by("-copy").first()
    copy = last.copy + 1 if last else 1
    if copy > MOST_COPIES:
        raise Refused(not_now("subsidies.too_many_copies", most=MOST_COPIES))
    return copy, 1


def _settle(file: SubsidyFile, paper: str, member: FilePerson | None, wanted: Required, at: datetime) -> None:
    """Nobody is asked any more once enough copies are there."""
    here = FilePaper._base_manager.filter(file=file, paper=paper, member=member, replaced_at__isnull=True)
    if here.count() >= wanted.least:
        PaperAsk._base_manager.filter(file=file, paper=paper, member=member, settled_at__isnull=True).update(
            settled_at=at
        )


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who can supply a paper and has a role at `place`; of one person of the file, or of the class."""

    person: Person
    place: Organisation
    member: FilePerson | None = None


@action
def ask_for_papers(
    file: SubsidyFile, paper: str, asked: Sequence[Asking], *, by: Actor, at: datetime
) -> list[PaperAsk]:
    """Ask people for a paper; whoever is asked already is not asked again. Returns the new ones.

    The caller has seen that they can supply it.
    """
    file = held(file)
    if not rules.may_file(by, file):
        require(rules.may_decide(by, file))
    require(rules.can_take_papers(file))
    for one in asked:
        _wanted(file, paper, one.member)
    open_ones = PaperAsk._base_manager.filter(file=file, paper=paper, settled_at__isnull=True)
    standing = set(open_ones.values_list("member_id", "person_id"))
    wanted = {(one.member.pk if one.member else None, one.person.pk): one for one in asked}
    rows = [
        PaperAsk(
            file=file,
            paper=paper,
            member=one.member,
            person=one.person,
            place=one.place,
            asked_by=by.person,
            asked_at=at,
        )
        for key, one in wanted.items()
        if key not in standing
    ]
    PaperAsk.objects.bulk_create(rows)
    if rows:
        told = PaperAsked(paper=paper, people=sorted({row.person.public_id for row in rows}))
        tell(told, by=by, at=at, organisation=file.organisation, subject=file.ref)
    return rows
