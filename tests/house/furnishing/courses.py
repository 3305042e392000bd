"""A course of the cast that its class follows, in every table of the room."""

from __future__ import annotations

import io
import uuid
import zipfile
from pathlib import Path
from tempfile import NamedTemporaryFile

from craftpath.domain.courses import actions
from craftpath.domain.courses.content import Content
from craftpath.domain.courses.models import Arrival, CourseFile, HandIn, QuizTry, Run
from craftpath.values.text import Text
from tests.cast import AT, TODAY, Cast
from tests.domain.courses.world import assignment, checklist, key_of, learner, page, quiz, running, trainer
from tests.domain.stories.test_telling import mp4
from tests.photos import picture


def learn_on_line(cast: Cast) -> dict[str, str]:
    """The class follows it; the apprentice has a quiz open, something handed in and points ticked; once."""
    run = Run._base_manager.filter(version__units__activities__kind="live").first()
    if run is None:
        run = _followed(cast)
    keys = {kind: key_of(run, kind) for kind in ("page", "quiz", "checklist", "assignment", "live")}
    return {
        "course": run.course.public_id,
        "run": run.public_id,
        "unit": run.version.units.earliest("pk").key,
        **keys,
        "activity": keys["page"],
        "person": cast.people["apprentice"].public_id,
        "try": QuizTry.objects.earliest("pk").public_id,
        "hand_in": HandIn.objects.earliest("pk").public_id,
        "arrival": Arrival.objects.earliest("pk").public_id,
        "picture": CourseFile.objects.get(kind="picture").public_id,
        "film": CourseFile.objects.get(kind="video").public_id,
    }


def _followed(cast: Cast) -> Run:
    by, mine = {"by": trainer(cast), "at": AT}, {"by": learner(cast), "at": AT}
    live = actions.NewActivity("live", Text("答疑"), Content("live"))
    run = running(cast, page(), quiz(cast), checklist(), assignment(), live)
    (unit,) = run.version.units.all()
    actions.set_due_days(run, {unit.key: TODAY}, **by)
    actions.set_session(
        run, key_of(run, "live"), starts_at=AT, minutes=60, link="https://meet.example/1", **by
    )
    actions.add_small_file(run.course, picture(), "a.jpg", **by)
    for name, content in (("a.mp4", mp4()), ("a.zip", _zipped())):
        with NamedTemporaryFile() as kept:
            kept.write(content)
            kept.flush()
            if name == "a.mp4":
                film = actions.add_file(run.course, Path(kept.name), name, **by)
            else:
                actions.keep_arrival(cast.college, Path(kept.name), name, **by)
    vtt = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
    actions.keep_captions(film, vtt, "en", **by)
    actions.open_activity(run, key_of(run, "page"), **mine)
    actions.begin_quiz(run, key_of(run, "quiz"), made_id=uuid.uuid4(), **mine)
    actions.tick_points(run, key_of(run, "checklist"), ["mask"], **mine)
    actions.hand_in(
        run, key_of(run, "assignment"), made_id=uuid.uuid4(), words="焊好了", photo=picture(), **mine
    )
    actions.keep_unit(run.course, unit.key, title=Text("第一单元"), minutes=45, **by)
    actions.publish_course(run.course, changes="更清楚", **by)
    actions.keep_unit(run.course, unit.key, title=Text("第一单元"), minutes=50, **by)
    return run


def _zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("01 one.md", "# One\nWords and ![a picture](lost.png)")
    return out.getvalue()
