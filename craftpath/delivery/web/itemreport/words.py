"""How figures are called, what they are, what they do with gaps, and why one is not available."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WHY = {
    "no_rows": _("nobody has answered"),
    "no_answers": _("nobody has answered"),
    "no_complete_rows": _("nobody is wholly marked"),
    "no_maximum": _("the full mark is not known"),
    "no_variation": _("all have the same"),
    "too_few_rows": _("too few candidates"),
    "too_few_people": _("too few candidates"),
    "too_few_items": _("too few questions with right and wrong only"),
    "too_few_units": _("too few essays with two marks"),
    "too_few_raters": _("too few markers"),
    "too_few_common": _("too few common questions"),
    "small_group": _("a group is too small"),
    "not_dichotomous": _("more than right and wrong"),
    "not_two_raters": _("more than two markers"),
    "no_order": _("the marks have no order"),
    "unequal_ratings": _("not every essay has the same number of marks"),
    "gaps": _("not every marker has marked every essay"),
    "all_right": _("everybody had it right"),
    "all_wrong": _("nobody had it right"),
    "slope_zero": _("the question tells nobody apart"),
    "unbounded": _("the slope runs away"),
    "not_converged": _("the search for the model did not arrive"),
    "not_identified": _("asked together with too few other questions"),
    "fixed": _("fixed by the model"),
    "chance_certain": _("chance alone would agree as well"),
    "level": _("not for this kind of marks"),
}

MISSING = {
    "none": "",
    "answered": _("over those who were asked; no answer counts as no points"),
    "complete_rows": _("over those of whom everything is marked; whoever was absent is left out"),
    "pairwise": _("over those who were asked both"),
    "ignored": _("a gap adds nothing; no answer counts as wrong"),
    "pairable": _("over essays with two marks or more; a mark that is missing is left out"),
    "no_gaps": _("with a gap there is no figure"),
}


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its anchor on the page, how it is called and what it is."""

    key: str
    name: object
    words: object


