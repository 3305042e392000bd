"""A sentence for everything that the assembly engine can say of a bank, of a blueprint, and of what is to blame.

`%(cell)s` names the questions that are meant, `%(all)s` is the count over all forms. Where a code is about a measure,
its sentence stands under `code:measure`.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FAULTS = {
    "assembly.bank_empty": _("There is no released question in the bank. Release some, then try again."),
    "assembly.cells_exceed_total": _(
        "The rows together ask for at least %(cells)s, and the whole form may have at most %(most)s. "
        "Lower a row, or raise the whole."
    ),
    "assembly.cells_below_total": _(
        "The rows together allow at most %(cells)s, and the whole form asks for at least %(least)s. "
        "Raise a row, or lower the whole."
    ),
    "assembly.least_above_most": _("“From” (%(least)s) is more than “to” (%(most)s)."),
    "assembly.number_negative": _("A figure is below 0, or is no number."),
    "assembly.forms_too_few": _("At least one form is needed."),
    "assembly.demand_twice": _("Two rows ask for the same questions. Put both into one."),
    "assembly.anchors_alone": _("One form alone shares nothing with others."),
    "assembly.item_twice": _("The question “%(item)s” stands twice in the bank."),
    "assembly.item_unknown": _("The question “%(item)s” is not in the bank."),
    "assembly.item_both": _("The question “%(item)s” is asked for and excluded at once."),
    "assembly.enemies_alone": _("A pair of questions that may not stand together has one question only."),
    "assembly.stimulus_twice": _("A shared text stands twice in the bank."),
    "assembly.stimulus_number": _("A figure of a shared text makes no sense."),
    "assembly.stimuli_of_cell": _("Shared texts are counted in the whole form only, not in a row."),
    "assembly.p_not_share": _("An expected share lies between 0 and 1."),
    "assembly.p_missing": _("Some questions have no expected share of the points. Add it, then try again."),
    "assembly.parameters_half": _("The question “%(item)s” has one of its two parameters only."),
    "assembly.slope_not_positive": _("The discrimination of the question “%(item)s” is not above 0."),
    "assembly.place_not_finite": _("The difficulty of the question “%(item)s” is no number."),
    "assembly.target_uneven": _("The target curve needs one value for each ability."),
    "assembly.theta_not_finite": _("An ability of the target curve is no number."),
    "assembly.shape_nothing": _("The target curve is 0 everywhere."),
}

BLAMES = {
    "assembly.too_few:items": _(
        "%(cell)s: at least %(wanted)s are wanted in each form; beside the other wishes every form can have "
        "%(available)s. Released and usable: %(usable)s."
    ),
    "assembly.too_few:bank": _(
        "%(cell)s: only %(usable)s released ones can be used; the blueprint wants %(wanted)s in each of %(forms)s "
        "forms = %(all)s. Add items, lower the count, or let forms share questions."
    ),
    "assembly.too_few:points": _(
        "Points: at least %(wanted)s are wanted in each form; beside the other wishes every form can have "
        "%(available)s."
    ),
    "assembly.too_few:seconds": _(
        "Time: at least %(wanted)s minutes are wanted; beside the other wishes every form can have %(available)s."
    ),
    "assembly.too_few:stimuli": _(
        "Shared texts: at least %(wanted)s are wanted in each form; %(available)s can be had."
    ),
    "assembly.too_few:mean_p": _(
        "%(cell)s: a mean expected share of at least %(wanted)s is wanted; %(available)s can be had."
    ),
    "assembly.too_many:items": _(
        "%(cell)s: at most %(wanted)s are allowed in a form; the other wishes need %(available)s."
    ),
    "assembly.too_many:points": _(
        "Points: a form may have at most %(wanted)s; the other wishes come to %(available)s."
    ),
    "assembly.too_many:seconds": _(
        "Time: a form may take at most %(wanted)s minutes; the other wishes take %(available)s."
    ),
    "assembly.too_many:stimuli": _(
        "Shared texts: at most %(wanted)s are allowed in a form; the other wishes need %(available)s."
    ),
    "assembly.too_many:mean_p": _(
        "%(cell)s: a mean expected share of at most %(wanted)s is wanted; the other wishes come to %(available)s."
    ),
    "assembly.enemies": _("These may not stand in one form: %(items)s."),
    "assembly.stimulus_least": _(
        "A shared text comes with at least %(wanted)s of its questions; the other wishes leave room for %(available)s."
    ),
    "assembly.stimulus_most": _(
        "A shared text comes with at most %(wanted)s of its questions; the other wishes need %(available)s."
    ),
    "assembly.exposure": _(
        "Some questions may not stand in as many papers as this would take (limits of exposure in the bank)."
    ),
    "assembly.mandatory": _("This question has to stand in every form: %(items)s."),
    "assembly.somewhere": _("This question has to stand in one of the forms at least: %(items)s."),
    "assembly.forbidden": _("Some questions are excluded."),
    "assembly.anchors_few": _("All forms have to share %(wanted)s questions; %(available)s are possible."),
    "assembly.anchors_many": _(
        "All forms may share at most %(wanted)s questions; the other wishes need %(available)s."
    ),
    "assembly.overlap": _(
        "Two forms may have %(wanted)s questions in common (besides those that all share); "
        "the other wishes need %(available)s."
    ),
}

RELIEFS = {
    "assembly.too_few:items": _("%(cell)s: ask for %(available)s in each form instead of %(wanted)s."),
    "assembly.too_few:points": _("Points: ask for %(available)s in each form instead of %(wanted)s."),
    "assembly.too_few:seconds": _("Time: ask for %(available)s minutes instead of %(wanted)s."),
    "assembly.too_few:stimuli": _("Shared texts: ask for %(available)s instead of %(wanted)s."),
    "assembly.too_few:mean_p": _(
        "%(cell)s: ask for a mean expected share of %(available)s instead of %(wanted)s."
    ),
    "assembly.too_many:items": _("%(cell)s: allow %(available)s in a form instead of %(wanted)s."),
    "assembly.too_many:points": _("Points: allow %(available)s in a form instead of %(wanted)s."),
    "assembly.too_many:seconds": _("Time: allow %(available)s minutes instead of %(wanted)s."),
    "assembly.too_many:stimuli": _("Shared texts: allow %(available)s instead of %(wanted)s."),
    "assembly.too_many:mean_p": _(
        "%(cell)s: allow a mean expected share of %(available)s instead of %(wanted)s."
    ),
    "assembly.enemies": _("Let these stand in one form: %(items)s."),
    "assembly.stimulus_least": _("Let a shared text come with %(available)s of its questions."),
    "assembly.stimulus_most": _("Let a shared text come with %(available)s of its questions."),
    "assembly.exposure": _("Raise the limit of exposure of some questions, or add items like them."),
    "assembly.mandatory": _("Do without this question in some form: %(items)s."),
    "assembly.somewhere": _("Do without this question: %(items)s."),
    "assembly.forbidden": _("Let some of the excluded questions in."),
    "assembly.anchors_few": _("Let all forms share %(available)s questions instead of %(wanted)s."),
    "assembly.anchors_many": _("Let all forms share %(available)s questions instead of %(wanted)s."),
    "assembly.overlap": _("Let two forms have %(available)s questions in common instead of %(wanted)s."),
}
