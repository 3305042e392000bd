"""Classifications and public catalogues: groups, occupations, skills and tasks with codes, and what ties them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.occupations.states import IMPORT
from craftpath.kernel.access import around
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

KINDS = ("group", "occupation", "skill", "task")
LINKS = ("essential", "optional")
MATCHES = ("same", "broader", "narrower", "related")
"""How a code of ISCO-08 lies to a Chinese one: the first is … than the second."""
LAYOUTS = ("esco", "onet", "list")
"""What a file may be laid out as: ESCO's tables, O*NET's, or a plain list of codes and titles."""


def _known(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Catalogue(Scoped):
    """A classification in one version: one that comes with the program, or what an organisation took in.

    `partial`: some of it only, as `source` says. An organisation's own one stands beside the one of the same key.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.SlugField(max_length=40)
    version = models.CharField(max_length=20)
    name = models.JSONField(default=dict)
    source = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    partial = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="catalogue_key_once"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(organisation__isnull=True), name="catalogue_shared_key_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("occupations", "catalogue", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those that come with the program, and those of one's organisations."""
        return Q(organisation__isnull=True) | around(scope, "organisation")


class CatalogueImport(Scoped):
    """A file of a catalogue on its way in: looked at first, then taken in whole or not at all, undone as a whole."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    catalogue = models.ForeignKey(Catalogue, on_delete=models.PROTECT, null=True, related_name="imports")
    layout = models.CharField(max_length=8, choices=_known(LAYOUTS))
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=IMPORT.start, choices=IMPORT.choices)
    report = models.JSONField(default=dict, help_text="counts by kind, faults with file and line")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_in = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IMPORT.states), name="catalogue_import_state_known"),
            models.CheckConstraint(
                condition=~Q(state="taken") | (Q(taken_at__isnull=False) & Q(catalogue__isnull=False)),
                name="catalogue_import_taken_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.layout} {self.state}"

    @property
    def ref(self) -> Ref:
        """The pointer that lines of history keep."""
        return Ref("occupations", "import", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever looks after the organisation."""
        return below(scope, "organisation")


class CatalogueEntry(models.Model):
    """A line of a catalogue. `key` is what it is called by in files, `parent` the key of the group that it is in.

    `words` are what it is found by: names, other names, pinyin. `gone_in` is the import with which it fell out.
    """

    catalogue = models.ForeignKey(Catalogue, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=_known(KINDS))
    key = models.CharField(max_length=200)
    code = models.CharField(max_length=40, blank=True)
    parent = models.CharField(max_length=200, blank=True)
    name = models.JSONField(default=dict)
    about = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    made_in = models.ForeignKey(CatalogueImport, on_delete=models.PROTECT, null=True, related_name="+")
    gone_in = models.ForeignKey(CatalogueImport, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager[CatalogueEntry]] = models.Manager()

    class Meta:
        ordering = ["code", "pk"]
        indexes = [
            models.Index(fields=["catalogue", "kind", "code"], name="entry_by_code"),
            models.Index(fields=["catalogue", "parent"], name="entry_by_parent"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "kind", "key"], name="catalogue_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title.both()}"

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)


class EntryLink(models.Model):
    """A skill that an occupation needs; `weight` where its catalogue says how much."""

    one = models.ForeignKey(CatalogueEntry, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(CatalogueEntry, on_delete=models.CASCADE, related_name="linked")
    kind = models.CharField(max_length=10, choices=_known(LINKS))
    weight = models.FloatField(null=True)
    made_in = models.ForeignKey(CatalogueImport, on_delete=models.PROTECT, null=True, related_name="+")
    gone_in = models.ForeignKey(CatalogueImport, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager[EntryLink]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other", "kind"], name="entry_link_once")]

    def __str__(self) -> str:
        return f"{self.one_id} {self.kind} {self.other_id}"


class EntryBefore(models.Model):
    """How a line was before an import changed it, so that the import can be undone."""

    taken = models.ForeignKey(CatalogueImport, on_delete=models.CASCADE, related_name="before")
    entry = models.ForeignKey(CatalogueEntry, on_delete=models.CASCADE, related_name="+")
    said = models.JSONField()

    objects: ClassVar[models.Manager[EntryBefore]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["taken", "entry"], name="entry_before_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} before {self.taken_id}"


class CodePair(Scoped):
    """A code of ISCO-08 held against one of the Chinese classification, by an office or with the program."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    code_isco = models.CharField(max_length=8)
    code_cn = models.CharField(max_length=20)
    kind = models.CharField(max_length=8, choices=_known(MATCHES))
    example = models.BooleanField(default=False, help_text="shows how it is done; nobody official said so")

    class Meta:
        ordering = ["code_cn", "code_isco", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code_isco", "code_cn"], name="code_pair_once"),
            models.CheckConstraint(condition=Q(kind__in=MATCHES), name="code_pair_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code_isco} {self.kind} {self.code_cn}"

    @property
    def ref(self) -> Ref:
        """The pointer that lines of history keep."""
        return Ref("occupations", "code_pair", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those that come with the program, and those of one's organisations."""
        return Q(organisation__isnull=True) | around(scope, "organisation")
