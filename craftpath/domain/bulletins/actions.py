"""Making a bulletin, looking at it, and answering for one's own words."""

from craftpath.domain.bulletins.composing import compose_bulletin
from craftpath.domain.bulletins.moving import (
    discard_bulletin,
    hand_in_bulletin,
    publish_bulletin,
    return_bulletin,
    take_back_bulletin,
    withdraw_bulletin,
)
from craftpath.domain.bulletins.voicing import (
    add_voice,
    agree_voice,
    ask_voice,
    decline_voice,
    place_voice,
    reword_voice,
)
from craftpath.domain.bulletins.writing import (
    Look,
    begin_bulletin,
    hang_picture,
    remove_picture,
    save_block,
    set_look,
)

__all__ = [
    "Look",
    "add_voice",
    "agree_voice",
    "ask_voice",
    "begin_bulletin",
    "compose_bulletin",
    "decline_voice",
    "discard_bulletin",
    "hand_in_bulletin",
    "hang_picture",
    "place_voice",
    "publish_bulletin",
    "remove_picture",
    "return_bulletin",
    "reword_voice",
    "save_block",
    "set_look",
    "take_back_bulletin",
    "withdraw_bulletin",
]
