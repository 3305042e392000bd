"""What a payment file needs: references kept sealed, templates of columns, and who took which file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Sum

from craftpath.domain.allowances import rules
from craftpath.domain.allowances.facts import (
    PayFileTaken,
    PayReferencesKept,
    PayTemplateKept,
    PayTemplateRemoved,
)
from craftpath.domain.allowances.models import (
    SETTLED,
    Line,
    PayColumn,
    PayReference,
    PayTemplate,
    Run,
)
from craftpath.domain.allowances.running import hold_organisation
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tokens import sealed, unsealed
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

LONGEST = 60
MOST_COLUMNS = 20
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 \-/.]{2,39}")
_TAIL = 4


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a template: its head, the field below, and the words of a fixed one."""

    heading: str
    field: str
    fixed: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """One person's row of a payment file; `reference` is whole and "" where none is kept."""

    person: int
    name: str
    reference: str
    amount: int
    pairs: int


@action
def keep_references(organisation: Organisation, given: Mapping[str, str], *, by: Actor, at: datetime) -> int:
    """Write bank or payroll references down, by public id of the person; an empty one takes it away.

    Says how many changed.
    """
    require(rules.may_run(by, organisation))
    for text in given.values():
        if text.strip() and not _REFERENCE.fullmatch(text.strip()):
            raise Refused(not_now("allowances.reference_unclear"))
    hold_organisation(organisation)
    people = list(Person.objects.filter(public_id__in=list(given)).order_by("pk"))
    rows = PayReference._base_manager.filter(organisation=organisation, person__in=people)
    kept = {row.person_id: row for row in rows}
    changed = 0
    for person in people:
        text, row = given[person.public_id].strip(), kept.get(person.pk)
        if (row is None and not text) or (row is not None and unsealed(row.sealed) == text):
            continue
        changed += 1
        if row is not None and not text:
            row.delete()
            continue
        row = row or PayReference(organisation=organisation, person=person)
        row.sealed, row.tail, row.kept_at, row.kept_by = sealed(text), text[-_TAIL:], at, by.person
        row.save()
    if changed:
        subject = Ref("kernel", "organisation", organisation.key)
        tell(PayReferencesKept(people=changed), by=by, at=at, organisation=organisation, subject=subject)
    return changed


@action
def keep_template(
    organisation: Organisation,
    *,
    name: str,
    columns: Sequence[Column],
    form: str = "xlsx",
    encoding: str = "utf-8",
    amounts: str = "major",
    total_row: bool = True,
    template: PayTemplate | None = None,
    by: Actor,
    at: datetime,
) -> PayTemplate:
    """Write down how a payment file looks; the same again changes nothing."""
    require(rules.may_run(by, organisation))
    require(rules.has_words(name, LONGEST))
    require(rules.shape_of_template(form, encoding, amounts, [one.field for one in columns]))
    if len(columns) > MOST_COLUMNS:
        raise Refused(not_now("allowances.too_many_columns", most=MOST_COLUMNS))
    hold_organisation(organisation)
    rows = PayTemplate._base_manager.filter(organisation=organisation, removed_at=None)
    named = rows.filter(name=name.strip()).exclude(pk=template.pk if template else 0).first()
    if named is not None and template is not None:
        raise Refused(not_now("allowances.template_twice", name=name.strip()))
    row = template or named or PayTemplate(organisation=organisation)
    wanted = (name.strip(), form, encoding, amounts, total_row)
    same = (row.name, row.form, row.encoding, row.amounts, row.total_row) == wanted and row.pk is not None
    if same and columns_of(row) == list(columns):
        return row
    row.name, row.form, row.encoding, row.amounts, row.total_row = wanted
    row.save()
    PayColumn._base_manager.filter(template=row).delete()
    PayColumn.objects.bulk_create(
        PayColumn(
            template=row, order=n, heading=one.heading.strip(), field=one.field, fixed=one.fixed.strip()
        )
        for n, one in enumerate(columns)
    )
    subject = Ref("kernel", "organisation", organisation.key)
    tell(PayTemplateKept(name=row.name), by=by, at=at, organisation=organisation, subject=subject)
    return row


@action
def remove_template(template: PayTemplate, *, by: Actor, at: datetime) -> None:
    """Offer a template no more; once more changes nothing."""
    require(rules.may_run(by, template.organisation))
    if PayTemplate._base_manager.filter(pk=template.pk, removed_at=None).update(removed_at=at):
        subject = Ref("kernel", "organisation", template.organisation.key)
        told = PayTemplateRemoved(name=template.name)
        tell(told, by=by, at=at, organisation=template.organisation, subject=subject)


def columns_of(template: PayTemplate) -> list[Column]:
    """The columns in their order."""
    rows = PayColumn._base_manager.filter(template=template).order_by("order")
    return [Column(*row) for row in rows.values_list("heading", "field", "fixed")]


def payments_of(run: Run) -> list[Payment]:
    """What each person gets by a run, counter-lines set off, by name and id; whoever gets nothing has no row."""
    rows = Line._base_manager.filter(run=run).order_by().values("payee_id", "payee__name")
    summed = rows.annotate(sum_=Sum("amount"), pairs=Count("bond", distinct=True)).exclude(sum_=0)
    kept = {
        pk: unsealed(text)
        for pk, text in PayReference._base_manager.filter(organisation=run.organisation).values_list(
            "person_id", "sealed"
        )
    }
    told = summed.order_by("payee__name", "payee_id").values_list("payee_id", "payee__name", "sum_", "pairs")
    return [Payment(pk, name, kept.get(pk, ""), sum_, pairs) for pk, name, sum_, pairs in told]


@action
def take_file(
    run: Run, template: PayTemplate, content: bytes, people: int, *, by: Actor, at: datetime
) -> None:
    """Note that somebody takes a payment file of an approved run; refused for any other."""
    require(rules.may_run(by, run.organisation))
    if run.state not in SETTLED:
        raise Refused(not_now("allowances.not_approved"))
    told = PayFileTaken(
        month=f"{run.month:%Y-%m}", template=template.name, people=people, total=run.total,
        sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
    tell(told, by=by, at=at, organisation=run.organisation, subject=run.ref)