METHODS = {
    one.key: one
    for one in (
        Method("mean", _("Mean"), _("The sum of all totals, divided by the number of candidates.")),
        Method(
            "spread",
            _("Standard deviation"),
            _("How far totals lie from the mean, with n − 1 as divisor."),
        ),
        Method(
            "cronbach_alpha",
            _("Cronbach’s alpha"),
            _(
                "How much of the differences between totals all questions have in common. From 0.8 on decisions about "
                "people rest on firm ground; below 0.6 they do not (Cronbach 1951)."
            ),
        ),
        Method(
            "kuder_richardson_20",
            _("KR-20"),
            _("Alpha where each question has one point or none (Kuder and Richardson 1937)."),
        ),
        Method(
            "standard_error_of_measurement",
            _("Standard error of measurement"),
            _(
                "How far a total may lie from what the same person would have on the average: two times out of three "
                "no further than this. It is s·√(1 − alpha), in points."
            ),
        ),
        Method(
            "mean_share_of_maximum",
            pgettext_lazy("of a question, as a share", "Difficulty"),
            _("The mean share of the points of a question: 1 means that everybody had all of them."),
        ),
        Method(
            "pearson_item_rest",
            _("Discrimination"),
            _(
                "The correlation of a question with the total of the others: above 0.3 it tells well who knows more, "
                "below 0 the better ones get it wrong."
            ),
        ),
        Method(
            "upper_lower_27_ties_shared",
            _("Upper less lower group"),
            _(
                "The share of points in the best 27 percent less that in the weakest 27; those tied at the edge share "
                "the places (Kelley 1939)."
            ),
        ),
        Method(
            "cronbach_alpha_without_the_item",
            _("Alpha without it"),
            _("Cronbach’s alpha of the other questions. If it is higher than alpha, look at this question."),
        ),
        Method(
            "options_by_third_ties_shared",
            _("Choices by thirds"),
            _(
                "Candidates stand in three groups of equal size by their total; those tied at the edge share the "
                "places. A wrong choice that fewer than one in twenty made is idle."
            ),
        ),
        Method(
            "rasch_mml_common_slope",
            _("Rasch model"),
            _(
                "P = 1/(1 + exp(−a(θ − b))) with one slope a for all questions and a difficulty b for each, fitted by "
                "marginal maximum likelihood; abilities are spread normally, with mean 0 and deviation 1."
            ),
        ),
        Method(
            "two_pl_mml",
            _("Two-parameter model"),
            _(
                "P = 1/(1 + exp(−a(θ − b))) with a slope a and a difficulty b for each question, fitted by marginal "
                "maximum likelihood; abilities are spread normally, with mean 0 and deviation 1."
            ),
        ),
        Method(
            "mean_squares",
            _("Infit and outfit"),
            _(
                "The mean of squared residuals beside what the model expects: near 1 is as expected, above 1.3 the "
                "answers are wilder, below 0.7 tamer than the model (Wright and Masters 1982)."
            ),
        ),
        Method(
            "s_x2",
            _("S-X²"),
            _(
                "Observed and expected shares by total score. A small p says that the question does not behave as the "
                "model has it; with many questions some p are small by chance (Orlando and Thissen 2000)."
            ),
        ),
        Method(
            "information",
            _("Test information"),
            _(
                "The sum of a²·P·(1 − P): where it is high the test is sharp. The standard error is 1/√ of it."
            ),
        ),
        Method(
            "expected_a_posteriori",
            _("Ability"),
            _("Where a candidate probably stands on the scale, given the answers (Bock and Mislevy 1982)."),
        ),
        Method(
            "stocking_lord",
            _("Characteristic curves"),
            _(
                "The line that brings the expected scores on common questions closest (Stocking and Lord 1983)."
            ),
        ),
        Method(
            "mean_sigma",
            _("Mean and deviation"),
            _("The line that makes mean and deviation of the common difficulties equal (Marco 1977)."),
        ),
        Method(
            "true_score",
            _("Equivalent scores"),
            _(
                "Two scores are worth the same if the same ability is expected to reach them (Kolen and Brennan 2014)."
            ),
        ),
        Method(
            "mantel_haenszel_delta",
            _("Mantel–Haenszel delta"),
            _(
                "Among people of equal total, how much harder a question is for the group: below 0 harder, above 0 "
                "easier. A is small or chance, B moderate, C large (Holland and Thayer 1988, Zieky 1993)."
            ),
        ),
        Method(
            "weighted_kappa_quadratic",
            _("Weighted kappa"),
            _("Agreement beyond chance; a gap twice as wide counts four times (Cohen 1968)."),
        ),
        Method(
            "icc_2,1",
            _("ICC(2,1)"),
            _(
                "How much of the differences is between essays and not between markers, for one mark; who marks is a "
                "sample of those who might (Shrout and Fleiss 1979)."
            ),
        ),
        Method(
            "icc_1,1",
            _("ICC(1,1)"),
            _("The same where each essay has markers of its own (Shrout and Fleiss 1979)."),
        ),
        Method(
            "krippendorff_alpha_interval",
            _("Krippendorff’s alpha"),
            _(
                "One less observed by expected disagreement; from 0.8 on reliable, from 0.667 on tentative "
                "(Krippendorff 2011)."
            ),
        ),
        Method("percent_agreement", _("Equal marks"), _("Pairs of marks of one essay that are the same.")),
        Method(
            "mean_gap",
            _("Mean gap"),
            _("The mean distance of two marks of one essay, in percent of full points."),
        ),
    )
}

FLAGS = {
    "check_key": _("check the key"),
    "too_hard": _("very hard"),
    "too_easy": _("very easy"),
    "weak": _("tells little apart"),
}
KINDS_OF_GROUPS = {
    "cohort": _("Class"),
    "college": _("College or campus"),
    "enterprise": _("Training enterprise"),
    "language": _("Language of the pages"),
}
LANGUAGES = {"zh-hans": "简体中文", "en": "English"}


def used_methods(keys: Iterable[str]) -> list[Method]:
    """Those that a page names, each once, in its order."""
    return [METHODS[key] for key in dict.fromkeys(keys)]
