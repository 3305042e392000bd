"""Whoever takes the consent to be quoted back stands on no paper that was printed before."""

from __future__ import annotations

from craftpath.delivery.exchange.bulletins.kept import forget_papers
from craftpath.domain.bulletins.queries import quoting
from craftpath.domain.bulletins.rules import PURPOSE
from craftpath.kernel.consents import ConsentWithdrawn
from craftpath.kernel.facts import Told, on
from craftpath.kernel.tenancy import everywhere


@on(ConsentWithdrawn)
def forget_what_quotes(told: Told) -> None:
    """Papers of bulletins that quote the person are printed anew by whoever asks next."""
    if told.fact.purpose != PURPOSE:
        return
    with everywhere("wherever somebody is quoted"):
        for public_id in quoting(told.fact.person).values_list("public_id", flat=True):
            forget_papers(public_id)
