"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "matching.leaves": _("%(name)s leaves: this round looks for others."),
    "matching.other_place": _("%(name)s teaches elsewhere: at %(place)s."),
    "matching.not_above": _("%(name)s does not stand above."),
    "matching.nothing_wanted": _("%(name)s teaches nothing that %(other)s wants to learn."),
    "matching.teaches_nothing": _("The profile of %(name)s does not say yet what is taught."),
    "matching.kind_unknown": _("Choose a kind of pair."),
    "matching.shares_unknown": _("Choose one of the ways to share the work."),
    "matching.stated_one_teacher": _(
        "What both sides state decides only rounds in which each apprentice has one teacher."
    ),
    "matching.nobody_teaches": _("Choose at least one person who teaches."),
    "matching.nobody_learns": _("Choose at least one person who learns."),
    "matching.too_many": _(
        "A round has at most %(teachers)s who teach and %(learners)s who learn. Make one for each place or class."
    ),
    "matching.twice": _("Somebody stands in this round twice."),
    "matching.side_unknown": _("In this kind of round everybody stands on the side that fits it."),
    "matching.most_out_of_range": _("%(name)s can get between 0 and %(most)s in this round."),
    "matching.level_out_of_range": _("A level lies between 0 and %(most)s."),
    "matching.one_level": _("A chain needs at least two levels."),
    "matching.criterion_unknown": _("Say of each criterion how much it matters."),
    "matching.weight_out_of_range": _("A weight lies between 0 and %(most)s."),
    "matching.nothing_matters": _("Let at least one criterion beside fairness matter."),
    "matching.mark_unknown": _("Pin two people, keep them apart, or neither."),
    "matching.pins_over_need": _(
        "%(name)s is pinned to %(pins)s teachers and needs %(most)s. Take a pin away first."
    ),
    "matching.pins_over_room": _(
        "%(pins)s people are pinned to %(name)s, who has room for %(most)s. Take a pin away, or raise the capacity."
    ),
    "matching.nothing_to_ask": _("Among equals nobody is asked: the profiles say who teaches what."),
    "matching.asks_until_past": _("Choose a last day for answers that is still to come."),
    "matching.not_asking": _("The days for saying whom you would like are over."),
    "matching.wishes_twice": _("Name each person once, at most %(most)s."),
    "matching.wish_unknown": _("Choose people of this round."),
    "matching.words_too_long": _("Write at most %(most)s things, each in at most %(longest)s characters."),
    "matching.shift_unknown": _("Choose one of the shifts."),
    "matching.language_unknown": _("Choose languages of the list, each once."),
    "matching.same_place": _("Choose two different places."),
    "matching.travel_out_of_range": _("A travel time lies between 0 and %(most)s minutes."),
    "matching.no_name": _("Give the round a name."),
    "matching.not_in_round": _("This person does not take part in the round any more."),
    "matching.not_in_it": _("Only those who take part say whom they would like."),
    "matching.over": _("This round is over: it was published or dropped."),
    "matching.cannot_solve": _(
        "These pins and bans contradict each other (%(fault)s). Take one of them away."
    ),
    "matching.changed_since": _(
        "Somebody, a place or a mark has changed since this was proposed. Propose again; nothing is lost."
    ),
    "matching.nothing_proposed": _("This proposal has no pair that could be made."),
}

CRITERIA = {
    "occupation": _("Occupation"),
    "site": _("Near by"),
    "shift": _("Same shift"),
    "language": _("Language"),
    "goals": _("Goals"),
    "wishes": _("Wishes of both"),
    "results": _("Past results"),
    "continuity": _("Continuity"),
    "fairness": _("Even loads"),
}

CRITERION_HINTS = {
    "occupation": _("The teacher teaches, or has taught, the occupation of the apprentice."),
    "site": _("The same place, or a short way between the two."),
    "shift": _("Both work in the same shift, or can meet in it."),
    "language": _("The language that the learner speaks best is one of the teacher's."),
    "goals": _("The teacher teaches what the learner wants to learn."),
    "wishes": _("One or both named the other when they were asked."),
    "results": _("How apprentices did with this teacher, by the last published appraisal; 50 is the usual."),
    "continuity": _("The two are a pair already, or were one."),
    "fairness": _("Nobody is full while others have hardly anybody."),
}

STATES = {
    "open": pgettext_lazy("a matching round", "Being prepared"),
    "asking": pgettext_lazy("a matching round", "Asks for wishes"),
    "published": pgettext_lazy("a matching round", "Published"),
    "dropped": pgettext_lazy("a matching round", "Dropped"),
}

METHODS = {
    "worth": _("The plan that is worth most for all together"),
    "stated": _("What both sides stated: no two would rather have each other"),
}

SHIFTS = {
    "day": pgettext_lazy("a shift", "Day"),
    "early": _("Early shift"),
    "late": _("Late shift"),
    "night": _("Night shift"),
    "rotating": _("Changing shifts"),
}

LANGUAGES = {
    "zh": _("Chinese"),
    "yue": _("Cantonese"),
    "wuu": _("Wu"),
    "nan": _("Southern Min"),
    "bo": _("Tibetan"),
    "ug": _("Uyghur"),
    "mn": _("Mongolian"),
    "za": _("Zhuang"),
    "ii": _("Yi"),
    "en": _("English"),
    "de": _("German"),
    "fr": _("French"),
    "ru": _("Russian"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
    "vi": _("Vietnamese"),
}

WHYS = {
    "pinned": _("You pinned these two."),
    "chosen": _("Chosen in this plan."),
    "barred": _("Not possible."),
    "forbidden": _("You keep these two apart."),
    "no_need": _("Your pins have met the need already."),
    "no_capacity": _("Your pins, and those who are there already, take all the room."),
    "tied": _("Just as good: pin them if you prefer this."),
    "worse_than_none": _("Worth less than nobody."),
    "better_served": _("The one chosen is worth more to this learner."),
    "trainer_full": _("Full: the place is worth more to somebody else."),
    "trainer_loaded": _("There is room, but others carry less; you let even loads matter."),
    "teacher_prefers": _("Full with people whom this teacher put higher."),
    "learner_prefers": _("The learner has somebody who was put higher."),
    "no_ring": _("No ring of two or three closes with this one."),
    "better_ring": _("Another ring is worth more, or takes more people in."),
}
