"""What a worker does between two jobs: what a day brings, what is kept current, what was kept for a time only."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from craftpath.delivery.exchange import bundles, print_run
from craftpath.delivery.exchange.courses import taking_in
from craftpath.delivery.jobs import digesting, doubling, harvesting, hooking, lti_grading, supporting
from craftpath.delivery.jobs.search.following import keep_up
from craftpath.domain.agreements.actions import settle_agreement
from craftpath.domain.agreements.queries import due_on
from craftpath.domain.claims.actions import forget_evidence
from craftpath.domain.counts.following import follow
from craftpath.domain.evaluation.actions import due_tonight
from craftpath.domain.insight.actions import keep_up as keep_figures
from craftpath.domain.lti.actions import forget_used
from craftpath.domain.outside.actions import apply_mapping
from craftpath.domain.outside.queries import in_force
from craftpath.domain.packages.actions import end_forgotten
from craftpath.domain.pairing.actions import turn_bonds
from craftpath.domain.protection.actions import erase_for
from craftpath.domain.protection.holds import held_by_nothing
from craftpath.domain.subsidies.actions import forget_packs
from craftpath.kernel import link_mail, partitions, printruns
from craftpath.kernel.access import system
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.progress import tidy_up
from craftpath.kernel.sheets import forget_traces
from craftpath.kernel.tenancy import everywhere

_log = logging.getLogger(__name__)


def keep_house(at: datetime) -> None:
    """What a worker does between two jobs: bring what a day brings, forget what was kept for a time only."""
    partitions.make(at)
    turn_the_day(at)
    with everywhere("what was kept for an undo is forgotten for every organisation"):
        forget_traces(by=system(), at=at)
        link_mail.forget_sealed(by=system(), at=at)
        printruns.forget_prints(by=system(), at=at)
        forget_packs(by=system(), at=at)
        forget_evidence(by=system(), at=at)
        hooking.queue_due(at=at)
        lti_grading.queue_due(at=at)
        forget_used(by=system(), at=at)
        harvesting.queue_due(at=at)
    with everywhere("what can be found is kept for every organisation"):
        keep_up(at)
    with everywhere("figures are kept for every organisation"):
        keep_figures(at)
    with everywhere("what there is is counted for every organisation"):
        follow(at)
    with everywhere("a point exchanges all rows of its place"):
        bundles.knock_when_due(at, by=system())
    erase_when_due(at)
    take_outside_evidence(at)
    doubling.look_daily(at)
    supporting.look_daily(at)
    digesting.begin_rounds(at)
    tidy_up(at.timestamp())
    print_run.clear_away(at.timestamp())
    with everywhere("what can be played lies ready for every organisation"):
        taking_in.lay_out_missing()
        end_forgotten(by=system(), at=at)
    with everywhere("time alone changes the marks of every organisation"), transaction.atomic():
        for found in due_tonight(at):
            enqueue("evidence", found.pk)


def erase_when_due(at: datetime) -> int:
    """Erase those whose data were locked until now; says how many. One that cannot be erased keeps no other waiting."""
    done = 0
    with everywhere("locked data end for every organisation"):
        for row in held_by_nothing(at):
            try:
                erase_for(row, by=system(row.organisation), at=at)
                done += 1
            except Exception:
                _log.exception("request %s could not be carried out", row.public_id)
    return done


def take_outside_evidence(at: datetime) -> int:
    """Let statements count that have come by now; a mapping that cannot be applied keeps no other waiting."""
    taken = 0
    with everywhere("statements come for every organisation"):
        for row in list(in_force()):
            try:
                taken += apply_mapping(row, by=system(row.organisation), at=at)
            except Exception:
                _log.exception("mapping %s could not be applied", row.public_id)
    return taken


def turn_the_day(at: datetime) -> int:
    """Let what a day changes begin and end: amendments, early endings, teachers; returns in how many agreements.

    Each agreement is a write of its own: one that cannot be settled is logged, tried again the next time, and keeps
    nobody else waiting.
    """
    settled = 0
    with everywhere("a day comes for every organisation"):
        for row in list(due_on(timezone.localdate(at))):
            try:
                settled += settle_agreement(row, by=system(), at=at)
            except Exception:
                _log.exception("agreement %s could not be settled", row.public_id)
        turn_bonds(by=system(), at=at)
    return settled
