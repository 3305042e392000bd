"""Writing rule books: a draft is changed row by row; once adopted it never changes, and the next one replaces it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.text import slugify

from craftpath.domain.allowances import rules
from craftpath.domain.allowances.checking import NewRule, fault_of, shape_of
from craftpath.domain.allowances.facts import BookAdopted, BookDrafted, BookDropped
from craftpath.domain.allowances.models import COMPONENTS, RESULTS_FROM, SCOPES, Cap, Rule, RuleBook
from craftpath.domain.allowances.presets import PRESETS
from craftpath.domain.allowances.running import hold_organisation
from craftpath.domain.allowances.states import BOOK
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.money import MINOR_DIGITS
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    pass

MOST_RULES = 30


@action
def draft_book(
    organisation: Organisation,
    *,
    valid_from: date,
    currency: str = "CNY",
    preset: str = "",
    language: str = "zh",
    by: Actor,
    at: datetime,
) -> RuleBook:
    """Begin a version: a copy of the one in force, or an example to start from, in words of `language`.

    Where there is a draft, that is it.
    """
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
        results_from=before.results_from if before and not preset else RESULTS_FROM[0],
        made_by=by.person,
        made_at=at,
    )
    if preset in PRESETS:
        for new in PRESETS[preset]:
            named = {"name": Text.of(new["name"]).say(language)}
            _write(book, NewRule(**new | named), None)
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
def date_book(
    book: RuleBook, *, valid_from: date, results_from: str = "", by: Actor, at: datetime
) -> RuleBook:
    """Let a draft hold from another day, or let its bands of results look at something else."""
    book = _held_draft(book, by)
    if results_from not in ("", *RESULTS_FROM):
        raise Refused(not_now("allowances.results_from_unknown"))
    book.valid_from, book.results_from = valid_from, results_from or book.results_from
    book.save(update_fields=["valid_from", "results_from"])
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
    require(fault_of(book))
    return row


def _write(book: RuleBook, new: NewRule, rule: Rule | None) -> Rule:
    require(shape_of(new))
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
    require(fault_of(book))
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
    require(fault_of(book))
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
