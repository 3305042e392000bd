"""What happened to subsidies, as sentences; and the names of what they name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from craftpath.domain.subsidies import texts as subsidies
from craftpath.values.paper import money

SENTENCES = {
    "subsidies.scheme_copied": _(
        "made version %(version)s of the scheme %(subject)s, valid from %(valid_from)s"
    ),
    "subsidies.file_opened": _("opened the subsidy file %(subject)s; people: %(people)s"),
    "subsidies.file_moved": _("the subsidy file %(subject)s: %(state)s %(because)s"),
    "subsidies.money_decided": _("subsidy of %(subject)s: %(what)s of %(money)s"),
    "subsidies.person_excluded": _("in the subsidy file %(subject)s, %(person)s: %(reason)s"),
    "subsidies.paper_handed_in": _(
        "handed in %(paper)s, version %(version)s, for the subsidy file %(subject)s (SHA-256 %(sha256)s…)"
    ),
    "subsidies.paper_asked": _("asked for %(paper)s for the subsidy file %(subject)s; people: %(people)s"),
    "subsidies.years_claimed": _("claimed person-years for %(subject)s: %(years)s"),
    "subsidies.years_freed": _("the claim of %(subject)s was withdrawn; person-years free again: %(years)s"),
    "subsidies.elsewhere_taken": _("took in years claimed elsewhere: %(years)s (%(source)s)"),
    "subsidies.identities_kept": _(
        "noted by what people of %(subject)s are recognised in claims made elsewhere: %(people)s"
    ),
    "subsidies.audit_opened": _(
        "invited %(person)s to audit %(subject)s, access until before %(until)s; drawn: %(drawn)s of %(listed)s, "
        "seed %(seed)s"
    ),
    "subsidies.audit_ended": _("ended the access of an auditor to %(subject)s on %(until)s"),
    "subsidies.finding_moved": _("a finding on %(subject)s (%(severity)s): %(state)s"),
    "subsidies.pack_asked": _("asked for the archive of %(subject)s"),
    "subsidies.pack_fetched": _("downloaded the archive of %(subject)s (SHA-256 %(sha256)s…)"),
}

STATES: dict[str, Mapping[str, Any]] = {
    "subsidies.file_moved": subsidies.FILE_STATES,
    "subsidies.finding_moved": subsidies.FINDING_STATES,
}


def named(values: Mapping[str, str], payload: Mapping[str, Any]) -> dict[str, str]:
    """Papers, reasons and severities by their names, and amounts with their currency."""
    names: dict[str, Mapping[str, Any]] = {
        "paper": subsidies.PAPERS,
        "severity": subsidies.SEVERITIES,
        "what": subsidies.MONEY,
        "reason": {**subsidies.EXCLUSIONS, "": _("counts again")},
    }
    found = {key: str(known.get(values[key], values[key])) for key, known in names.items() if key in values}
    if "currency" in payload:
        found["money"] = money(abs(payload["amount"]), payload["currency"]).say(get_language() or "zh-hans")
    return found
