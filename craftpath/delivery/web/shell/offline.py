"""What the frame of a page tells the outbox: who is here, where the door is, and its words in the reader's language."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission

WORKS = {
    Permission.KEEP_LOG: ("logbook:week", "surveys:mine", "questions:list", "courses:mine"),
    Permission.CONFIRM_LOGS: (
        "logbook:team",
        "logbook:observe",
        "learning:sessions",
        "judging:list",
        "surveys:mine",
    ),
    Permission.HOLD_SESSIONS: ("learning:sessions",),
}
"""Which pages a device keeps, for whom."""


def offline(actor: Actor | None) -> dict[str, Any] | None:
    """For those who have something to write without a network; None for the others, whose pages carry no outbox."""
    if actor is None or actor.person is None or actor.organisation is None:
        return None
    permissions = actor.permissions
    pages = dict.fromkeys(name for one, names in WORKS.items() if one in permissions for name in names)
    if not pages:
        return None
    key = actor.organisation.key
    queue = reverse("sync:queue", args=[key])
    kept = [reverse(name, args=[key]) for name in pages] + [queue]
    return {
        "person": actor.person.public_id,
        "door": reverse("sync:door", args=[key]),
        "worker": reverse("offline:worker"),
        "queue": queue,
        "pages": " ".join(kept),
        "words": words(),
    }


def words() -> dict[str, str]:
    """What the scripts say; `%(…)s` is filled in there."""
    return {
        "kept": _("Kept on this device, %(time)s"),
        "restored": _("What you had begun is here again."),
        "waits": _("Kept on this device; it is sent as soon as there is a network."),
        "empty": _("Write a line or add a photo, then hand it in."),
        "full": _(
            "This device has no room left for it. Leave this page open, and hand in again with a network."
        ),
        "not_taken": _(
            "The server does not take this. It stays on this device: copy it before you throw it away."
        ),
        "photo": _("Photo"),
        "remove": _("Remove"),
        "stop": _("Stop"),
        "no_microphone": _("The microphone is not allowed here."),
        "retry": _("Try again"),
        "throw_away": _("Throw away"),
        "sure": _("Throw this away for good?"),
        "sealed": _("Sealed for another sign-in"),
        "log.save": _("Log entry"),
        "log.file": _("Photo or recording"),
        "questions.ask": _("A question that was asked"),
        "questions.photo": _("Photo"),
        "log.confirm": _("Confirmation"),
        "log.return": _("Sent back"),
        "log.talk": _("Talk"),
        "log.observe": _("Observation"),
        "learning.roll": _("Roll call"),
        "surveys.answer": _("Answer to a survey"),
        "sign_out": _(
            "Not sent yet: %(count)s. They stay on this device, sealed, and are sent when you sign in here again. "
            "Sign out now?"
        ),
    }
