"""Think and keep, in one press; what cannot be solved is said and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.matching.actions import keep_proposal
from craftpath.domain.matching.proposing import think
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.matching.models import Proposal, Round


def propose_now(request: Request, row: Round) -> Proposal | None:
    """The newest proposal, or None with the reason as a message; who may not is refused."""
    try:
        return keep_proposal(row, think(row), by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        messages.warning(request, sentence(refused.verdict))
        return None
