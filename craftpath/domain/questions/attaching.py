"""Photos and recordings: looked at, freed of what they tell, kept under a neutral name."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from craftpath.domain.questions import rules
from craftpath.domain.questions.models import MOST_FILES, Answer, Attachment, Question
from craftpath.kernel import media
from craftpath.kernel.access import Actor, system
from craftpath.kernel.action import action
from craftpath.kernel.consents import may_use
from craftpath.kernel.files import keep
from craftpath.values.verdict import Refused, Verdict, not_now, require

Files = Sequence[tuple[uuid.UUID, str, bytes]]
"""(a name given by the form or the device, photo or voice, bytes)"""


@action
def attach_file(
    post: Question | Answer, *, made_id: uuid.UUID, kind: str, content: bytes, by: Actor, at: datetime
) -> Attachment:
    """Put a photo or a recording to an own question or answer; the same one again (`made_id`) is the same row.

    Every file is kept by the house and not by the person: a kept file names who keeps it, and a question may not.
    """
    question, answer = (post, None) if isinstance(post, Question) else (post.question, post)
    require(rules.may_change(by, post))
    known = Attachment.objects.filter(made_id=made_id).first()
    if known is not None:
        if (known.question_id, known.answer) == (question.pk, answer):
            return known
        raise Refused(not_now("questions.form_used"))
    require(rules.can_answer(question))
    if kind == "voice":
        require(_may_speak(post, question))
    if Attachment.objects.filter(question=question, answer=answer).count() >= MOST_FILES:
        raise Refused(not_now("questions.too_many_files", most=MOST_FILES))
    medium = media.voice(content) if kind == "voice" else media.photo(content)
    house = system(question.organisation)
    kept = keep(
        medium.content, f"{kind}-{made_id.hex[:8]}", organisation=question.organisation, by=house, at=at
    )
    return Attachment.objects.create(
        question=question, answer=answer, owner_id=rules.writer_id(post), made_id=made_id, kind=kind,
        media_type=medium.media_type, kept=kept, width=medium.width, height=medium.height, added_at=at,
    )  # fmt: skip


def _may_speak(post: Question | Answer, question: Question) -> Verdict:
    """Answers are spoken, questions are not; and a voice would tell a name that is hidden."""
    if isinstance(post, Question) or (rules.is_askers(post, question) and question.name_to != "everybody"):
        return not_now("questions.voice_tells")
    return may_use(post.person, "voice_answers")
