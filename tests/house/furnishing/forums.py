"""A forum with a held meeting, one to come, and threads, in every table of the room."""

from __future__ import annotations

import uuid

from craftpath.domain.forums import actions
from craftpath.domain.forums.models import Forum, Hiding, Photo, Post, Report, Takeaway, Thread, Topic
from tests.cast import AT, Cast
from tests.domain.forums.world import DAY, HOUR, begun, opened, planned, posted
from tests.domain.questions.world import picture


def meet_and_talk(cast: Cast) -> dict[str, str]:
    """The class meets and writes; a mate's post is hidden, another one reported. Once."""
    forum = Forum._base_manager.filter(of_kind="").order_by("pk").first()
    if forum is None:
        forum = opened(cast, audience="cohort", cohort=cast.cohort)
        office, mine = {"by": cast.actor("coordinator"), "at": AT}, {"by": cast.actor("apprentice"), "at": AT}
        host = {"by": cast.actor("trainer"), "at": AT + 4 * DAY}
        held = planned(cast, forum, agenda=["立焊打底"])
        actions.say_coming(held, coming=True, **mine)
        actions.hold_meeting(held, there=[cast.people["apprentice"].public_id], **host)
        took = {"words": "整理参数表", "person": cast.people["apprentice"], "by_on": AT.date()}
        actions.add_takeaway(held, made_id=uuid.uuid4(), **took, **host)
        planned(cast, forum, starts_at=AT + 3650 * DAY)
        topic = actions.suggest_topic(forum, made_id=uuid.uuid4(), words="气孔", **mine)
        actions.support_topic(topic, **office)
        thread = begun(cast, forum, photos=[(uuid.uuid4(), picture())])
        first = Post._base_manager.get(thread=thread, first=True)
        actions.change_post(first, text="立焊打底总是烧穿。", revision=1, **mine)
        reported = posted(cast, thread, quoted=first)
        actions.report_post(reported, reason="other", **office)
        actions.hide_post(posted(cast, thread, text="哼", at=AT + 2 * HOUR), because="伤人", **office)
        actions.read_thread(thread, **mine)
    held, coming = forum.meetings.order_by("starts_at")
    thread = Thread._base_manager.filter(forum=forum).earliest("pk")
    return {
        "forum": forum.public_id,
        "meeting": coming.public_id,
        "held": held.public_id,
        "thread": thread.public_id,
        "post": Post._base_manager.filter(thread=thread).earliest("pk").public_id,
        "photo": Photo.objects.filter(post__thread=thread).earliest("pk").public_id,
        "topic": Topic.objects.filter(forum=forum).earliest("pk").public_id,
        "takeaway": Takeaway.objects.filter(meeting=held).earliest("pk").public_id,
        "report": Report._base_manager.earliest("pk").public_id,
        "hiding": Hiding._base_manager.earliest("pk").public_id,
    }
