"""Labels, one sentence for each reason code, and one for each fault that the engine finds in a scheme."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "programmes.scheme_is_preset": _("This scheme is a preset. Copy it, then change the copy."),
    "programmes.scheme_of_another": _("This scheme belongs to another organisation."),
    "programmes.scheme_of_other_programme": _("This evaluation scheme belongs to another programme."),
    "programmes.scheme_in_use": _("Version %(version)s is in use and never changes. Make a next version."),
    "programmes.scheme_is_retired": _(
        "Version %(version)s is retired and stays as it is. Make a next version."
    ),
    "programmes.scheme_faulty": _("The scheme cannot be saved like this. See what is marked below."),
    "programmes.preset_unknown": _("There is no preset called %(key)s."),
}

TOPICS = {
    "duration": _("Duration"),
    "contract": _("Contract"),
    "hours": _("Hours"),
    "probation": _("Probation"),
    "pay": _("Pay"),
    "ratio": _("Ratio"),
    "documents": _("Documents"),
    "assessment": _("Assessment"),
}

CONFIDENCES = {
    "V": _("read in the text itself"),
    "S": _("read elsewhere"),
    "M": _("not compared with the source"),
    "A": _("assumed, confirm"),
}

STATES = {"draft": _("Draft"), "in_use": _("In use"), "retired": _("Retired")}

MISSING = {
    "incomplete": _("leaves the result open"),
    "zero": _("counts zero"),
    "exclude": _("leaves the sum"),
}

RULES_USE = {
    "rounded": _("the rounded figures, as people read them"),
    "exact": _("the exact figures, before rounding"),
}

MODES = {
    "weighted": _("The parts are added up by their weights."),
    "weighted_conditions": _("The parts are added up by their weights, and conditions decide."),
    "gateway_grade": _("A table of grades decides; there is no total."),
    "all_required": _("Every part has to be met; there is no total."),
}

# Where the marks of an item come from that nobody marks.
SOURCES = {
    "attendance": _("from attendance"),
    "weeks_confirmed": _("from confirmed weeks of the log"),
    "talks": _("from the talks about the log"),
    "reviews": _("from reviews"),
    "activities": _("from confirmed learning activities"),
}

# Several raters give the mark: how theirs become one, and who is asked where they lie too far apart.
RATED = _("judged by raters with a rubric")
AGREEMENTS = {
    "mean": _("their mean"),
    "median": _("the middle one"),
    "chair": _("the chair’s word, the others advise"),
}
BEYOND = {"third_rater": _("a third rater"), "chair": _("the chair decides")}

# `component` and `components` are names of parts, ready for the reader.
RULES = {
    "overall_min": _("The total is at least %(value)s."),
    "component_min": _("%(component)s reaches at least %(value)s of 100."),
    "count_min": _("At least %(at_least)s of these reach %(value)s of 100: %(components)s."),
    "none_below": _("None of these lies below %(value)s of 100: %(components)s."),
    "all_complete": _("These are complete: %(components)s."),
    "grade_table": _("The grades of the parts, taken together, stand in the table of grades."),
}

# The kinds that the form offers as rows; a table of grades has its own place.
RULE_KINDS = {
    "overall_min": _("The total reaches so many points"),
    "component_min": _("One part reaches so many points"),
    "count_min": _("So many parts reach so many points"),
    "none_below": _("No part lies below so many points"),
    "all_complete": _("The parts are complete"),
}

# Codes of `engines/evaluation`, without their `evaluation.`; the place is said by the field that is marked.
FAULTS = {
    "value_missing": _("Fill this in."),
    "not_text": _("“%(given)s” is not a text."),
    "text_empty": _("Fill this in."),
    "text_unprintable": _("There is a character in it that cannot be seen. Type it anew."),
    "not_a_list": _("This is not a list of texts."),
    "not_tables": _("This is not a list of rows."),
    "binary_float": _("%(given)s is not an exact decimal number."),
    "not_a_number": _("“%(given)s” is not a number. Type digits, such as 30 or 12.5."),
    "number_out_of_range": _("%(given)s is too large."),
    "too_many_places": _("%(given)s has more than %(places)s decimal places."),
    "not_whole": _("%(given)s is not a whole number."),
    "not_one_of": _("“%(given)s” is not one of these: %(allowed)s."),
    "no_component": _("The scheme has no part yet. Add one."),
    "weights_not_100": _("The weights of the parts add up to %(total)s, not to 100."),
    "decimals_out_of_range": _("%(given)s is not between 0 and %(most)s."),
    "key_twice": _("The key “%(key)s” is used twice. Each part and each item has its own."),
    "key_reserved": _("The key “%(key)s” is the name of a column of the results. Choose another."),
    "weight_negative": _("A weight is not below 0."),
    "drop_negative": _("This number is not below 0."),
    "max_not_positive": _("The full mark is above 0."),
    "no_item_weighs": _("No item of this part has a weight above 0."),
    "grades_not_in_mode": _("This scheme adds up points and has no grades."),
    "grades_not_distinct": _("At least two grades are needed, each once."),
    "grades_need_one_item": _("A graded part has exactly one item, not %(items)s."),
    "target_out_of_range": _("The target is above 0 and at most %(most)s."),
    "rule_unknown": _("“%(given)s” is no pass rule."),
    "rule_component_unknown": _("A pass rule names the part “%(given)s”, which is not here any more."),
    "rule_not_in_mode": _("This pass rule does not fit a scheme of this kind."),
    "rule_on_grades": _("This pass rule compares figures, but the part has grades."),
    "threshold_out_of_range": _("%(given)s is not between 0 and 100."),
    "at_least_out_of_range": _("The number of parts is between 1 and %(most)s."),
    "one_grade_table": _("This kind of scheme needs exactly one table of grades, not %(given)s."),
    "no_graded_component": _("No part has grades."),
    "grade_unknown": _("%(component)s has no grade “%(given)s”."),
    "table_too_large": _("There are more than %(most)s combinations of grades."),
    "table_gap": _("No row of the table of grades covers %(grades)s."),
    "table_contradicts": _("The table of grades leads from %(grades)s to different results: %(results)s."),
    "levels_not_distinct": _("At least two levels are needed, each once."),
    "levels_not_two": _("Exactly two levels are needed, not %(given)s."),
    "worth_out_of_range": _("%(given)s is not between 0 and 1."),
    "least_out_of_range": _("%(given)s is not a whole number between 1 and %(most)s."),
    "between_zero_and": _("%(given)s is not a whole number between 0 and %(most)s."),
    "too_many_steps": _("There are at most %(most)s thresholds."),
    "steps_out_of_range": _("A threshold and its points lie between 0 and 100 percent."),
    "steps_not_falling": _("Write thresholds from the highest down, each once, and no more points for less."),
    "source_on_grades": _("A part that is graded in words is graded by a person."),
    "raters_on_these": _("Raters give points: not a grade in words, and not what is worked out."),
    "raters_out_of_range": _("%(given)s is not a whole number between 1 and %(most)s."),
    "level_unknown": _("“%(given)s” is not one of the levels."),
    "days_out_of_range": _("%(given)s is not a whole number between 1 and %(most)s."),
    "supplement_not_in_mode": _("An oral supplement needs a scheme that adds up points."),
    "supplement_components": _("Name at least one part for the oral supplement, each once."),
    "supplement_component_unknown": _("The oral supplement names the part “%(given)s”, which is not here."),
    "supplement_needs_one_item": _(
        "%(component)s has several items or drops marks; an oral supplement needs one mark."
    ),
    "supplement_weight": _("%(given)s is not between 1 and %(most)s."),
    "supplement_most": _("The number of oral supplements is between 1 and %(most)s, not %(given)s."),
}
