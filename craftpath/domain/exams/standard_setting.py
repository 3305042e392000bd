"""Standard setting by modified Angoff: judges are asked, rounds open and close, a body adopts the cut score."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import timezone

from craftpath.domain.exams import rules
from craftpath.domain.exams.facts import (
    CutAdopted,
    CutProposed,
    JudgeExcused,
    JudgesInvited,
    RoundClosed,
    RoundOpened,
    StudyPlanned,
    StudyWithdrawn,
)
from craftpath.domain.exams.marking import scored
from craftpath.domain.exams.models import (
    LONGEST_BORDERLINE,
    LONGEST_TITLE,
    METHODS,
    MOST_ROUNDS,
    Adoption,
    Estimate,
    Judge,
    Paper,
    PaperLine,
    Round,
    Sitting,
    Study,
)
from craftpath.domain.exams.panel import computed, difficulty, panel_of
from craftpath.domain.exams.states import STUDY
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.people import Person

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@action
def plan_study(
    paper: Paper,
    *,
    made_id: uuid.UUID,
    title: str,
    borderline: Text,
    judges: Sequence[Person],
    method: str = "percent",
    rounds: int = 2,
    by: Actor,
    at: datetime,
) -> Study:
    """A study of a ready paper with its first judges; the same form (`made_id`) plans it once."""
    require(rules.may_hold(by, paper.organisation))
    standing = Study._base_manager.filter(made_id=made_id).first()
    if standing is not None:
        return standing
    require(rules.can_use_paper(paper))
    title = " ".join(title.split())
    require(rules.can_title(title, LONGEST_TITLE))
    if method not in METHODS:
        raise Refused(not_now("exams.study_method_unknown"))
    if not 1 <= rounds <= MOST_ROUNDS:
        raise Refused(not_now("exams.study_rounds_outside", most=MOST_ROUNDS))
    texts = {key: words.strip() for key, words in borderline.as_json().items() if words.strip()}
    if not texts or max(map(len, texts.values())) > LONGEST_BORDERLINE:
        raise Refused(not_now("exams.study_no_candidate", most=LONGEST_BORDERLINE))
    row = Study(
        made_id=made_id,
        organisation=paper.organisation,
        paper=paper,
        title=title,
        method=method,
        borderline=texts,
        rounds=rounds,
        made_by=by.person,
        made_at=at,
    )
    row.save()
    _tell(StudyPlanned(_seat(row, judges, by, at)), row, by=by, at=at)
    return row


@action
def invite_judges(study: Study, people: Sequence[Person], *, by: Actor, at: datetime) -> int:
    """Ask more judges, also between rounds; who is asked already stays as they are. Returns how many are new."""
    row = _locked(study)
    require(rules.may_hold(by, row.organisation))
    _require_alive(row)
    count = _seat(row, people, by, at)
    if count:
        _tell(JudgesInvited(count), row, by=by, at=at)
    return count


def _seat(row: Study, people: Sequence[Person], by: Actor, at: datetime) -> int:
    """Letters are drawn, so that they tell nothing of the order in which people were asked."""
    standing = list(Judge._base_manager.filter(study=row).values_list("person_id", "letter"))
    known, taken = {person for person, _letter in standing}, {letter for _person, letter in standing}
    new = list({one.pk: one for one in people if one.pk not in known}.values())
    free = [letter for letter in LETTERS if letter not in taken]
    if len(new) > len(free):
        raise Refused(not_now("exams.judges_too_many", most=len(LETTERS)))
    secrets.SystemRandom().shuffle(new)
    Judge.objects.bulk_create(
        [
            Judge(study=row, person=one, letter=letter, asked_by=by.person, asked_at=at)
            for one, letter in zip(new, free, strict=False)
        ]
    )
    return len(new)


@action
def excuse_judge(judge: Judge, *, because: str, by: Actor, at: datetime) -> Judge:
    """Do without somebody from the open round on; closed rounds keep what was said. A second press changes nothing."""
    study = _locked(judge.study)
    require(rules.may_hold(by, study.organisation))
    _require_alive(study)
    row = Judge.objects.select_for_update(of=("self",)).get(pk=judge.pk)
    if row.excused_at is not None:
        return row
    require(rules.can_give_reason(because))
    row.excused_at, row.excused_because = at, because.strip()
    row.save(update_fields=["excused_at", "excused_because"])
    _tell(JudgeExcused(row.excused_because), study, by=by, at=at)
    return row


@action
def open_round(
    study: Study, *, due_on: date, sitting: Sitting | None = None, by: Actor, at: datetime
) -> Round:
    """The next round. With a closed sitting of the paper, judges see how hard its questions were found there."""
    row = _locked(study)
    require(rules.may_hold(by, row.organisation))
    state = STUDY.after(row.state, "open")
    require(rules.can_be_due(due_on, timezone.localdate(at)))
    if Judge._base_manager.filter(study=row, excused_at__isnull=True).count() < rules.FEWEST_JUDGES:
        raise Refused(not_now("exams.judges_too_few", least=rules.FEWEST_JUDGES))
    last = Round._base_manager.filter(study=row).aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_ROUNDS:
        raise Refused(not_now("exams.rounds_used_up", most=MOST_ROUNDS))
    if sitting is not None and (sitting.paper_id != row.paper_id or sitting.state != "closed"):
        raise Refused(not_now("exams.sitting_of_another_paper"))
    made = Round(
        study=row,
        number=last + 1,
        due_on=due_on,
        sitting=sitting,
        observed=difficulty(scored(sitting)) if sitting is not None else {},
        opened_at=at,
    )
    made.save()
    row.state = state
    row.save(update_fields=["state"])
    _tell(RoundOpened(made.number, due_on.isoformat()), row, by=by, at=at)
    return made


@action
def give_estimates(judge: Judge, values: Mapping[int, int], *, number: int, by: Actor, at: datetime) -> int:
    """Order of a question → value, into round `number` while it is open; the same again changes nothing.

    Returns how many values are new or other than before.
    """
    study = _locked(judge.study)
    row = Judge.objects.select_related("study").get(pk=judge.pk)
    require(rules.may_judge(by, row))
    now = Round._base_manager.filter(study=study, closed_at__isnull=True).first()
    require(rules.can_write_into(now, number))
    lines = {
        line.order: line for line in PaperLine.objects.filter(paper=study.paper_id, order__in=list(values))
    }
    if set(lines) != set(values):
        raise Refused(not_now("exams.line_unknown"))
    for value in values.values():
        require(rules.can_estimate(value, study.method))
    known = dict(Estimate._base_manager.filter(judge=row, round=now).values_list("line_id", "value"))
    new = {order: value for order, value in values.items() if known.get(lines[order].pk) != value}
    Estimate.objects.bulk_create(
        [
            Estimate(judge=row, round=now, line=lines[order], value=value, saved_at=at)
            for order, value in new.items()
        ],
        update_conflicts=True,
        unique_fields=["judge", "round", "line"],
        update_fields=["value", "saved_at"],
    )
    return len(new)


@action
def close_round(study: Study, *, by: Actor, at: datetime) -> Round:
    """The end of the open round: who left questions out does not count in it."""
    row = _locked(study)
    require(rules.may_hold(by, row.organisation))
    row.state = STUDY.after(row.state, "close")
    now = Round.objects.select_for_update(of=("self",)).get(study=row, closed_at__isnull=True)
    now.closed_at = at
    now.save(update_fields=["closed_at"])
    row.save(update_fields=["state"])
    last = panel_of(row).passes[-1]
    _tell(RoundClosed(now.number, len(last.totals()), len(last.judges)), row, by=by, at=at)
    return now


@action
def propose_cut(study: Study, *, by: Actor, at: datetime) -> Study:
    """Lay the last closed round before the body that decides."""
    row = _locked(study)
    require(rules.may_hold(by, row.organisation))
    state = STUDY.after(row.state, "propose")
    cut, full = _computed(row)
    row.state = state
    row.save(update_fields=["state"])
    _tell(CutProposed(str(cut), str(full)), row, by=by, at=at)
    return row


def _computed(row: Study) -> tuple[Decimal, Decimal]:
    """The cut score of the last closed round, and all points of the paper."""
    panel = panel_of(row)
    cut = computed(panel)
    if cut is None:
        raise Refused(not_now("exams.no_cut_yet"))
    return cut, panel.full


@action
def adopt_cut(
    study: Study,
    *,
    body: str,
    adopted_on: date,
    cut: Decimal,
    because: str = "",
    by: Actor,
    at: datetime,
) -> Adoption:
    """A named body has decided; final. The same record sent again finds the first one."""
    row = _locked(study)
    require(rules.may_hold(by, row.organisation))
    body, because = " ".join(body.split()), because.strip()
    standing = Adoption._base_manager.filter(study=row).first()
    if standing is not None and (standing.body, standing.adopted_on, standing.cut) == (body, adopted_on, cut):
        return standing
    state = STUDY.after(row.state, "adopt")
    advice, full = _computed(row)
    require(rules.can_name_body(body))
    require(rules.can_adopt(cut, full, advice, because))
    if adopted_on > timezone.localdate(at):
        raise Refused(not_now("exams.adopted_in_the_future"))
    made = Adoption(
        study=row,
        body=body,
        adopted_on=adopted_on,
        cut=cut,
        computed=advice,
        full=full,
        because=because,
        recorded_by=by.person,
        recorded_at=at,
    )
    made.save()
    row.state = state
    row.save(update_fields=["state"])
    _tell(CutAdopted(body, str(cut), str(full), str(advice)), row, by=by, at=at)
    return made


@action
def withdraw_study(study: Study, *, because: str, by: Actor, at: datetime) -> Study:
    """End it without a cut score; an open round closes with it."""
    row = _locked(study)
    require(rules.may_hold(by, row.organisation))
    state = STUDY.after(row.state, "withdraw")
    require(rules.can_give_reason(because))
    row.state, row.because = state, because.strip()
    Round._base_manager.filter(study=row, closed_at__isnull=True).update(closed_at=at)
    row.save(update_fields=["state", "because"])
    _tell(StudyWithdrawn(row.because), row, by=by, at=at)
    return row


def _require_alive(row: Study) -> None:
    if row.state in ("adopted", "withdrawn"):
        raise Refused(not_now("exams.study_is_over"))


def _locked(study: Study) -> Study:
    rows = Study.objects.select_for_update(of=("self",)).select_related("organisation", "paper")
    found: Study = rows.get(pk=study.pk)
    return found


def _tell(fact: Fact, row: Study, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
