"""All that can be done with notices, plans and quotas."""

from craftpath.domain.directives.reading import (
    answer_directive,
    open_directive,
    remind_readers,
    understand_directive,
)
from craftpath.domain.directives.rules import Draft, Quota
from craftpath.domain.directives.writing import (
    Files,
    attach_file,
    change_directive,
    correct_directive,
    detach_file,
    discard_directive,
    issue_directive,
    publish_directive,
    reissue_directive,
    withdraw_directive,
    write_directive,
)

__all__ = [
    "Draft",
    "Files",
    "Quota",
    "answer_directive",
    "attach_file",
    "change_directive",
    "correct_directive",
    "detach_file",
    "discard_directive",
    "issue_directive",
    "open_directive",
    "publish_directive",
    "reissue_directive",
    "remind_readers",
    "understand_directive",
    "withdraw_directive",
    "write_directive",
]
