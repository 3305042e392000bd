"""What happened to tools, platforms and keys of LTI, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from craftpath.domain.courses import texts as courses
from craftpath.domain.lti import texts as lti

SENTENCES = {
    "lti.tool_kept": _("registered or changed the tool “%(name)s” (%(host)s)"),
    "lti.tool_moved": _("the tool “%(name)s”: %(state)s"),
    "lti.link_made": _("made the link “%(name)s” to the tool “%(tool)s”"),
    "lti.score_kept": _("a tool said how %(person)s did: %(state)s %(percent)s"),
    "lti.platform_kept": _("registered or changed the platform “%(name)s” (%(issuer)s)"),
    "lti.platform_moved": _("the platform “%(name)s”: %(state)s"),
    "lti.identity_joined": _("%(person)s comes from the platform “%(platform)s” from now on"),
    "lti.grade_returned": _("the grade of %(person)s for the platform %(subject)s: %(state)s"),
    "lti.key_made": _("messages to tools and platforms are signed with the key %(key)s"),
    "lti.key_revoked": _("revoked the key %(key)s for tools and platforms"),
}

STATES: dict[str, Mapping[str, Any]] = {
    "lti.tool_moved": lti.STATES,
    "lti.platform_moved": lti.STATES,
    "lti.grade_returned": lti.RETURNS,
    "lti.score_kept": courses.PROGRESS,
}

LABELS = {
    "lti.tool_kept": _("Tool registered or changed"),
    "lti.tool_moved": _("Tool stopped or used again"),
    "lti.link_made": _("Link to a tool made"),
    "lti.score_kept": _("Score from a tool"),
    "lti.platform_kept": _("Platform registered or changed"),
    "lti.platform_moved": _("Platform stopped or trusted again"),
    "lti.identity_joined": _("Account of a platform joined"),
    "lti.grade_returned": _("Grade sent to a platform"),
    "lti.key_made": _("Key for tools and platforms made"),
    "lti.key_revoked": _("Key for tools and platforms revoked"),
}
