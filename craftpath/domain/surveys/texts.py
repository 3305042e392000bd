"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "surveys.too_many_questions": _("A survey has at most %(most)s questions."),
    "surveys.no_questions": _("There is no question yet."),
    "surveys.untitled": _("Question %(place)s has no words."),
    "surveys.too_few_options": _("Question %(place)s needs at least two options to choose from."),
    "surveys.too_many_options": _("Question %(place)s has more than %(most)s options."),
    "surveys.option_twice": _("Question %(place)s has the same option twice."),
    "surveys.no_rows": _("Question %(place)s has no rows to rate."),
    "surveys.labels_count": _(
        "Question %(place)s names %(count)s points of its scale, which has %(points)s. Name both ends, "
        "all of them, or none."
    ),
    "surveys.least_over_most": _("Question %(place)s: the least number lies above the greatest."),
    "surveys.not_a_group": _(
        "Question %(place)s: answers can be told apart only by a single choice with at most %(most)s options."
    ),
    "surveys.when_unknown": _("Question %(place)s depends on a question that is not in this survey."),
    "surveys.when_later": _(
        "Question %(place)s would depend on question %(other)s, which is not asked before it. Nothing was moved."
    ),
    "surveys.when_kind": _(
        "Question %(place)s cannot depend on question %(other)s in this way: choose a single or multiple choice with "
        "“is” or “is not”, or a scale or number with “at least” or “at most”."
    ),
    "surveys.when_value": _(
        "Question %(place)s depends on an answer that question %(other)s does not offer."
    ),
    "surveys.skill_twice": _("Question %(place)s asks about the same skill as question %(other)s."),
    "surveys.question_gone": _("This question is not in the survey any more."),
    "surveys.kind_unknown": _("There is no such kind of question."),
    "surveys.role_unknown": _("There is no such group of people to ask."),
    "surveys.group_unknown": _("This cannot be kept with an answer."),
    "surveys.no_title": _("Give the survey a title in at least one language."),
    "surveys.words_too_long": _("At most %(most)s characters."),
    "surveys.points_out_of_range": _("A scale has %(least)s to %(most)s points."),
    "surveys.asked_already": _(
        "This survey has been opened, so its questions stay as they are: answers of before and after a change could "
        "not be compared. Begin the next wave to change something."
    ),
    "surveys.nobody_asked": _("Nobody would be asked. Choose whom, or open a link."),
    "surveys.too_few_to_hide": _(
        "Only %(count)s would be asked by name. An anonymous survey asks at least %(least)s, or everybody would know "
        "who said what; whoever comes by an open link hides nobody. Ask more people, ask by the open link alone, or "
        "make it a survey with names."
    ),
    "surveys.too_few_of_a_role": _(
        "Only %(count)s would be asked of: %(who)s. They get other questions than the rest, so their answers would be "
        "known by that. Ask at least %(least)s of them or none, give everybody the same questions, or make it a "
        "survey with names."
    ),
    "surveys.link_is_anonymous": _(
        "An open link does not know names. Take the link away, or make it anonymous."
    ),
    "surveys.opens_before_today": _("The first day does not lie in the past."),
    "surveys.closes_before_opening": _("The last day does not lie before the first."),
    "surveys.closes_in_the_past": _(
        "The last day does not lie in the past. To end the survey now, close it."
    ),
    "surveys.open_too_long": _("A survey is open for at most %(most)s days."),
    "surveys.confirm_turned": _(
        "Some scales are not those of the wave before (see below). Tick that this is meant, or put them back."
    ),
    "surveys.not_open_yet": _("This survey takes answers from %(on)s on."),
    "surveys.over": _("This survey is over; its last day was %(on)s."),
    "surveys.nobody_left": _("Everybody who was asked and has an account has answered."),
    "surveys.reminded_today": _("They were reminded today already. Once a day is enough."),
    "surveys.results_after_closing": _(
        "Results are shown once the survey is closed: while people answer, somebody could tell from one look to the "
        "next what the one said who came between."
    ),
    "surveys.too_few_answers": _(
        "There are %(count)s answers. Results go out from %(least)s on, so that they are nobody's own."
    ),
    "surveys.asked_another": _("Somebody else is asked here."),
    "surveys.no_link": _("This survey has no open link."),
    "surveys.not_an_answer": _("This cannot be read as an answer to the question."),
    "surveys.answer_missing": _("Please answer this question."),
    "surveys.empty": _("Nothing is answered yet."),
}

