"""Forms are asked for, put together by a worker, looked at, mended by hand and made into papers."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from craftpath.domain.exams import rules
from craftpath.domain.exams.analysis import LEAST_RASCH
from craftpath.domain.exams.facts import FormsAssembled, FormsImpossible, FormsTaken, QuestionSwapped
from craftpath.domain.exams.keeping import broken, swapped, worse
from craftpath.domain.exams.models import Assembly, Blueprint, Item, Paper
from craftpath.domain.exams.papering import make_paper
from craftpath.domain.exams.pool import Pool, pool_of, taking_part
from craftpath.domain.exams.posing import SECONDS, assembled
from craftpath.domain.exams.states import ASSEMBLY
from craftpath.domain.exams.wishes import LETTERS, Wish
from craftpath.kernel import progress
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.jobs import enqueue
from craftpath.values.verdict import Refused, Verdict, not_now, require

JOB = "assemble"
NAMESPACE = uuid.UUID("6f0d9a0e-6b0a-4b52-9a63-0d7c1c5b9a11")
_LOOK = 1.0  # seconds between two looks whether it is wanted still


@action
def ask_forms(
    blueprint: Blueprint, *, made_id: uuid.UUID, seed: int = 0, by: Actor, at: datetime
) -> Assembly:
    """Ask a worker for forms; the same press, or one while the same wishes are worked on, is the same row."""
    rows = Blueprint.objects.select_for_update(of=("self",)).select_related("organisation")
    row = rows.get(pk=blueprint.pk)
    require(rules.may_write(by, row.organisation))
    if by.person is None or by.organisation is None:
        raise TypeError("forms are put together for a person of an organisation")
    known = Assembly._base_manager.filter(made_id=made_id).first()
    if known is not None:
        return known
    running = Assembly._base_manager.filter(blueprint=row, state="asked").first()
    if running is not None:
        if (running.wanted, running.seed) == (row.wanted, seed):
            return running
        _end(running, "cancel", at)  # its wishes are those of yesterday
    made = Assembly(
        made_id=made_id,
        blueprint=row,
        wanted=row.wanted,
        seed=seed,
        asked_in=by.organisation,
        asked_by=by.person,
        asked_at=at,
    )
    made.save()
    enqueue(JOB, made.pk)
    return made


@dataclass(slots=True)
class _Watch:
    """A clock that jumps to the end once nobody wants the forms any more, and says how far the search is."""

    assembly: Assembly
    clock: Callable[[], float]
    began: float
    looked: float
    stopped: bool = False

    def __call__(self) -> float:
        now = self.clock()
        progress.step("assembling", min(int(now - self.began), SECONDS), SECONDS)
        if now - self.looked > _LOOK:
            self.looked = now
            self.stopped = not Assembly.objects.filter(pk=self.assembly.pk, state="asked").exists()
        return self.began + 10 * SECONDS if self.stopped else now


def carry_out(
    assembly: Assembly, *, by: Actor, at: datetime, clock: Callable[[], float] = time.monotonic
) -> None:
    """The worker's part: nothing is written before the forms are there, so a killed worker leaves nothing behind."""
    if assembly.state != "asked":
        return
    wish, pool = Wish.of(assembly.wanted), pool_of(assembly.blueprint.organisation)
    now = clock()
    try:
        require(rules.may_write(by, assembly.blueprint.organisation))
        _can_begin(wish, pool)
        with progress.counting(assembly.public_id, JOB):
            possible, found = assembled(pool, wish, assembly.seed, _Watch(assembly, clock, now, now))
        if not possible and "status" in found:
            raise Refused(not_now("exams.assembly_no_time", seconds=SECONDS))
        keep = finish_forms if possible else blame_forms
        keep(assembly, found, by=by, at=at)
    except Refused as refused:
        refuse_forms(assembly, refused.verdict, by=by, at=at)
    except Exception:  # the page must not wait for ever; the job fails as well, where it is looked after
        refuse_forms(assembly, not_now("exams.assembly_failed"), by=by, at=at)
        raise


def _can_begin(wish: Wish, pool: Pool) -> None:
    """Refused in one sentence if nothing has a curve, or if a question that has to be in cannot be."""
    usable = taking_part(pool, wish).items
    if wish.goal == "information" and not usable:
        raise Refused(not_now("exams.none_calibrated", least=LEAST_RASCH))
    lost = [key for key in wish.those("every", "some") if key not in usable]
    if lost:
        gone = [key for key in lost if key not in pool.items]
        known = {item.public_id: called(item) for item in Item.objects.filter(public_id__in=lost)}
        words = "”, “".join(known.get(key, key) for key in (gone or lost)[:3])
        raise Refused(not_now("exams.named_gone" if gone else "exams.named_without_curve", items=words))


@action
def finish_forms(assembly: Assembly, found: dict[str, Any], *, by: Actor, at: datetime) -> Assembly:
    """Keep the forms; nothing of what was taken back or finished by another worker."""
    row = _held(assembly)
    if row.state == "asked":
        row.found = found
        _end(row, "finish", at)
        _tell(FormsAssembled(row.public_id, len(found["forms"])), row, by=by, at=at)
    return row


@action
def blame_forms(assembly: Assembly, found: dict[str, Any], *, by: Actor, at: datetime) -> Assembly:
    """There are no such forms: keep what is to blame, as `finish_forms` keeps forms."""
    row = _held(assembly)
    if row.state == "asked":
        row.found = found
        _end(row, "blame", at)
        _tell(FormsImpossible(row.public_id), row, by=by, at=at)
    return row


