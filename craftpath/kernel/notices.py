"""Privacy notices: versions that are never altered, for an organisation and all below it, and who has read them.

A notice informs and asks for nothing: nobody is kept from work because a version is unread.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.kernel.tenancy import STEP
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

LONGEST = 20_000  # characters of a notice


class Notice(models.Model):
    """One version. Without an organisation it is the site's own, for everybody who has no nearer one."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveSmallIntegerField()
    text = models.JSONField(help_text="paragraphs with empty lines between them, in zh and en")
    changes = models.JSONField(default=dict, help_text="what is new in it, in a sentence")
    valid_from = models.DateField()
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Notice]] = models.Manager()

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "version"], name="notice_version_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"notice {self.version} of {self.organisation_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused, since people have read what it says."""
        if self.pk is not None:
            raise TypeError("a notice is never altered")
        super().save(*args, **kwargs)


class NoticeRead(models.Model):
    """That somebody has read a version, and when."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="reads")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[NoticeRead]] = models.Manager()

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["notice", "person"], name="notice_read_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} by {self.person_id}"


@fact
@dataclass(frozen=True)
class NoticePublished(Fact):
    """A new version of the privacy notice was published."""

    code: ClassVar[str] = "kernel.notice_published"
    version: int
    valid_from: date


@action
def load_notice(*, by: Actor, at: datetime) -> None:
    """Publish the notice that comes with the program, unless this version of it is there."""
    require(by.may(Permission.RUN_ORGANISATION))
    table = tomllib.loads((resources.files("craftpath.kernel") / "notice.toml").read_text("utf-8"))
    Notice.objects.get_or_create(
        organisation=None,
        version=table["version"],
        defaults={
            "text": {language: words.strip() for language, words in table["text"].items()},
            "valid_from": date.fromisoformat(table["valid_from"]),
            "published_at": at,
        },
    )


@action
def publish_notice(
    organisation: Organisation,
    *,
    text: dict[str, str],
    changes: dict[str, str],
    valid_from: date,
    by: Actor,
    at: datetime,
) -> Notice:
    """Publish the next version for an organisation and everything below it."""
    require(by.may_at(Permission.RUN_ORGANISATION, organisation))
    if not text or max(len(words) for words in text.values()) > LONGEST:
        raise Refused(not_now("kernel.notice_without_text", longest=LONGEST))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    last = Notice.objects.filter(organisation=organisation).aggregate(last=models.Max("version"))["last"]
    if last is None:
        # The site's own was theirs until now, so the first of their own comes after it.
        last = Notice.objects.filter(organisation=None).aggregate(last=models.Max("version"))["last"] or 0
    notice = Notice(
        organisation=organisation,
        version=last + 1,
        text=text,
        changes=changes,
        valid_from=valid_from,
        published_by=by.person,
        published_at=at,
    )
    notice.save()
    told = NoticePublished(version=notice.version, valid_from=valid_from)
    tell(told, by=by, at=at, organisation=organisation, subject=Ref("kernel", "notice", notice.public_id))
    return notice


@action
def read_notice(notice: Notice, *, by: Actor, at: datetime) -> None:
    """Note that the actor has read it; the first time counts."""
    rows = [NoticeRead(notice=notice, person=by.person, at=at)]
    NoticeRead.objects.bulk_create(rows, ignore_conflicts=True)


def notice_at(organisation: Organisation, on: date, reader: Person | None = None) -> Notice | None:
    """The notice that holds at an organisation on a day, with `read` for a reader; one query."""
    paths = [organisation.path[:end] for end in range(STEP, len(organisation.path) + 1, STEP)]
    rows = Notice.objects.filter(Q(organisation=None) | Q(organisation__path__in=paths), valid_from__lte=on)
    if reader is not None:
        read = NoticeRead.objects.filter(notice=OuterRef("pk"), person=reader)
        rows = rows.annotate(read=Exists(read))
    depth = models.F("organisation__depth").desc(nulls_last=True)
    return rows.select_related("organisation").order_by(depth, "-version").first()


def notices_for(organisations: Iterable[Organisation], on: date, reader: Person) -> list[Notice]:
    """The notices that hold for somebody with roles at these organisations, each once; of nobody's, the site's own."""
    found: dict[int, Notice] = {}
    for organisation in organisations:
        notice = notice_at(organisation, on, reader)
        if notice is not None:
            found[notice.pk] = notice
    if not found:
        read = NoticeRead.objects.filter(notice=OuterRef("pk"), person=reader)
        rows = Notice.objects.filter(organisation=None, valid_from__lte=on).annotate(read=Exists(read))
        found = {row.pk: row for row in rows.order_by("-version")[:1]}
    return list(found.values())


def readers_of(notice: Notice, people: models.QuerySet[Person]) -> dict[int, datetime]:
    """person id → when this version was read, of these people; one query."""
    rows = NoticeRead.objects.filter(notice=notice, person__in=people.order_by().values("pk"))
    return dict(rows.values_list("person_id", "at"))
