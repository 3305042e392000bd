"""What happened to surveys, as sentences; joined to the others in `sentences.py`. Nobody's answer is among them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SURVEYS = {
    "surveys.survey_drafted": _("began %(subject)s, wave %(wave)s; questions: %(questions)s"),
    "surveys.survey_changed": _("changed %(subject)s; questions: %(questions)s"),
    "surveys.survey_discarded": _("threw the draft of %(subject)s away"),
    "surveys.survey_opened": _("opened %(subject)s until %(closes_on)s; people asked: %(asked)s"),
    "surveys.survey_extended": _("moved the last day of %(subject)s to %(closes_on)s"),
    "surveys.survey_reminded": _("reminded those who had not answered %(subject)s; people: %(people)s"),
    "surveys.survey_closed": _("closed %(subject)s; answers: %(answers)s"),
    "surveys.survey_analysed": _("noted %(subject)s as analysed; answers: %(answers)s"),
    "surveys.survey_published": _("published the results of %(subject)s; answers: %(answers)s"),
}
