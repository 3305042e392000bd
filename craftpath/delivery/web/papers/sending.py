"""A printout on its way out: in the language and the form that were asked for, under a name of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.exchange.press import print_page
from craftpath.delivery.exchange.printout_books import printout_book
from craftpath.delivery.exchange.printout_pages import printout_page
from craftpath.delivery.exchange.printouts.naming import file_name
from craftpath.delivery.web.shell.downloads import XLSX, attachment
from craftpath.values.printout import PRINTED_IN, Printout

PDF = "application/pdf"
FORMS = ("pdf", "xlsx")
LANGUAGES = {"zh": _("Chinese"), "en": _("English"), "both": _("Chinese and English")}


@dataclass(frozen=True, slots=True)
class Look:
    """In which language, and as what: `pdf` or `xlsx`."""

    language: str
    form: str


def look_of(asked: QueryDict) -> Look:
    """What an address asks for; the reader's own language and PDF where it says nothing, 404 for what is neither."""
    language, form = asked.get("language") or own_language(), asked.get("form") or "pdf"
    if language not in PRINTED_IN or form not in FORMS:
        raise Http404
    return Look(language, form)


def own_language() -> str:
    """The reader's language, as printouts call it."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def languages() -> list[tuple[str, Any]]:
    """The languages as choices."""
    return list(LANGUAGES.items())


def sent(found: Printout, look: Look, *, number: str = "", name: str = "") -> HttpResponse:
    """The printout as a file to keep."""
    called = file_name(found, look.language, look.form, number=number, name=name)
    if look.form == "xlsx":
        return attachment(printout_book(found, look.language), called, XLSX)
    return attachment(print_page(printout_page(found, look.language)), called, PDF)
