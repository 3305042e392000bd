"""What each scope of a token opens, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from craftpath.kernel.client_scopes import READ, WRITE

SCOPE_WORDS: dict[str, Any] = {
    READ: _("Read everything that the roles show, in all areas of the API"),
    WRITE: _("Read and write everything that the roles allow, in all areas of the API"),
    "log:read": _("Read training logs"),
    "log:write": _("Write, hand in, confirm and send back training logs"),
    "duties:read": _("Read what is due"),
    "sessions:read": _("Read sessions and attendance"),
    "sessions:write": _("Call the roll"),
    "judging:read": _("Read what waits to be rated"),
    "judging:write": _("Rate observations and practical work"),
    "reviews:read": _("Read reviews"),
    "reviews:write": _("Write one's part of reviews"),
    "results:read": _("Read results and marks"),
    "cohorts:read": _("Read cohorts and their apprentices"),
    "gates:read": _("Read gates and who stands at them"),
    "gates:write": _("Decide at gates"),
    "agreements:read": _("Read agreements and missing signatures"),
    "imports:read": _("Read how far imports have come"),
    "figures:read": _("Read figures and indicators"),
    "history:read": _("Read the history"),
    "certificates:read": _("Read certificates"),
    "hooks:read": _("Read web hooks and what they sent"),
    "hooks:write": _("Send what a web hook missed once more"),
    "packages:read": _("Read packages and how far learners are in them"),
    "packages:write": _("Take packages in, and open them for learners"),
    "xapi:read": _("xAPI: read statements"),
    "xapi:write": _("xAPI: send statements and documents"),
    "xapi:all": _("xAPI: read and write everything in the record of the organisation"),
    "roster:read": _("OneRoster: read classes and who is in them"),
    "roster:write": _("OneRoster: read rosters, write results"),
    "frameworks:read": _("CASE: read skill frameworks"),
    "scim": _("SCIM: create, change and end accounts and groups"),
}


def scopes_said(scopes: Iterable[str]) -> list[str]:
    """These scopes in the open language."""
    return [str(SCOPE_WORDS.get(scope, scope)) for scope in scopes]
