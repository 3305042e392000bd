"""Threads and posts, with photos and earlier wordings, and who has read how far."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.forums.models.forums import LONGEST_TITLE, Forum, of_forums
from craftpath.domain.forums.states import POST
from craftpath.domain.questions.rules import LONGEST
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref


class Thread(Scoped):
    """What somebody began to talk about. It goes with its first post: hidden when that is hidden.

    `news` is said by the host; nobody else begins such a thread. `posts` and `last_at` are kept.
    """

    whose: ClassVar[tuple[str, ...]] = ("starter",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is begun once")
    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=LONGEST_TITLE)
    starter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    print = models.CharField(max_length=64, help_text="of the words, so that the same is begun once a day")
    pinned = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)
    news = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default=POST.start, choices=POST.choices)
    posts = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["forum", "-last_at", "-id"], condition=Q(state="open"), name="forum_thread_of_forum"
            ),
            models.Index(
                fields=["forum"], condition=Q(state="open", pinned=True), name="forum_thread_pinned"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=POST.states), name="forum_thread_state_known"),
            models.CheckConstraint(
                condition=Q(last_at__gte=F("made_at")), name="forum_thread_last_after_first"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The pointer by which it is found."""
        return Ref("forums", "thread", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the forums that one sees; what is hidden, its starter and the office of the organisation."""
        mine = Q(starter=scope.person_id) | below(scope, "forum__organisation")
        return of_forums(scope, "forum") & (Q(state="open") | mine)


class Post(Scoped):
    """What somebody wrote, and as what; `quoted` is the post it answers, `first` the one that began the thread."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is sent once")
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="+", db_index=False)
    first = models.BooleanField(default=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=20)
    text = models.TextField(max_length=LONGEST, blank=True)
    quoted = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, default=POST.start, choices=POST.choices)
    revision = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["thread", "id"], name="forum_post_of_thread"),
            models.Index(fields=["person", "-made_at"], name="forum_post_own"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=POST.states), name="forum_post_state_known"),
            models.UniqueConstraint(fields=["thread"], condition=Q(first=True), name="forum_post_first_once"),
        ]

    def __str__(self) -> str:
        return f"post {self.public_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those in the threads that one sees, and one's own."""
        seen = Thread._base_manager.filter(Thread.seen_by(scope)).order_by()
        return Q(person=scope.person_id) | Q(thread__in=seen.values("pk"))


class Photo(models.Model):
    """A photo of a post, kept without place, device and name."""

    whose: ClassVar[tuple[str, ...]] = ("post__person",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="photos")
    made_id = models.UUIDField(unique=True)
    media_type = models.CharField(max_length=40)
    kept = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveSmallIntegerField(null=True)
    height = models.PositiveSmallIntegerField(null=True)
    added_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Photo]] = models.Manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"photo of {self.post_id}"


class Wording(models.Model):
    """How a post was worded before it was changed."""

    whose: ClassVar[tuple[str, ...]] = ("post__person",)

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="wordings")
    revision = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=LONGEST)
    until = models.DateTimeField(help_text="when it was changed")

    objects: ClassVar[models.Manager[Wording]] = models.Manager()

    class Meta:
        ordering = ["revision", "pk"]
        constraints = [models.UniqueConstraint(fields=["post", "revision"], name="forum_post_wording_once")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.revision}"


class Visit(models.Model):
    """When somebody last looked at a thread; what was written since is new."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Visit]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "thread"], name="forum_thread_visit_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.thread_id}"
