"""Sentences of plans drafted from needs: one for each code of the engine, and one for each refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

DRAFT_STATES: dict[str, StrPromise] = {
    "asked": _("Being worked out"),
    "done": _("Worked out"),
    "impossible": _("Nothing fits"),
    "refused": _("Not worked out"),
    "cancelled": pgettext_lazy("a draft of a curriculum", "Taken back"),
    "taken": pgettext_lazy("a draft of a curriculum", "Taken into the version"),
}

WHY_IN: dict[str, StrPromise] = {
    "pinned": _("It has to be in."),
    "covers": _("Without it, %(loses)s of the need would be lost."),
    "needed": _("It has to come before %(needed_by)s."),
    "required": _("Without it, a least number of hours would be missed."),
    "fills": _("It uses hours that would be left over."),
}
"""By code of `engines.curriculum.WhyIn`."""

WHY_OUT: dict[str, StrPromise] = {
    "forbidden": _("It has to stay out. With it, the plan would cover %(loss)s more."),
    "forbidden_free": _("It has to stay out; that costs nothing."),
    "before_forbidden": _("It needs %(units)s before it, and that has to stay out."),
    "before_later": _("It needs %(units)s before it, and that comes in a later stage."),
    "cannot_fit": _("It cannot fit in: %(wishes)s."),
    "adds_nothing": _("With it, no more of the need would be covered."),
    "tied": _("It could come in for %(leaves)s, and as much would be covered."),
    "costs": _("It would cost %(loss)s of the need, for %(leaves)s would have to leave."),
    "costs_swap": _(
        "It would cost %(loss)s of the need: %(leaves)s would have to leave, and %(comes)s would come in."
    ),
    "costs_move": _(
        "It would cost %(loss)s of the need, for other units would have to move to other stages."
    ),
    "better": _("With it, a plan was found that covers %(loss)s more. Have it in and work out again."),
    "unknown": _("There was not enough time to find out what it would cost."),
}
"""By code of `engines.curriculum.WhyOut`; `forbidden_free` and two of `costs_…` say the same code more exactly."""

AT_MOST_LOSS = _("at most %(loss)s")
AT_LEAST_GAIN = _("at least %(gain)s")
NOT_PROVED = _("That was not proved in the time.")
"""What is said of a figure, or of there being none, where the time ended the search."""

WISHES: dict[str, StrPromise] = {
    "hours": _("%(hours)s in all at most"),
    "stage": _("%(hours)s in %(stage)s at most"),
    "place": _("%(hours)s of %(key)s at most"),
    "stage_place": _("%(hours)s of %(key)s in %(stage)s at most"),
    "area_min": _("%(hours)s of %(key)s at least"),
    "trainer": _("%(hours)s by %(key)s at most"),
    "room": _("%(hours)s in the room %(key)s at most"),
    "assessments_min": _("%(count)s assessments at least"),
    "pinned": _("%(key)s has to be in"),
    "forbidden": _("%(key)s has to stay out"),
}
"""By code of `engines.curriculum.Kind`."""

GIVEN_UP: dict[str, StrPromise] = {
    "pinned": _("%(key)s need not be in"),
    "forbidden": _("%(key)s may be in"),
}

GAINS: dict[str, StrPromise] = {
    "hours": _("%(hours)s more in all"),
    "stage": _("%(hours)s more in %(stage)s"),
    "place": _("%(hours)s more of %(key)s"),
    "stage_place": _("%(hours)s more of %(key)s in %(stage)s"),
    "area_min": _("%(hours)s less asked of %(key)s"),
    "trainer": _("%(hours)s more by %(key)s"),
    "room": _("%(hours)s more in the room %(key)s"),
    "assessments_min": _("%(count)s assessments less asked"),
}
"""What there would be more of, by code of `engines.curriculum.Kind`."""

DRAFT_REASONS: dict[str, StrPromise] = {
    "curricula.draft_without_needs": _(
        "No skill has a weight yet. Give at least one skill a weight above 0."
    ),
    "curricula.draft_weight": _("Weights go from 0 to %(most)s."),
    "curricula.draft_factor": _("A stage can make a skill count %(least)s to %(most)s times."),
    "curricula.draft_hours": _("Hours go from 0 to %(most)s."),
    "curricula.draft_stage_unknown": _("The programme has no such stage."),
    "curricula.draft_too_many": _(
        "This version has %(most)s drafts, and there is room for no more. Begin another version."
    ),
    "curricula.draft_no_time": _(
        "No plan was found in %(seconds)s seconds, nor that there is none. Fewer pins or more hours make it easier."
    ),
    "curricula.draft_failed": _(
        "The plan could not be worked out. The fault is noted; your wishes are kept."
    ),
    "curricula.draft_ring": _(
        "Units need one another in a ring: %(path)s. Mend that in the library or in the version first."
    ),
    "curricula.draft_area_unreachable": _(
        "%(area)s cannot be reached: at least %(least)s hours are asked for, and all its units together have %(there)s."
    ),
    "curricula.draft_pin_before_later": _(
        "%(id)s cannot stand anywhere: what it needs before it comes in a later stage (%(units)s)."
    ),
    "curricula.draft_without_role": _("Your role ended before it was this draft's turn."),
    "curricula.draft_not_open": _("This draft holds no plan that could be taken."),
    "curricula.draft_own_units": _(
        "The version has units that no draft can choose, and they would be lost: %(units)s. Add them to the library,"
        " with stages that the programme has and with what they need before them, or take them out of the version."
    ),
    "curricula.draft_made_otherwise": _(
        "This has asked for another draft already. Load the page anew and ask again."
    ),
    "curricula.draft_moved": _(
        "Units have changed since this draft was made (%(units)s). Draft again; then the reasons are true."
    ),
}
