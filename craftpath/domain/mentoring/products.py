"""What a pair made: title and words, photos and files, and before whom it was shown."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.mentoring import rules
from craftpath.domain.mentoring.acting import told, working
from craftpath.domain.mentoring.facts import ProductKept, ProductShown
from craftpath.domain.mentoring.models import Product, ProductFile, Showing
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.exhibits import SUFFIXES, look_at
from craftpath.kernel.files import keep
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Pair


@action
def keep_product(pair: Pair, *, title: str, words: str = "", by: Actor, at: datetime) -> Product:
    """Write down what the pair makes, or change it; the same changes nothing."""
    pair = working(pair)
    require(rules.may_take_part(by, pair, localdate(at)))
    require(rules.can_be_product(title, words))
    row = Product._base_manager.filter(pair=pair).first() or Product(pair=pair)
    if row.pk is not None and (row.title, row.words) == (title.strip(), words.strip()):
        return row
    row.title, row.words, row.kept_by, row.kept_at = title.strip(), words.strip(), by.person, at
    row.save()
    told(ProductKept(title=row.title), pair, by=by, at=at)
    return row


@action
def add_product_file(product: Product, *, content: bytes, name: str, by: Actor, at: datetime) -> ProductFile:
    """Put a photo or a file to it, at most five; the same file again is the one that is there.

    A photo is drawn anew and loses where it was taken.
    """
    pair = working(product.pair)
    require(rules.may_take_part(by, pair, localdate(at)))
    sent = hashlib.sha256(content).hexdigest()
    known = ProductFile.objects.filter(product=product, sha256=sent).first()
    if known is not None:
        return known
    if ProductFile.objects.filter(product=product).count() >= rules.MOST_FILES:
        raise Refused(not_now("mentoring.too_many_files", most=rules.MOST_FILES))
    seen = look_at(content)
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0] or "product"
    called = f"{stem[:80]}.{SUFFIXES.get(seen.media_type, 'bin')}"
    kept = keep(seen.content, called, organisation=pair.organisation, by=by, at=at)
    return ProductFile.objects.create(
        product=product,
        kind=seen.kind,
        media_type=seen.media_type,
        kept=kept,
        sha256=sent,
        added_by=by.person,
        added_at=at,
    )


@action
def show_product(product: Product, *, on: date, audience: str, by: Actor, at: datetime) -> Showing:
    """Write down that it was shown, when and to whom: who is in the pair, or the office. The same again is one."""
    pair = working(product.pair)
    day = localdate(at)
    if not rules.may_take_part(by, pair, day):
        require(rules.may_run(by, pair))
    require(rules.can_show(pair, on, audience, day))
    row, new = Showing.objects.get_or_create(
        product=product, on=on, audience=audience.strip(), defaults={"said_by": by.person, "said_at": at}
    )
    if new:
        told(ProductShown(on=on.isoformat(), audience=row.audience), pair, by=by, at=at)
    return row
