"""What this noun says: why something is refused."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "activity.whole_organisation": _("The store is open to whoever sees the whole organisation."),
    "activity.another_statement": _("Another statement has the id %(id)s already."),
    "activity.document_is_there": _(
        "The document is there already. Look at its present state and name its ETag in If-Match."
    ),
    "activity.condition_missing": _(
        "In 1.0.3 a profile is put with If-None-Match: * where it is new, or with If-Match and its ETag."
    ),
    "activity.document_changed": _("The document is not as you saw it."),
    "activity.not_to_be_merged": _("Only JSON objects are merged; this document, or what was sent, is none."),
}
