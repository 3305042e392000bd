"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "questions.empty": _("Write a few words, or add a photo."),
    "questions.too_long": _("At most %(most)s characters fit. Say what matters most; a photo often helps."),
    "questions.form_used": _(
        "This form was sent for something else already. Open the page again, then fill it in."
    ),
    "questions.choice_unknown": _("Choose one of the list."),
    "questions.class_unknown": _("You learn in no class here, so ask everybody of the college."),
    "questions.class_too_small": _(
        "Your class has fewer than %(most)s people, so it would be guessed who asks. "
        "Ask everybody of the college, or show your name."
    ),
    "questions.too_often": _(
        "That is a lot at once: at most %(hour)s in an hour and %(day)s in a day. Please wait a little."
    ),
    "questions.too_many_files": _("At most %(most)s photos or recordings fit."),
    "questions.closed": _("This stands no longer: it was withdrawn or hidden."),
    "questions.changed_meanwhile": _(
        "It was changed meanwhile. Look at it as it is now, then change it again."
    ),
    "questions.not_own": _("Only whoever wrote it can do this."),
    "questions.own_answer": _("That is your own answer; others say whether it helps."),
    "questions.own_report": _("This is your own: you can change or withdraw it yourself."),
    "questions.not_a_master": _("Masters and trainers vouch for answers."),
    "questions.no_reason": _("Say why, in at most %(most)s characters."),
    "questions.promise_out_of_range": _("Promise between 1 and %(most)s workdays."),
    "questions.voice_tells": _("A voice would tell who you are. Write it instead, or add a photo."),
}

NAMES = {
    "everybody": pgettext_lazy("who sees the name", "Everybody who sees the question"),
    "staff": pgettext_lazy("who sees the name", "Trainers, masters and the office only"),
    "nobody": pgettext_lazy("who sees the name", "Nobody"),
}

NAMES_MEAN = {
    "everybody": _("Your name stands beside the question."),
    "staff": _(
        "Other apprentices read “Name hidden”. Your masters, trainers and the office see your name. "
        "Photos are freed of place, device and file name."
    ),
    "nobody": _(
        "Nobody sees your name: no apprentice, no master, no office, and no history, notice or file tells it. Only the "
        "site remembers, so that you find the answers. Photos are freed of place, device and file name; look whether a "
        "face or a badge can be seen in them."
    ),
}

AUDIENCES = {
    "college": pgettext_lazy(
        "who sees a question", "Everybody of the college, and the masters of its apprentices"
    ),
    "cohort": pgettext_lazy("who sees a question", "My class, with its masters and trainers"),
}

REPORT_REASONS = {
    "unkind": _("It hurts somebody"),
    "private": _("It tells something private"),
    "unsafe": _("It is unsafe to do it so"),
    "advert": _("It is advertising"),
    "other": pgettext_lazy("reason of a report", "Something else"),
}

HIDING_STATES = {
    "said": pgettext_lazy("a hiding", "Hidden"),
    "appealed": pgettext_lazy("a hiding", "Appealed"),
    "kept": pgettext_lazy("a hiding", "Stays hidden"),
    "lifted": pgettext_lazy("a hiding", "To be seen again"),
}

WHATS = {
    "question": pgettext_lazy("what was written", "question"),
    "answer": pgettext_lazy("what was written", "answer"),
}
