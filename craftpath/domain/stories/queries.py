"""Reading stories and what is said to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import ExpressionWrapper, Q

from craftpath.domain.stories.models import Comment, CommentReport, MasterQuestion, Story, shown
from craftpath.domain.stories.prompts import PROMPTS

if TYPE_CHECKING:
    from craftpath.domain.stories.prompts import Prompt
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person


def stories() -> models.QuerySet[Story]:
    """Every story of the open scope, drafts and those that are down, too: pages ask who may read it (`is_shown`)."""
    related = (
        "organisation",
        "teller",
        "occupation",
        "picture",
        "recording",
        "made_by",
        "published_by",
        "agreed_by",
    )
    rows = Story.objects.select_related(*related)
    return rows.annotate(**{"is_shown": ExpressionWrapper(shown(), output_field=models.BooleanField())})


def wall() -> models.QuerySet[Story]:
    """What is shown to the reader, the newest first; one query."""
    return stories().filter(shown()).order_by("-published_at", "-pk")


def public_wall(organisation: Organisation) -> models.QuerySet[Story]:
    """What everybody may see of an organisation and those below it; asked without a reader, so without a scope."""
    rows = Story._base_manager.filter(
        shown(), reach="public", organisation__path__startswith=organisation.path
    )
    related = ("organisation", "occupation", "picture", "recording")
    return rows.select_related(*related).order_by("-published_at", "-pk")


def own(person: Person) -> models.QuerySet[Story]:
    """Stories that somebody tells or wrote down."""
    return stories().filter(Q(teller=person) | Q(made_by=person)).order_by("-made_at", "-pk")


def to_check(organisation: Organisation) -> models.QuerySet[Story]:
    """Handed in at an organisation or below it, the longest waiting first."""
    rows = stories().filter(state="review", organisation__path__startswith=organisation.path)
    return rows.order_by("handed_in_at", "pk")


def down(organisation: Organisation) -> models.QuerySet[Story]:
    """Taken down there, the newest first."""
    rows = stories().filter(state="withdrawn", organisation__path__startswith=organisation.path)
    return rows.order_by("-made_at", "-pk")


def parts(story: Story) -> list[tuple[Prompt | None, str]]:
    """(prompt, words) in the order of the prompts; words of a prompt that is no longer asked come last, without it."""
    found: list[tuple[Prompt | None, str]] = [
        (prompt, story.answers[key]) for key, prompt in PROMPTS.items() if story.answers.get(key)
    ]
    return found + [(None, words) for key, words in story.answers.items() if key not in PROMPTS and words]


def comments(story: Story) -> list[Comment]:
    """All comments on a story with their authors, hidden ones, too: who reads those is asked by the page."""
    return list(story.comments.select_related("person").order_by("at", "pk"))


def comment(public_id: str) -> models.QuerySet[Comment]:
    """A comment on a story of the open scope."""
    rows = Comment.objects.filter(public_id=public_id, story__in=Story.objects.order_by().values("pk"))
    return rows.select_related("story__organisation", "story__teller", "person")


def reported(organisation: Organisation) -> models.QuerySet[CommentReport]:
    """Open reports at an organisation or below it, the first ones first."""
    seen = Story.objects.filter(organisation__path__startswith=organisation.path).order_by()
    rows = CommentReport.objects.filter(settled_at__isnull=True, comment__story__in=seen.values("pk"))
    return rows.select_related("comment__story", "comment__person", "person").order_by("at", "pk")


def reasons_to_read(person: Person) -> models.QuerySet[Comment]:
    """Own comments that were hidden, until their author has read why."""
    rows = Comment.objects.filter(person=person, hidden_at__isnull=False, told_at__isnull=True)
    return rows.select_related("story__organisation").order_by("hidden_at", "pk")


def asked_of(person: Person) -> models.QuerySet[MasterQuestion]:
    """Questions to somebody's own stories, open ones first."""
    rows = MasterQuestion.objects.filter(story__teller=person).select_related("story__organisation", "person")
    return rows.order_by(models.F("answered_at").asc(nulls_first=True), "at", "pk")


def asked_by(person: Person, story: Story) -> list[MasterQuestion]:
    """What somebody asked at a story."""
    return list(story.questions.filter(person=person).order_by("at", "pk"))


def skills_told_of(some: Iterable[Story]) -> list[str]:
    """Keys of the skills of these stories, each once."""
    return list(dict.fromkeys(key for one in some for key in one.skills))
