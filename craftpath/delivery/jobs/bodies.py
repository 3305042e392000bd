"""The job bodies. Each bears being run twice, since a killed worker's job is run again."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from craftpath.delivery.exchange import bundles, print_run
from craftpath.delivery.exchange.catalogues.reading import a_fault
from craftpath.delivery.exchange.catalogues.taking import carry_out as take_catalogue
from craftpath.delivery.exchange.courses import taking_in
from craftpath.delivery.exchange.resources import taking_in as reading_in
from craftpath.delivery.exchange.subsidies import pack_run
from craftpath.delivery.exchange.work import carry_on, give_up
from craftpath.delivery.jobs import digesting, harvesting, hooking, lti_grading
from craftpath.delivery.jobs.letters import for_mail, mails
from craftpath.delivery.jobs.workshop_letters import letter_to
from craftpath.domain.allowances.actions import carry_out as compute_allowances
from craftpath.domain.allowances.actions import refuse_run
from craftpath.domain.allowances.queries import calculations
from craftpath.domain.appraisals.actions import carry_out as carry_out_appraisal
from craftpath.domain.appraisals.actions import refuse_round
from craftpath.domain.appraisals.queries import rounds
from craftpath.domain.curricula.drafting import carry_out as carry_out_draft
from craftpath.domain.curricula.drafting import refuse_draft
from craftpath.domain.curricula.drafting_queries import drafts
from craftpath.domain.evaluation.actions import refresh_evidence
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.exams.actions import carry_out as carry_out_assembly
from craftpath.domain.exams.actions import refuse_forms
from craftpath.domain.exams.queries import assemblies
from craftpath.domain.needs.actions import carry_out as weigh
from craftpath.domain.needs.actions import refuse_analysis
from craftpath.domain.needs.queries import analyses
from craftpath.domain.occupations.actions import refuse_import
from craftpath.domain.occupations.catalogues import imports as catalogue_imports
from craftpath.domain.packages.actions import refuse_package
from craftpath.domain.packages.queries import packages
from craftpath.domain.resources.actions import refuse_version
from craftpath.domain.resources.queries import waiting_version
from craftpath.domain.subsidies.actions import refuse_pack
from craftpath.domain.subsidies.queries import packs
from craftpath.domain.workshops.queries import to_write_to
from craftpath.kernel import facts, link_mail, printruns, sheetwork
from craftpath.kernel.access import actor_in, system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.digests import DigestRound
from craftpath.kernel.jobs import body, enqueue
from craftpath.kernel.points.tables import Point
from craftpath.kernel.tenancy import everywhere, looking_for
from craftpath.values.verdict import not_now

LATER = timedelta(minutes=15)  # when a mail server that did not answer is asked again

_log = logging.getLogger(__name__)


@body("react", whole=True)
@task()
def react(entry_id: int, name: str, at: str = "") -> None:
    """Run one reaction to a stored fact; its moment tells in which part of the history it stands."""
    with everywhere("reactions to a fact serve every organisation"):
        told = AuditEntry.objects.select_related("organisation", "person")
        if at:
            told = told.filter(at=datetime.fromisoformat(at))
        facts.react(told.get(pk=entry_id), name)


@body("sheet")
@task()
def sheet(work_id: int) -> None:
    """Check or commit a large sheet, as whoever asked for it and with no wider view than theirs."""
    with everywhere("a job finds out who asked for it"):
        asked = sheetwork.work().get(pk=work_id)
        now = timezone.now()
        actor = (
            actor_in(asked.asked_by, asked.asked_in, timezone.localdate(now))
            if asked.asked_by and asked.asked_in
            else None
        )
        if actor is None:  # the role has ended between the wish and its turn
            verdict = not_now("kernel.work_without_role")
            give_up(asked, verdict, discard=False, by=system(asked.asked_in), at=now)
            return
    with looking_for(actor.scope):
        carry_on(asked, by=actor, at=now)


@body("print")
@task()
def print_papers(run_id: int) -> None:
    """Print many papers, as whoever asked for them and with no wider view than theirs."""
    with everywhere("a job finds out who asked for it"):
        asked = printruns.runs().get(pk=run_id)
        now = timezone.now()
        actor = actor_in(asked.asked_by, asked.asked_in, timezone.localdate(now))
        if actor is None:  # the role has ended between the wish and its turn
            verdict = not_now("kernel.print_without_role")
            printruns.refuse_print(asked, verdict, by=system(asked.asked_in), at=now)
            return
    with looking_for(actor.scope):
        print_run.carry_out(asked, by=actor, at=now)


@body("assemble")
@task()
def assemble(assembly_id: int) -> None:
    """Put forms of a paper together, as whoever asked for them and with no wider view than theirs."""
    with everywhere("a job finds out who asked for it"):
        asked = assemblies().get(pk=assembly_id)
        now = timezone.now()
        actor = actor_in(asked.asked_by, asked.asked_in, timezone.localdate(now))
        if actor is None:  # the role has ended between the wish and its turn
            refuse_forms(asked, not_now("exams.assembly_without_role"), by=system(asked.asked_in), at=now)
            return
    with looking_for(actor.scope):
        carry_out_assembly(asked, by=actor, at=now)


@body("draft")
@task()
def draft(draft_id: int) -> None:
    """Draft a curriculum from needs, as whoever asked for it and with no wider view than theirs."""
    with everywhere("a job finds out who asked for it"):
        asked = drafts().get(pk=draft_id)
        now = timezone.now()
        actor = actor_in(asked.asked_by, asked.asked_in, timezone.localdate(now))
        if actor is None:  # the role has ended between the wish and its turn
            refuse_draft(asked, not_now("curricula.draft_without_role"), by=system(asked.asked_in), at=now)
            return
    with looking_for(actor.scope):
        carry_out_draft(asked, by=actor, at=now)


@body("allowances")
@task()
def allowances(calculation_id: int) -> None:
    """Compute a month of allowances, as whoever asked for it and with no wider view than theirs."""
    with everywhere("a job finds out who asked for it"):
        asked = calculations().get(pk=calculation_id)
        now = timezone.now()
        actor = actor_in(asked.asked_by, asked.asked_in, timezone.localdate(now))
        if actor is None:  # the role has ended between the wish and its turn
            refuse_run(asked, not_now("allowances.run_without_role"), by=system(asked.asked_in), at=now)
            return
    with looking_for(actor.scope):
        compute_allowances(asked, by=actor, at=now)


@body("subsidy_pack")
@task()
def subsidy_pack(pack_id: int) -> None:
    """Put a subsidy file together as an archive, as whoever asked for it and with no wider view than theirs."""
    with everywhere("a job finds out who asked for it"):
        asked = packs().get(pk=pack_id)
        now = timezone.now()
        actor = actor_in(asked.asked_by, asked.asked_in, timezone.localdate(now))
        if actor is None:  # the role has ended between the wish and its turn
            verdict = not_now("subsidies.pack_without_role")
            refuse_pack(asked, verdict, by=system(asked.asked_in), at=now)
            return
    with looking_for(actor.scope):
        pack_run.carry_out(asked, by=actor, at=now)


@body("package")
@task()
def package(package_id: int) -> None:
    """Read and unpack a package of a course, as whoever uploaded it and with no wider view than theirs."""
    with everywhere("a job finds out who asked for it"):
        asked = packages().get(pk=package_id)
        now = timezone.now()
        actor = None
        if asked.made_by is not None:
            actor = actor_in(asked.made_by, asked.organisation, timezone.localdate(now))
        if actor is None:  # the role has ended between the wish and its turn
            verdict = not_now("packages.without_role")
            refuse_package(asked, verdict, by=system(asked.organisation), at=now)
            return
    with looking_for(actor.scope):
        taking_in.carry_out(asked, by=actor, at=now)


@body("resource")
@task()
def resource(version_id: int) -> None:
    """Read a file of the library, as whoever dropped it and with no wider view than theirs."""
    with everywhere("a job finds out who asked for it"):
        asked = waiting_version(version_id)
        now = timezone.now()
        actor = None
        if asked.made_by is not None:
            actor = actor_in(asked.made_by, asked.resource.organisation, timezone.localdate(now))
        if actor is None:  # the role has ended between the wish and its turn
            verdict = not_now("resources.without_role")
            refuse_version(asked, verdict, by=system(asked.resource.organisation), at=now)
            return
    with looking_for(actor.scope):
        reading_in.carry_out(asked, by=actor, at=now)


@body("catalogue")
@task()
def catalogue(import_id: int) -> None:
    """Look at a large file of a catalogue, or take it in, as whoever uploaded it."""
    with everywhere("a job finds out who asked for it"):
        asked = catalogue_imports().get(pk=import_id)
        now = timezone.now()
        actor = None
        if asked.made_by is not None and asked.asked_in is not None:
            actor = actor_in(asked.made_by, asked.asked_in, timezone.localdate(now))
        if actor is None:  # the role has ended between the wish and its turn
            refuse_import(asked, [a_fault("catalogue.without_role")], by=system(asked.asked_in), at=now)
            return
    with looking_for(actor.scope):
        try:
            take_catalogue(asked, by=actor, at=now)
        except Exception:  # the page must not wait for ever; the job fails as well, where it is looked after
            refuse_import(asked, [a_fault("catalogue.failed")], by=actor, at=now)
            raise


@body("appraise")
@task()
def appraise(round_id: int) -> None:
    """Compute a round of appraisals, as whoever asked for it; what counts is that of the organisation."""
    with everywhere("a job finds out who asked for it"):
        asked = rounds().get(pk=round_id)
        now = timezone.now()
        actor = None
        if asked.computed_by is not None and asked.asked_in is not None:
            actor = actor_in(asked.computed_by, asked.asked_in, timezone.localdate(now))
        if actor is None:  # the role has ended between the wish and its turn
            verdict = not_now("appraisals.without_role")
            refuse_round(asked, verdict, by=system(asked.asked_in), at=now)
            return
    with looking_for(actor.scope):
        carry_out_appraisal(asked, by=actor, at=now)


@body("needs")
@task()
def weigh_needs(analysis_id: int) -> None:
    """Work out an analysis of many answers, as whoever asked for it."""
    with everywhere("a job finds out who asked for it"):
        asked = analyses().get(pk=analysis_id)
        now = timezone.now()
        actor = None
        if asked.made_by is not None and asked.asked_in is not None:
            actor = actor_in(asked.made_by, asked.asked_in, timezone.localdate(now))
        if actor is None:  # the role has ended between the wish and its turn
            refuse_analysis(asked, not_now("needs.without_role"), by=system(asked.asked_in), at=now)
            return
    with looking_for(actor.scope):
        try:
            weigh(asked, by=actor, at=now)
        except Exception:  # the page must not wait for ever; the job fails as well, where it is looked after
            refuse_analysis(asked, not_now("needs.failed"), by=actor, at=now)
            raise


@body(link_mail.JOB)
@task()
def mail_link(link_id: int, number: int) -> None:
    """Send a link; what became of it stands with the link, where its maker sees it.

    No transaction is open while the mail server is spoken to. A worker killed after sending and before noting sends
    again, and nobody can tell: the mail comes at least once.
    """
    with everywhere("a mail is sent for whichever organisation asked for it"):
        now = timezone.now()
        found = link_mail.to_send(link_id, number, now)
        if found is None:
            return
        sent = bool(found.address)  # empty where the site's key was changed meanwhile
        if sent:
            try:
                for_mail(found.link, found.address, found.link.mail_language).send()
            except (
                OSError,
                ValueError,
            ):  # smtplib's faults are among these; a header that holds a line break
                _log.exception("the mail of link %s was not taken", found.link.public_id)
                sent = False
        link_mail.note_mail(found.link, number, sent=sent, by=system(), at=timezone.now())


@body("workshop_letter")
@task()
def workshop_letter(registration_id: int) -> None:
    """Send a guest the link of the own page, where this site has a mail server and the workshop lies ahead."""
    with everywhere("a letter goes to whoever registered"):
        row = to_write_to(registration_id, timezone.localdate())
    if row is not None and mails():
        letter_to(row).send()


@body("digest")
@task()
def digest(turn_id: int) -> None:
    """A slice of a round of digests; what is left goes on in the next job, at once or when mail goes again."""
    now = timezone.now()
    with everywhere("a digest is made for everybody"):
        turn = DigestRound.objects.get(pk=turn_id)
        try:
            done = digesting.go_on(turn, at=now)
        except digesting.MailServerAway:
            _log.exception("the mail server does not answer; the mails of the digest wait")
            digest.using(run_after=now + LATER).enqueue(turn_id)
            return
    if not done:
        enqueue("digest", turn_id)


@body("alert_mails")
@task()
def alert_mails(entry_id: int) -> None:
    """The mails of one fact's instant notices."""
    now = timezone.now()
    try:
        digesting.send_alerts(entry_id, at=now)
    except digesting.MailServerAway:
        _log.exception("the mail server does not answer; the mails of instant notices wait")
        alert_mails.using(run_after=now + LATER).enqueue(entry_id)


