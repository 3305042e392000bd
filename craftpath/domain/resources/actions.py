"""Dropping, sharing, marking and merging resources; reading other catalogues."""

from craftpath.domain.resources.harvesting import (
    Came,
    add_source,
    decline_suggestion,
    due,
    note_failure,
    note_part,
    resume_source,
    stop_source,
    take_suggestion,
)
from craftpath.domain.resources.marking import review_resource, star_resource
from craftpath.domain.resources.merging import merge_pair, part_pair
from craftpath.domain.resources.sharing import (
    Details,
    change_resource,
    discard_resource,
    recommend_resource,
    restore_resource,
    retire_resource,
    share_resource,
)
from craftpath.domain.resources.taking import (
    Read,
    add_link,
    add_version,
    drop_file,
    finish_version,
    guesses_from,
    refuse_version,
)
from craftpath.domain.resources.using import let_stay, note_uses

__all__ = [
    "Came",
    "Details",
    "Read",
    "add_link",
    "add_source",
    "add_version",
    "change_resource",
    "decline_suggestion",
    "discard_resource",
    "drop_file",
    "due",
    "finish_version",
    "guesses_from",
    "let_stay",
    "merge_pair",
    "note_failure",
    "note_part",
    "note_uses",
    "part_pair",
    "recommend_resource",
    "refuse_version",
    "restore_resource",
    "resume_source",
    "retire_resource",
    "review_resource",
    "share_resource",
    "star_resource",
    "stop_source",
    "take_suggestion",
]
