"""Writing about curricula: begun, filled, put before those who review, approved and activated; the library of units."""

from craftpath.domain.curricula.approving import activate_version, approve_version, retire_version
from craftpath.domain.curricula.cards import offer_card, retire_card, save_card, take_in_cards
from craftpath.domain.curricula.choosing import move_unit, put_in, set_minutes, take_out
from craftpath.domain.curricula.drafting import (
    ask_draft,
    blame_draft,
    cancel_draft,
    finish_draft,
    refuse_draft,
    take_draft,
)
from craftpath.domain.curricula.linking import (
    drop_assessment,
    drop_outcome,
    save_assessment,
    save_outcome,
    set_links,
)
from craftpath.domain.curricula.planning import choose_units, pin_card, set_targets
from craftpath.domain.curricula.replacing import replace_content
from craftpath.domain.curricula.reviewing import Asked, open_review, resolve, return_version, say, vote
from craftpath.domain.curricula.serving import follow_chart
from craftpath.domain.curricula.starting import draft_version, start_curriculum

__all__ = [
    "ask_draft",
    "blame_draft",
    "cancel_draft",
    "finish_draft",
    "follow_chart",
    "refuse_draft",
    "take_draft",
    "Asked",
    "activate_version",
    "approve_version",
    "choose_units",
    "draft_version",
    "drop_assessment",
    "drop_outcome",
    "move_unit",
    "offer_card",
    "open_review",
    "pin_card",
    "put_in",
    "replace_content",
    "resolve",
    "retire_card",
    "retire_version",
    "return_version",
    "save_assessment",
    "save_card",
    "save_outcome",
    "say",
    "set_links",
    "set_minutes",
    "set_targets",
    "start_curriculum",
    "take_in_cards",
    "take_out",
    "vote",
]