@action
def refuse_forms(assembly: Assembly, verdict: Verdict, *, by: Actor, at: datetime) -> Assembly:
    """It could not be done, and why; whoever comes back reads it."""
    row = _held(assembly)
    if row.state != "asked":
        return row
    row.reason = verdict.reason
    row.facts = {
        name: value if isinstance(value, int | str) else str(value) for name, value in verdict.facts.items()
    }
    _end(row, "refuse", at)
    return row


@action
def cancel_forms(assembly: Assembly, *, by: Actor, at: datetime) -> Assembly:
    """Take the wish back as long as it is worked on; once more changes nothing."""
    row = _held(assembly)
    require(rules.may_write(by, row.blueprint.organisation))
    if row.state == "cancelled":
        return row
    _end(row, "cancel", at)
    return row


@action
def swap_question(assembly: Assembly, *, form: int, out: str, into: str, by: Actor, at: datetime) -> Assembly:
    """One question for another that keeps every rule; one that all forms share is changed in all.

    `form` counts from 0, `out` and `into` are public ids. Again, it changes nothing.
    """
    row = _held(assembly)
    require(rules.may_write(by, row.blueprint.organisation))
    if row.state != "done":
        raise Refused(not_now("exams.forms_not_open"))
    forms = forms_of(row)
    if not 0 <= form < len(forms):
        raise Refused(not_now("exams.form_unknown"))
    if out not in forms[form]:
        if into in forms[form]:
            return row  # pressed twice
        raise Refused(not_now("exams.form_question_unknown"))
    wish = Wish.of(row.wanted)
    pool = open_pool(row, wish)
    if into not in pool.items or into in forms[form]:
        raise Refused(not_now("exams.swap_not_there"))
    after = swapped(forms, form, out, into)
    bad = worse(broken(wish, pool, forms), broken(wish, pool, after))
    if bad:
        raise Refused(not_now("exams.swap_breaks", **bad[0].facts))
    versions = {key: number for one in row.found["forms"] for key, number in one}
    versions[into] = pool.items[into].version
    row.found = row.found | {"forms": [[[key, versions[key]] for key in one] for one in after]}
    row.swaps += 1
    row.save(update_fields=["found", "swaps"])
    _tell(QuestionSwapped(row.public_id, LETTERS[form], out, into), row, by=by, at=at)
    return row


@action
def take_forms(assembly: Assembly, *, by: Actor, at: datetime) -> list[Paper]:
    """Make a paper of each form, once; refused with the reason if the bank does not allow it any more."""
    row = _held(assembly)
    require(rules.may_write(by, row.blueprint.organisation))
    if row.state == "taken":
        return papers_of(row)
    if row.state != "done":
        raise Refused(not_now("exams.forms_not_open"))
    items = _locked(row)
    wish, papers = Wish.of(row.wanted), []
    for letter, form in zip(LETTERS, forms_of(row), strict=False):
        paper = make_paper(
            [items[key] for key in form],
            organisation=row.blueprint.organisation,
            made_id=_paper_id(row, letter),
            title=f"{row.blueprint.title} {letter}",
            minutes=wish.minutes,
            blueprint=row.blueprint,
            form=letter,
            by=by,
            at=at,
        )
        papers.append(paper)
    row.state = ASSEMBLY.after(row.state, "take")
    row.ended_at = at
    row.save(update_fields=["state", "ended_at"])
    told = FormsTaken(row.public_id, [paper.public_id for paper in papers], len(papers))
    _tell(told, row, by=by, at=at)
    return papers


def _locked(row: Assembly) -> dict[str, Item]:
    """The items of all forms, locked in one order and unchanged since the forms were put together; or a refusal."""
    versions = {key: number for one in row.found["forms"] for key, number in one}
    keys = sorted(versions)
    list(Item.objects.select_for_update(of=("self",)).filter(public_id__in=keys).order_by("pk"))
    rows = Item.objects.select_related("newest", "organisation").filter(public_id__in=keys)
    items = {item.public_id: item for item in rows}
    wish = Wish.of(row.wanted)
    pool = open_pool(row, wish)
    for key in keys:
        if key in pool.items and pool.items[key].version != versions[key]:
            raise Refused(not_now("exams.form_item_rewritten", item=called(items[key])))
    for one in broken(wish, pool, forms_of(row)):
        facts = one.facts
        if one.item:
            facts["item"] = called(items[one.item]) if one.item in items else one.item
        raise Refused(not_now(one.code, **facts))
    return items


def open_pool(row: Assembly, wish: Wish) -> Pool:
    """What may stand in these forms now; with curves on the scale by which they were put together."""
    return taking_part(pool_of(row.blueprint.organisation, row.found.get("scale")), wish)


def called(item: Item) -> str:
    """What an item is called in a sentence."""
    return item.words[:60] or item.public_id


def forms_of(row: Assembly) -> list[list[str]]:
    """Public ids of the items, form by form."""
    return [[key for key, _version in form] for form in row.found["forms"]]


def papers_of(row: Assembly) -> list[Paper]:
    """The papers that were made of these forms, in their order."""
    ids = [_paper_id(row, letter) for letter in LETTERS]
    return list(Paper.objects.select_related("organisation").filter(made_id__in=ids).order_by("form"))


def _paper_id(row: Assembly, letter: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{row.public_id} {letter}")


def _held(assembly: Assembly) -> Assembly:
    rows = Assembly.objects.select_for_update(of=("self",)).select_related("blueprint__organisation")
    return rows.get(pk=assembly.pk)


def _end(row: Assembly, move: str, at: datetime) -> None:
    row.state, row.ended_at = ASSEMBLY.after(row.state, move), at
    row.save(update_fields=["state", "ended_at", "found", "reason", "facts"])


def _tell(told: Fact, row: Assembly, *, by: Actor, at: datetime) -> None:
    tell(told, by=by, at=at, organisation=row.blueprint.organisation, subject=row.blueprint.ref)
