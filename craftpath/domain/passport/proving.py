"""What proves it: certificates of this site, those of elsewhere that an officer verified, and credits."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from craftpath.domain.certificates.queries import certificates_of, standing
from craftpath.domain.claims.queries import claims_of
from craftpath.domain.credits.points import HUNDRED
from craftpath.domain.credits.queries import account_of, balance_of
from craftpath.domain.passport import wording
from craftpath.domain.passport.gathering import Asked, gives
from craftpath.domain.passport.record import Entry, Line
from craftpath.domain.passport.training import said
from craftpath.values.text import Text


@gives("certificates")
def certificates(asked: Asked) -> Iterator[Entry]:
    """Issued here, however they stand today; and verified ones of elsewhere, which say so."""
    for row in certificates_of(asked.person).defer("credential", "token"):
        content = row.content
        lines = [Line(wording.NUMBER, row.number)]
        if content.get("level"):
            lines.append(Line(Text.of(content["level"]["scheme_name"]), Text.of(content["level"]["name"])))
        lines += [Line(Text.of(one["label"]), _value(one["value"])) for one in content.get("lines", ())]
        yield Entry(
            Text.of(content["title"]), row.issued_on, row.valid_until, said(row.organisation), tuple(lines),
            standing(row, asked.today), row.ref,
        )  # fmt: skip
    for claim in claims_of(asked.person).filter(state="verified"):
        over = claim.valid_until is not None and claim.valid_until < asked.today
        yield Entry(
            Text.of(claim.title), claim.issued_on, claim.valid_until, (Text.of(claim.issuer),),
            (
                Line(wording.NUMBER, claim.number),
                Line(wording.VERIFIED_BY, Text.of(claim.verified_in.name if claim.verified_in else {})),
            ),
            "expired" if over else "valid", claim.ref,
        )  # fmt: skip


def _value(value: object) -> Text | str:
    return Text.of(value) if isinstance(value, dict) else str(value)


@gives("credits")
def credits(asked: Asked) -> Iterator[Entry]:
    """What stands in each area of the credit bank on the day."""
    account = account_of(asked.person)
    if account is None:
        return
    for one in balance_of(account, asked.today):
        told = ((wording.EARNED, one.earned), (wording.CONVERTED, one.converted), (wording.LEFT, one.left))
        yield Entry(
            Text.of(one.area.name), asked.today, None,
            lines=tuple(Line(label, Decimal(points) / HUNDRED) for label, points in told), ref=account.ref,
        )  # fmt: skip
