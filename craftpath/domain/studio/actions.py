"""Writing draft occupations."""

from craftpath.domain.studio.adopting import adopt_version, recall_version, reject_version, vote_on_version
from craftpath.domain.studio.moving import propose_version, shelve_version
from craftpath.domain.studio.publishing import publish_project, take_over, withdraw_project
from craftpath.domain.studio.talking import comment
from craftpath.domain.studio.trying import begin_trial, end_trial, keep_evidence
from craftpath.domain.studio.writing import begin_version, set_draft, start_draft, write_part

__all__ = [
    "adopt_version",
    "begin_trial",
    "begin_version",
    "comment",
    "end_trial",
    "keep_evidence",
    "propose_version",
    "publish_project",
    "recall_version",
    "reject_version",
    "set_draft",
    "shelve_version",
    "start_draft",
    "take_over",
    "vote_on_version",
    "withdraw_project",
    "write_part",
]
