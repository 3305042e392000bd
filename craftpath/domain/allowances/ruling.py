"""Writing rule books: a draft is changed row by row; once adopted it never changes, and the next one replaces it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify

from craftpath.domain.allowances import rules
from craftpath.domain.allowances.examples import nobody
from craftpath.domain.allowances.facts import BookAdopted, BookDrafted, BookDropped
from craftpath.domain.allowances.gathering import Book, books_of
from craftpath.domain.allowances.inputs import cap_row, engine_cap, engine_rule, rule_row
from craftpath.domain.allowances.models import COMPONENTS, MOST_AMOUNT, SCOPES, Cap, Rule, RuleBook
from craftpath.domain.allowances.presets import PRESETS
from craftpath.domain.allowances.running import hold_organisation, of_fault
from craftpath.domain.allowances.states import BOOK
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.money import MINOR_DIGITS
from craftpath.values.period import Period
from craftpath.values.verdict import Refused, Verdict, not_now, require

if TYPE_CHECKING:
    from craftpath.engines.allowances import monthly

MOST_RULES = 30
RULE_FIELDS = (
    "name", "component", "payer", "basis", "amount", "priority", "kinds", "roles", "occupations", "stages", "ratio",
    "over_capacity", "results", "undecided", "least_hours", "least_weeks", "by_day",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule as it is written: amounts in minor units, factors in thousandths, results in hundredths of a percent."""

    name: str
    amount: int
    component: str = "teaching"
    payer: str = "enterprise"
    basis: str = "pair_month"
    priority: int = 0
    kinds: Sequence[str] = ()
    roles: Sequence[str] = ()
    occupations: Sequence[str] = ()
    stages: Sequence[str] = ()
    ratio: Sequence[tuple[int | None, int]] = ()
    over_capacity: int | None = None
    results: Sequence[tuple[int, int]] = ()
    undecided: int = 0
    least_hours: int = 0
    least_weeks: int = 0
    by_day: bool = True
    key: str = ""

    def columns(self) -> dict[str, Any]:
        """As the table has them."""
        listed = ("kinds", "roles", "occupations", "stages")
        found = {name: getattr(self, name) for name in RULE_FIELDS}
        found |= {name: sorted(set(found[name])) for name in listed}
        return found | {name: [list(band) for band in found[name]] for name in ("ratio", "results")}


@action
def draft_book(
    organisation: Organisation,
    *,
    valid_from: date,
    currency: str = "CNY",
    preset: str = "",
    by: Actor,
    at: datetime,
) -> RuleBook:
    """Begin a version: a copy of the one in force, or an example to start from. Where there is a draft, that is it."""
    require(rules.may_run(by, organisation))
    if currency not in MINOR_DIGITS:
        raise Refused(not_now("allowances.currency_unknown"))
    hold_organisation(organisation)
    rows = RuleBook._base_manager.filter(organisation=organisation)
    draft = rows.filter(state="draft").first()
    if draft is not None:
        return draft
    last, before = rows.order_by("-number").first(), rows.filter(state="in_force").first()
    book = RuleBook.objects.create(
        organisation=organisation,
        number=last.number + 1 if last else 1,
        currency=before.currency if before and not preset else currency,
        valid_from=valid_from,
        made_by=by.person,
        made_at=at,
    )
    if preset in PRESETS:
        for new in PRESETS[preset]:
            _write(book, NewRule(**new), None)
    elif before is not None:
        _copy(before, book)
    tell(BookDrafted(number=book.number), by=by, at=at, organisation=organisation, subject=book.ref)
    return book


def _copy(before: RuleBook, book: RuleBook) -> None:
    for table in (Rule, Cap):
        for row in table._base_manager.filter(book=before).order_by("pk"):
            row.pk, row.book = None, book
            row._state.adding = True
            row.save()


@action
def date_book(book: RuleBook, *, valid_from: date, by: Actor, at: datetime) -> RuleBook:
    """Let a draft hold from another day."""
    book = _held_draft(book, by)
    book.valid_from = valid_from
    book.save(update_fields=["valid_from"])
    return book


