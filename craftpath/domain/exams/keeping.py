"""Do forms keep what a blueprint wants? Counted anew in plain figures, for swaps and before papers are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from craftpath.domain.exams.pool import Pool, Pooled, fits
from craftpath.domain.exams.wishes import LETTERS, Wish

Forms = Sequence[Sequence[str]]
"""Keys of items, form by form."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule that a form does not keep: a reason code, the form's letter, the row from one; it has, and may have."""

    code: str
    form: str = ""
    row: int = 0
    has: str = ""
    least: str = ""
    most: str = ""
    item: str = ""

    @property
    def facts(self) -> dict[str, str | int]:
        """What its sentence names."""
        return {
            "form": self.form,
            "row": self.row,
            "has": self.has,
            "least": self.least,
            "most": self.most,
            "item": self.item,
        }


def broken(wish: Wish, pool: Pool, forms: Forms) -> list[Broken]:
    """Every rule that is not kept; none for forms that may become papers."""
    found = [one for n, form in enumerate(forms) for one in within(wish, pool, form, LETTERS[n])]
    return [*found, *between(wish, forms), *absent(wish, forms), *exposed(pool, forms)]


def within(wish: Wish, pool: Pool, form: Sequence[str], letter: str) -> Iterator[Broken]:
    """Rules of one form."""
    for key in form:
        if key not in pool.items:
            yield Broken("exams.form_item_gone", letter, item=key)
    items = [pool.items[key] for key in form if key in pool.items]
    for n, row in enumerate(wish.rows, start=1):
        has = sum(fits(item, row) for item in items)
        if not row.least <= has <= row.most:
            yield Broken("exams.form_row_unmet", letter, n, str(has), str(row.least), str(row.most))
    least, most = wish.questions
    if not least <= len(form) <= most:
        yield Broken("exams.form_questions_unmet", letter, 0, str(len(form)), str(least), str(most))
    yield from _sums(wish, items, letter)
    held = set(form)
    for key in wish.those("every"):
        if key not in held:
            yield Broken("exams.form_named_missing", letter, item=key)
    for key in wish.those("never"):
        if key in held:
            yield Broken("exams.form_named_there", letter, item=key)
    for first, second in pool.enemies:
        if first in held and second in held:
            yield Broken("exams.form_enemies", letter, item=first)


def _sums(wish: Wish, items: Sequence[Pooled], letter: str) -> Iterator[Broken]:
    if wish.points is not None:
        has, (low, high) = sum((item.points for item in items), Decimal(0)), wish.points
        if not low <= has <= high:
            yield Broken("exams.form_points_unmet", letter, 0, f"{has:f}", f"{low:f}", f"{high:f}")
    seconds = sum(item.seconds for item in items)
    if seconds > wish.minutes * 60:
        yield Broken("exams.form_too_long", letter, 0, str(-(-seconds // 60)), "0", str(wish.minutes))


def between(wish: Wish, forms: Forms) -> Iterator[Broken]:
    """Rules of what forms have in common."""
    sets = [set(form) for form in forms]
    common = set.intersection(*sets) if len(sets) > 1 else set[str]()
    # What is said to stand in every form counts among the shared ones, and else not at all.
    counted = common if wish.shared else set(wish.those("every"))
    if wish.shared and len(common) != wish.shared:
        yield Broken("exams.forms_shared_unmet", has=str(len(common)), most=str(wish.shared))
    for (n, one), (m, other) in combinations(enumerate(sets), 2):
        both = len((one & other) - counted)
        if both > wish.overlap:
            yield Broken(
                "exams.forms_overlap", f"{LETTERS[n]}{LETTERS[m]}", has=str(both), most=str(wish.overlap)
            )


def absent(wish: Wish, forms: Forms) -> Iterator[Broken]:
    """Questions that have to stand in one of the forms and do not."""
    for key in wish.those("some"):
        if not any(key in form for form in forms):
            yield Broken("exams.form_named_nowhere", item=key)


def exposed(pool: Pool, forms: Forms) -> Iterator[Broken]:
    """Items that would stand in more papers than they may."""
    for key, times in Counter(key for form in forms for key in set(form)).items():
        item = pool.items.get(key)
        if item is not None and item.limit and item.used + times > item.limit:
            yield Broken("exams.form_item_used_up", has=str(item.used), most=str(item.limit), item=key)


def swapped(forms: Forms, form: int, out: str, into: str) -> list[list[str]]:
    """The forms with one question for another; one that all forms share is changed in all."""
    everywhere = all(out in one for one in forms)
    return [
        [into if key == out else key for key in one] if everywhere or n == form else list(one)
        for n, one in enumerate(forms)
    ]


def substitutes(wish: Wish, pool: Pool, forms: Forms, form: int, out: str, most: int = 12) -> list[Pooled]:
    """Items that may stand in the place of one without breaking a rule that holds now, the likest first."""
    before = broken(wish, pool, forms)
    leaving = pool.items.get(out)
    share = leaving.share if leaving else 0.65
    found = []
    for item in sorted(pool.items.values(), key=lambda one: (abs(one.share - share), one.used, one.key)):
        if item.key in forms[form]:
            continue
        after = swapped(forms, form, out, item.key)
        # The own form first: it is quick, and most items fall there already.
        if worse(before, list(within(wish, pool, after[form], LETTERS[form]))):
            continue
        if worse(before, broken(wish, pool, after)):
            continue
        found.append(item)
        if len(found) == most:
            break
    return found


def worse(before: Sequence[Broken], after: Sequence[Broken]) -> list[Broken]:
    """Rules that are broken now and were kept before."""
    known = {(one.code, one.form, one.row) for one in before}
    return [one for one in after if (one.code, one.form, one.row) not in known]
