"""What a sitting on paper needs: booklets of its forms, answer sheets, the list of seats to sign."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.exchange.exams.answer_sheets import sheet_page
from craftpath.delivery.exchange.exams.booklets import booklet_page
from craftpath.delivery.exchange.exams.on_paper import form_of, moment_of, seats, signs_of, whose
from craftpath.delivery.exchange.exams.seat_lists import seats_page
from craftpath.delivery.exchange.press import print_page
from craftpath.delivery.exchange.printouts.batches import MOST, SHEETS, Wanted
from craftpath.delivery.exchange.printouts.naming import safe
from craftpath.delivery.web.papers.sending import PDF, own_language
from craftpath.delivery.web.shell.downloads import attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.sittings.places import found, found_candidate
from craftpath.domain.exams import queries
from craftpath.domain.exams.invigilating import watchers_of
from craftpath.kernel.printruns import ask_print
from craftpath.kernel.roles import Permission
from craftpath.values.ref import Ref
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now

SPOKEN = ("zh", "en")


def _language(request: Request, given: str) -> str:
    """Which of the two languages is asked for; the reader's own where none is."""
    language = given or own_language()
    if language not in SPOKEN:
        raise Http404
    return language


@require_GET
@needs(Permission.IMPORT_MARKS)
def booklet(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """The questions of one form, also in large print."""
    row, language = found(sitting), _language(request, request.GET.get("language", ""))
    asked = plain_id(request.GET.get("form", ""))
    large = "large" in request.GET
    forms = queries.forms_with_counts(row)
    paper = next((one for one in forms.values() if one.public_id == asked), None)
    if paper is None:
        raise Http404
    form = form_of(row, paper, signs_of(row)[paper.pk], language)
    words = Text("试卷", "booklet").say(language) + (
        f"-{Text('大字', 'large').say(language)}" if large else ""
    )
    name = safe(f"{form.named(language)}_{words}")
    return attachment(print_page(booklet_page(form, language, large=large)), f"{name}.pdf", PDF)


@require_GET
@needs(Permission.IMPORT_MARKS)
def seat_list(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Who sits where, to sign."""
    row, language = found(sitting), _language(request, request.GET.get("language", ""))
    people = seats(queries.candidates_of(row), signs_of(row), language)
    about = f"{Text.of(row.cohort.name).say(language)} · {moment_of(row, language)}"
    name = safe(f"{row.paper.title}_{Text('签到表', 'seats').say(language)}")
    watchers = [one.name for one in watchers_of(row)]
    page = print_page(seats_page(row.paper.title, about, people, language, watchers))
    return attachment(page, f"{name}.pdf", PDF)


@require_GET
@needs(Permission.IMPORT_MARKS)
def sheet(request: Request, organisation: str, candidate: str) -> HttpResponse:
    """The answer sheet of one candidate, for one that was spoilt or a device that failed."""
    row, language = found_candidate(candidate), _language(request, request.GET.get("language", ""))
    if not row.on_paper:
        raise Refused(not_now("exams.not_on_paper"))
    form = form_of(row.sitting, row.paper, signs_of(row.sitting)[row.paper_id], language, pictured=False)
    page = sheet_page(whose(row, language), form, language)
    name = safe(
        f"{row.enrolment.number}_{row.enrolment.person.name}_{Text('答题卡', 'answer sheet').say(language)}"
    )
    return attachment(print_page(page), f"{name}.pdf", PDF)


@require_POST
@needs(Permission.IMPORT_MARKS)
def everybody(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Everybody's sheet, made by a worker while one goes on; pressed twice, it is printed once."""
    row, language = found(sitting), _language(request, request.POST.get("language", ""))
    people = queries.candidates_of(row).filter(on_paper=True).count()
    if not people or row.state == "cancelled":
        raise Refused(not_now("exchange.nothing_to_print"))
    if people > MOST:
        raise Refused(not_now("exchange.too_many_to_print", most=MOST))
    wanted = Wanted(SHEETS, language, "pdf", sitting=row.public_id)
    about = Ref("apprenticeships", "cohort", row.cohort.public_id)
    run = ask_print(about, wanted.as_json(), people=people, by=request.actor, at=request.at)
    messages.success(request, _("Asked for. You can close this page: it goes on."))
    return redirect("papers:run", organisation, run.public_id)