@action
def write_rule(book: RuleBook, new: NewRule, *, rule: Rule | None = None, by: Actor, at: datetime) -> Rule:
    """Add a rule to a draft, or write one of it anew; refused with the first thing that makes no sense in the book."""
    book = _held_draft(book, by)
    if rule is None:
        same = Rule.objects.filter(book=book, name=new.name.strip()).first()
        if same is not None and all(getattr(same, name) == value for name, value in new.columns().items()):
            return same  # pressed twice
        if Rule.objects.filter(book=book).count() >= MOST_RULES:
            raise Refused(not_now("allowances.too_many_rules", most=MOST_RULES))
    row = _write(book, new, rule)
    require(_fault_of(book))
    return row


def _write(book: RuleBook, new: NewRule, rule: Rule | None) -> Rule:
    require(_shape(new))
    row = rule or Rule(book=book, key=new.key or _free_key(book, new.name))
    for name, value in new.columns().items():
        setattr(row, name, value)
    row.name = row.name.strip()
    row.save()
    return row


def _free_key(book: RuleBook, name: str) -> str:
    wanted = slugify(name)[:30] or "rule"
    taken = set(Rule.objects.filter(book__organisation=book.organisation).values_list("key", flat=True))
    key, n = wanted, 1
    while key in taken:
        n += 1
        key = f"{wanted}-{n}"
    return key


def _shape(new: NewRule) -> Verdict:
    """What the columns can hold; what the engine says of it comes after."""
    if not new.name.strip():
        return not_now("allowances.rule_without_name")
    if not 0 <= new.amount <= MOST_AMOUNT:
        return not_now("allowances.amount_out_of_range", rule=new.name)
    known = new.component in COMPONENTS and new.payer in rules.PAYERS and new.basis in rules.BASES
    if not known:
        return not_now("allowances.rule_unknown")
    if min(new.undecided, new.least_hours, new.least_weeks, new.over_capacity or 0) < 0:
        return not_now("allowances.number_negative", rule=new.name)
    if max(new.undecided, new.over_capacity or 0) > rules.WHOLE:
        return not_now("allowances.factor_not_share", rule=new.name)
    return not_now("allowances.too_many_bands") if max(len(new.ratio), len(new.results)) > 6 else Verdict()  # noqa: PLR2004


@action
def remove_rule(rule: Rule, *, by: Actor, at: datetime) -> None:
    """Take a rule out of a draft; once more changes nothing."""
    _held_draft(rule.book, by)
    Rule._base_manager.filter(pk=rule.pk).delete()


@action
def set_cap(
    book: RuleBook, *, scope: str, component: str = "", most: int | None, by: Actor, at: datetime
) -> Cap | None:
    """Set the most that lines come to, or with None take the cap away."""
    book = _held_draft(book, by)
    if scope not in SCOPES or component not in ("", *COMPONENTS):
        raise Refused(not_now("allowances.cap_unknown"))
    if most is None:
        Cap._base_manager.filter(book=book, scope=scope, component=component).delete()
        return None
    if most < 0:
        raise Refused(not_now("allowances.cap_negative"))
    row, _new = Cap._base_manager.update_or_create(
        book=book, scope=scope, component=component, defaults={"most": most}
    )
    require(_fault_of(book))
    return row


@action
def adopt_book(book: RuleBook, *, by: Actor, at: datetime) -> RuleBook:
    """Let a draft hold from its day on; it never changes any more. Once more changes nothing."""
    hold_organisation(book.organisation)
    require(rules.may_run(by, book.organisation))
    book = RuleBook.objects.select_for_update(of=("self",), no_key=True).get(pk=book.pk)
    if book.state == "in_force":
        return book
    after = BOOK.after(book.state, "adopt")
    count = Rule.objects.filter(book=book).count()
    if not count:
        raise Refused(not_now("allowances.book_empty"))
    require(_fault_of(book))
    before = RuleBook.objects.filter(organisation=book.organisation, state="in_force").first()
    if before is not None:
        if book.valid_from <= before.valid_from:
            raise Refused(not_now("allowances.book_not_later", on=before.valid_from))
        replace_book(before, by=by, at=at)
    book.state, book.adopted_by, book.adopted_at = after, by.person, at
    book.save(update_fields=["state", "adopted_by", "adopted_at"])
    told = BookAdopted(number=book.number, valid_from=book.valid_from.isoformat(), rules=count)
    tell(told, by=by, at=at, organisation=book.organisation, subject=book.ref)
    return book