STATES = {
    "draft": pgettext_lazy("of a survey", "draft"),
    "open": pgettext_lazy("of a survey", "open"),
    "closed": pgettext_lazy("of a survey", "closed"),
    "analysed": pgettext_lazy("of a survey", "analysed"),
    "published": pgettext_lazy("of a survey", "published"),
    "discarded": pgettext_lazy("of a survey", "thrown away"),
}

KINDS = {
    "need": _("Need: importance and own level"),
    "scale": pgettext_lazy("a kind of question", "Scale"),
    "single": _("One choice"),
    "multiple": _("Several choices"),
    "ranking": _("Ranking"),
    "matrix": _("Table of scales"),
    "text": _("Open words"),
    "number": pgettext_lazy("a kind of question", "Number"),
    "section": _("Heading of a section"),
}

CONSTRUCTS = {
    "motivation": pgettext_lazy("what questions measure together", "motivation"),
    "understanding": pgettext_lazy("what questions measure together", "understanding"),
    "worth": pgettext_lazy("what questions measure together", "worth"),
    "abilities": pgettext_lazy("what questions measure together", "abilities"),
    "mentor": pgettext_lazy("what questions measure together", "mentor"),
    "place": pgettext_lazy("what questions measure together", "workplace and college"),
    "safety": pgettext_lazy("what questions measure together", "safety"),
}
"""Of the ready surveys; whoever writes an own one writes the word as it is shown."""

ROLE_NAMES = {
    "apprentice": pgettext_lazy("asked in a survey", "Apprentices"),
    "mentor": pgettext_lazy("asked in a survey", "Mentors"),
    "trainer": pgettext_lazy("asked in a survey", "Trainers"),
    "graduate": pgettext_lazy("asked in a survey", "Former apprentices"),
    "guest": pgettext_lazy("asked in a survey", "Others, by a link"),
}

GROUP_NAMES = {
    "role": pgettext_lazy("kept with an answer", "As what you are asked"),
    "occupation": pgettext_lazy("kept with an answer", "Occupation"),
    "stage": pgettext_lazy("kept with an answer", "Stage"),
    "site": pgettext_lazy("kept with an answer", "Campus"),
    "organisation": pgettext_lazy("kept with an answer", "Enterprise"),
    "wave": pgettext_lazy("kept with an answer", "Wave"),
}
OTHER_NAME = pgettext_lazy("a value that is kept coarse", "other or not said")

OPERATORS = {
    "is": pgettext_lazy("an earlier answer", "is"),
    "is_not": pgettext_lazy("an earlier answer", "is not"),
    "at_least": pgettext_lazy("an earlier answer", "is at least"),
    "at_most": pgettext_lazy("an earlier answer", "is at most"),
}

PARTS = {
    "importance": _("How important"),
    "own": _("Own level"),
    "mentor": _("Mentors' view"),
}

CHANGES = {
    "points": _("Scales have %(now)s points; in the wave before they had %(before)s."),
    "kind": _("Question %(place)s is of another kind than in the wave before."),
    "turned_round": _("Question %(place)s: the scale stands the other way round than in the wave before."),
    "labels": _("Question %(place)s: the points of the scale are named otherwise than in the wave before."),
    "turned_mark": _("Question %(place)s: whether it is turned was marked otherwise in the wave before."),
    "words": _("Question %(place)s has other words than in the wave before."),
    "options": _("Question %(place)s offers other choices than in the wave before."),
    "added": _("Question %(place)s is new in this wave."),
    "gone": _("Question %(place)s of the wave before is not asked any more."),
}
