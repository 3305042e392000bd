"""Stories of the cast: one with the office that is filmed, one on the wall with a comment, a report and a question."""

from __future__ import annotations

import uuid

from craftpath.domain.stories import actions as stories
from craftpath.domain.stories.models import Comment, MasterQuestion, Story
from tests.cast import AT, Cast
from tests.domain.stories import world as telling
from tests.domain.stories.test_telling import mp4
from tests.photos import picture


def tell_a_story(cast: Cast) -> dict[str, str]:
    """Told by the enterprise's mentor, everybody may see it; a draft that is filmed; once."""
    shown = Story._base_manager.filter(form="text").first()
    if shown is None:
        by = {"by": telling.mentor(cast), "at": AT}
        film = telling.begun(cast, form="video", title="手上的活")
        stories.keep_recording(film, mp4(), "a.mp4", **by)
        stories.keep_transcript(film, "0:00 那天\n0:05 车小了", **by)
        row = telling.told(cast, "public")
        stories.keep_picture(row, picture(size=(64, 48)), "a.jpg", words="一双手", **by)
        stories.hand_in_story(row, **by)
        shown = stories.publish_story(row, checks=telling.CHECKS, by=telling.office(cast), at=AT)
        comment = telling.commented(cast, shown)
        stories.report_comment(comment, words="不友善", by=telling.member(cast, "classmate"), at=AT)
        stories.ask_master(shown, made_id=uuid.uuid4(), words="后来呢？", by=telling.member(cast), at=AT)
    return {
        "story": shown.public_id,
        "film": Story._base_manager.get(form="video").public_id,
        "comment": Comment.objects.earliest("pk").public_id,
        "question": MasterQuestion.objects.earliest("pk").public_id,
        "prompt": "advice",
        "which": "picture",
        "place": cast.jinheng.key,
    }
