"""One sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "training.day_too_full": _(
        "%(on)s would have %(minutes)s minutes of training, more than a day has. Correct the hours first."
    ),
}
