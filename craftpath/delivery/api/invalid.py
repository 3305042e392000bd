"""What is wrong with a field, as a sentence in the caller's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SAID: dict[str, Any] = {
    "missing": _("This is needed."),
    "extra_forbidden": _("This is not asked for."),
    "string_type": _("This is a text."),
    "string_too_long": _("At most %(max_length)s characters."),
    "string_too_short": _("At least %(min_length)s characters."),
    "string_pattern_mismatch": _("These characters are not taken here."),
    "string_unicode": _("These characters are not taken here."),
    "int_type": _("This is a whole number."),
    "int_parsing": _("This is a whole number."),
    "int_parsing_size": _("This number is too large."),
    "int_from_float": _("This is a whole number."),
    "greater_than_equal": _("At least %(ge)s."),
    "less_than_equal": _("At most %(le)s."),
    "greater_than": _("More than %(gt)s."),
    "less_than": _("Less than %(lt)s."),
    "bool_type": _("This is true or false."),
    "bool_parsing": _("This is true or false."),
    "date_type": _("This is a day: 2026-09-14."),
    "date_parsing": _("This is a day: 2026-09-14."),
    "date_from_datetime_parsing": _("This is a day: 2026-09-14."),
    "date_from_datetime_inexact": _("This is a day: 2026-09-14."),
    "datetime_type": _("This is a moment with its time zone: 2026-09-14T09:00:00+08:00."),
    "datetime_parsing": _("This is a moment with its time zone: 2026-09-14T09:00:00+08:00."),
    "datetime_from_date_parsing": _("This is a moment with its time zone: 2026-09-14T09:00:00+08:00."),
    "timezone_aware": _("This is a moment with its time zone: 2026-09-14T09:00:00+08:00."),
    "uuid_type": _("This is a UUID."),
    "uuid_parsing": _("This is a UUID."),
    "list_type": _("This is a list."),
    "too_long": _("At most %(max_length)s of them."),
    "too_short": _("At least %(min_length)s of them."),
    "dict_type": _("This is an object."),
    "model_attributes_type": _("This is an object."),
    "model_type": _("This is an object."),
    "literal_error": _("One of %(expected)s."),
    "enum": _("One of %(expected)s."),
}


def wrong(error: Mapping[str, Any]) -> dict[str, str]:
    """One error of the schema as the API says it: where, which, why."""
    kind = str(error["type"])
    text, facts = SAID.get(kind), dict(error.get("ctx") or {})
    try:
        said = str(text) % facts if text is not None else gettext("This is not right.")
    except (KeyError, TypeError):
        said = gettext("This is not right.")
    place = [str(part) for part in error["loc"]]
    if place[1:2] in (["body"], ["asked"]):  # what our functions call it is nobody's business
        del place[1]
    return {"at": ".".join(place), "code": kind, "detail": said}
