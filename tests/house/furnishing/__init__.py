"""A row of every table that the fixed cast does not fill, so that whoever may not see it has something to miss.

A module for each room; its function furnishes it once.
"""

from __future__ import annotations

from craftpath.domain.apprenticeships.counting import cohorts_after
from craftpath.domain.counts.keeping import recount
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.participation.acts import confirm
from tests.house.furnishing.activity import keep_a_store
from tests.house.furnishing.allowances import pay_up
from tests.house.furnishing.appraisals import appraise
from tests.house.furnishing.bookings import lend
from tests.house.furnishing.bulletins import make_bulletins
from tests.house.furnishing.care import look_after
from tests.house.furnishing.catalogues import classify
from tests.house.furnishing.certificates import certify
from tests.house.furnishing.claims import bring_certificates
from tests.house.furnishing.courses import learn_on_line
from tests.house.furnishing.credits import bank_credits
from tests.house.furnishing.curricula import design_together
from tests.house.furnishing.desk import serve_at_the_desk
from tests.house.furnishing.directives import tell_those_below
from tests.house.furnishing.doubles import keep_doubles
from tests.house.furnishing.exams import (
    calibrate,
    fill_the_bank,
    in_the_bank,
    moderate,
    one_item,
    plan_papers,
    sit_together,
)
from tests.house.furnishing.figures import count_many
from tests.house.furnishing.forums import meet_and_talk
from tests.house.furnishing.frameworks import list_skills
from tests.house.furnishing.groups import learn_together
from tests.house.furnishing.growth import grow
from tests.house.furnishing.insight import hand_over
from tests.house.furnishing.judging import Judged, judge_together
from tests.house.furnishing.learning import call_the_roll, plan_tomorrow
from tests.house.furnishing.logbook import keep_a_log
from tests.house.furnishing.lti import open_doors
from tests.house.furnishing.matching import match_up
from tests.house.furnishing.mentoring import work_in_a_pair
from tests.house.furnishing.name import NAME
from tests.house.furnishing.needs import weigh_needs
from tests.house.furnishing.occupations import chart_a_trade
from tests.house.furnishing.outside import count_from_outside
from tests.house.furnishing.packages import play_a_package
from tests.house.furnishing.pairing import pair_up
from tests.house.furnishing.partnership import agree_together
from tests.house.furnishing.passport import carry_along
from tests.house.furnishing.pilots import go_round
from tests.house.furnishing.places import describe_places
from tests.house.furnishing.points import serve_a_point
from tests.house.furnishing.progression import stand_at_a_gate
from tests.house.furnishing.protection import ask_about_oneself
from tests.house.furnishing.questions import ask_a_master
from tests.house.furnishing.reading import read_together
from tests.house.furnishing.resources import stock_a_library
from tests.house.furnishing.reviews import talk_together
from tests.house.furnishing.sharing import share
from tests.house.furnishing.standards import set_a_standard
from tests.house.furnishing.stories import tell_a_story
from tests.house.furnishing.studio import draft_together, give_on
from tests.house.furnishing.study import study_something
from tests.house.furnishing.subsidies import fund_a_class
from tests.house.furnishing.support import help_early
from tests.house.furnishing.surveys import ask_around
from tests.house.furnishing.teaching import teach_together
from tests.house.furnishing.training import plan_a_rotation
from tests.house.furnishing.ventures import work_jointly
from tests.house.furnishing.workshops import hold_a_workshop

__all__ = [
    "Judged",
    "NAME",
    "agree_together",
    "appraise",
    "ask_a_master",
    "ask_around",
    "bank_credits",
    "bring_certificates",
    "calibrate",
    "call_the_roll",
    "carry_along",
    "certify",
    "chart_a_trade",
    "classify",
    "count_many",
    "describe_places",
    "design_together",
    "draft_together",
    "fill_the_bank",
    "fund_a_class",
    "furnish",
    "give_on",
    "go_round",
    "grow",
    "hand_over",
    "help_early",
    "hold_a_workshop",
    "in_the_bank",
    "judge_together",
    "keep_a_log",
    "keep_doubles",
    "learn_on_line",
    "learn_together",
    "lend",
    "list_skills",
    "look_after",
    "make_bulletins",
    "match_up",
    "meet_and_talk",
    "moderate",
    "one_item",
    "open_doors",
    "pair_up",
    "pay_up",
    "plan_a_rotation",
    "plan_papers",
    "plan_tomorrow",
    "ask_about_oneself",
    "count_from_outside",
    "keep_a_store",
    "play_a_package",
    "stock_a_library",
    "read_together",
    "serve_a_point",
    "serve_at_the_desk",
    "set_a_standard",
    "share",
    "sit_together",
    "stand_at_a_gate",
    "talk_together",
    "teach_together",
    "study_something",
    "tell_a_story",
    "tell_those_below",
    "weigh_needs",
    "work_in_a_pair",
    "work_jointly",
]


def furnish(cast: Cast) -> dict[str, str]:
    """Write what each room keeps, once: by its actions, about the apprentice of the cast. Gives ids for addresses."""
    with everywhere("a test furnishes every room"):
        plan_a_rotation(cast)
        call_the_roll(cast)
        stand_at_a_gate(cast)
        talk_together(cast)
        look_after(cast)
        judge_together(cast)
        fill_the_bank(cast)
        sit_together(cast)
        set_a_standard(cast)
        plan_papers(cast)
        calibrate(cast)
        pair_up(cast)
        match_up(cast)
        teach_together(cast)
        design_together(cast)
        pay_up(cast)
        fund_a_class(cast)
        go_round(cast)
        describe_places(cast)
        tell_those_below(cast)
        tell_a_story(cast)
        make_bulletins(cast)
        ask_a_master(cast)
        confirm(cast)
        open_doors(cast)
        play_a_package(cast)
        keep_a_store(cast)
        count_from_outside(cast)
        ask_about_oneself(cast)
        stock_a_library(cast)
        learn_on_line(cast)
        meet_and_talk(cast)
        read_together(cast)
        learn_together(cast)
        draft_together(cast)
        classify(cast)
        agree_together(cast)
        list_skills(cast)
        work_in_a_pair(cast)
        serve_at_the_desk(cast)
        appraise(cast)
        weigh_needs(cast)
        ask_around(cast)
        grow(cast)
        study_something(cast)
        chart_a_trade(cast)
        keep_doubles(cast)
        serve_a_point(cast)
        share(cast)
        lend(cast)
        work_jointly(cast)
        certify(cast)
        hold_a_workshop(cast)
        carry_along(cast)
        bring_certificates(cast)
        bank_credits(cast)
        hand_over(cast)
        help_early(cast)
        ids = keep_a_log(cast)
        recount(cohorts_after(0, 100))  # what was furnished is counted
        return ids