@action
def replace_book(book: RuleBook, *, by: Actor, at: datetime) -> RuleBook:
    """The next version is adopted; this one holds until that is valid."""
    book.state = BOOK.after(book.state, "replace")
    book.save(update_fields=["state"])
    return book


@action
def drop_book(book: RuleBook, *, by: Actor, at: datetime) -> RuleBook:
    """Throw a draft away; once more changes nothing."""
    hold_organisation(book.organisation)
    require(rules.may_run(by, book.organisation))
    book = RuleBook.objects.select_for_update(of=("self",), no_key=True).get(pk=book.pk)
    if book.state == "dropped":
        return book
    book.state = BOOK.after(book.state, "drop")
    book.save(update_fields=["state"])
    tell(BookDropped(number=book.number), by=by, at=at, organisation=book.organisation, subject=book.ref)
    return book


def _held_draft(book: RuleBook, by: Actor) -> RuleBook:
    """The draft as it is now, kept from others; refused once it is adopted or dropped."""
    hold_organisation(book.organisation)
    require(rules.may_run(by, book.organisation))
    row = RuleBook.objects.select_for_update(of=("self",), no_key=True).get(pk=book.pk)
    BOOK.after(row.state, "adopt")
    return row


def _fault_of(book: RuleBook) -> Verdict:
    """The first thing that the engine finds wrong with a draft, beside the version before it."""
    faults = check_rows(*rows_of(book, [row for row in books_of(book.organisation) if row.row.pk != book.pk]))
    if not faults:
        return Verdict()
    verdict = of_fault(faults[0])
    names = dict(Rule.objects.filter(book__organisation=book.organisation).values_list("key", "name"))
    said = {
        name: names.get(str(value), value)
        for name, value in verdict.facts.items()
        if name in ("rule", "other")
    }
    return not_now(verdict.reason, **(dict(verdict.facts) | said))


def rows_of(book: RuleBook, others: Sequence[Book]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rules of a draft and of the version before it, each with its days; and the draft's caps."""
    valid = Period(book.valid_from)
    found = [
        rule_row(rule, book.number, book.currency, valid)
        for rule in Rule.objects.filter(book=book).order_by("key")
    ]
    for one in others[-1:]:
        if one.valid.start < book.valid_from:
            ends = Period(one.valid.start, book.valid_from)
            found += [rule_row(rule, one.row.number, one.row.currency, ends) for rule in one.row.rules.all()]
    return found, [cap_row(cap, book.currency) for cap in Cap.objects.filter(book=book).order_by("pk")]


def check_rows(
    rows: Sequence[Mapping[str, Any]], caps: Sequence[Mapping[str, Any]]
) -> tuple[monthly.Fault, ...]:
    """What the engine finds wrong with rules and caps alone."""
    from craftpath.engines.allowances import monthly  # noqa: PLC0415 - NumPy, which no start needs

    day = date(2026, 11, 1)  # any month: without pairs it plays no part
    return monthly.check(
        day, [engine_rule(row) for row in rows], nobody(), caps=[engine_cap(cap) for cap in caps]
    )


def row_of_new(new: NewRule, currency: str, valid: Period) -> dict[str, Any]:
    """A rule that is still being written, as a row of the inputs; refused as `write_rule` would refuse it alone."""
    require(_shape(new))
    row = rule_row(Rule(key=new.key or "new", **new.columns()), 1, currency, valid)
    faults = check_rows([row], [])
    if faults:
        facts = dict(faults[0].facts) | {"rule": new.name}
        raise Refused(not_now(faults[0].code, **facts))
    return row