@body("hook")
@task()
def hook(delivery_id: int) -> None:
    """One message to one web hook."""
    with everywhere("a message leaves the house"):
        hooking.deliver(delivery_id, at=timezone.now())


@body("lti_grade")
@task()
def lti_grade(return_id: int) -> None:
    """One grade back to a platform."""
    with everywhere("a grade leaves the house"):
        lti_grading.deliver(return_id, at=timezone.now())


@body("meet")
@task()
def meet(point_id: int) -> None:
    """Exchange bundles with the hub over the network."""
    with everywhere("a point exchanges all rows of its place"):
        bundles.knock(
            Point.objects.select_related("organisation").get(pk=point_id), by=system(), at=timezone.now()
        )


@body("harvest")
@task()
def harvest(source_id: int) -> None:
    """A stretch of another catalogue."""
    with everywhere("another catalogue is read for whichever organisation added it"):
        harvesting.harvest(source_id, at=timezone.now())


@body("evidence")
@task()
def evidence(evaluation_id: int) -> None:
    """Work the marks of an evaluation out anew from confirmed facts; what is the same is not written again."""
    with everywhere("results belong to evaluations, whoever reads them"):
        found = evaluations().get(pk=evaluation_id)
        refresh_evidence(found, by=system(), at=timezone.now())
