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
    "courses:read": _("Read what one learns"),
    "courses:write": _("Go on in courses"),
    "questions:read": _("Read questions and answers"),
    "questions:write": _("Ask and answer"),
    "sessions:read": _("Read sessions and attendance"),
    "sessions:write": _("Plan sessions and call the roll"),
    "judging:read": _("Read what waits to be rated"),
    "judging:write": _("Rate observations and practical work"),
    "reviews:read": _("Read reviews"),
    "reviews:write": _("Plan reviews, write one's part and sign"),
    "results:read": _("Read results and marks"),
    "results:write": _("Record marks"),
    "cohorts:read": _("Read cohorts and their apprentices"),
    "pairs:read": _("Read pairs and who has nobody"),
    "pairs:write": _("Form, change and end pairs"),
    "support:read": _("Read who may need a word"),
    "support:write": _("Note what was done to help"),
    "gates:read": _("Read gates and who stands at them"),
    "gates:write": _("Decide at gates"),
    "agreements:read": _("Read agreements and missing signatures"),
    "agreements:write": _("Check, send, activate, register and end agreements"),
    "allowances:read": _("Read allowances"),
    "allowances:write": _("Compute, check, approve and pay allowances"),
    "subsidies:read": _("Read subsidy files"),
    "subsidies:write": _("File, decide and audit subsidies"),
    "imports:read": _("Read how far imports have come"),
    "imports:write": _("Send rosters and mark sheets and take them in"),
    "resources:read": _("Read the library of resources"),
    "resources:write": _("Put links into the library"),
    "directives:read": _("Read notices and who has read them"),
    "directives:write": _("Publish notices"),
    "studio:read": _("Read training projects"),
    "studio:write": _("Take training projects over"),
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
