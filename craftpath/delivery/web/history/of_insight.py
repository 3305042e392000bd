"""What happened to figures of many, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "insight.indicator_published": _("changed whether the indicator “%(indicator)s” is public"),
    "insight.county_set": _("set the county of %(subject)s: %(county)s"),
    "insight.handover_asked": _("asked for figures to be handed over to %(receiver)s: %(purpose)s"),
    "insight.handover_made": _("handed figures over: %(rows)s rows in %(files)s files"),
    "insight.handover_refused": _("figures were not handed over"),
    "insight.handover_fetched": _("downloaded what was handed over"),
    "insight.rollup_taken": _("took a roll-up in from %(source)s: %(figures)s figures"),
}
LABELS = {
    "insight.indicator_published": _("Indicator published or withdrawn"),
    "insight.county_set": _("County set"),
    "insight.handover_asked": _("Hand-over asked for"),
    "insight.handover_made": _("Figures handed over"),
    "insight.handover_refused": _("Hand-over not made"),
    "insight.handover_fetched": _("Hand-over downloaded"),
    "insight.rollup_taken": _("Roll-up taken in"),
}
