"""What is left at the end: the product and before whom it was shown, words of thanks, the page to keep."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from craftpath.domain.mentoring.models.working import LONGEST_REASON
from craftpath.domain.pairing.seeing import pair_seen_by
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.ref import Ref

LONGEST_TITLE = 120


class Product(Scoped):
    """What the people of a pair made together; one for each pair."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    pair = models.OneToOneField("pairing.Pair", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE)
    words = models.TextField(max_length=1000, blank=True)
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the pair; pages ask further who may read what is done in it."""
        return pair_seen_by(scope, "pair")

    @property
    def ref(self) -> Ref:
        """The pointer that its lines of history keep."""
        return Ref("mentoring", "product", self.public_id)


class ProductFile(models.Model):
    """A photo or another file of a product."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=10)
    media_type = models.CharField(max_length=80)
    kept = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(
        max_length=64, help_text="of the bytes that were sent: the same file again is one"
    )
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    objects: ClassVar[models.Manager[ProductFile]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "sha256"], name="product_file_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.product_id}"


class Showing(models.Model):
    """That a product was shown, when and to whom. Never altered."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="showings")
    on = models.DateField()
    audience = models.CharField(max_length=200)
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Showing]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "on", "audience"], name="showing_once")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.on}"


class Thanks(models.Model):
    """Words of thanks of one in a pair; they may change until the page to keep is made."""

    pair = models.ForeignKey("pairing.Pair", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=LONGEST_REASON)
    said_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Thanks]] = models.Manager()
    whose: ClassVar = ("person",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "person"], name="thanks_once_each")]

    def __str__(self) -> str:
        return f"{self.person_id} of {self.pair_id}"


class Graduation(Scoped):
    """A pair that ended in good order: its page as it was at that moment, in figures and words. Never altered.

    `figures` is what the page shows (see `keeping.py`); `picture` is of the product.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    pair = models.OneToOneField("pairing.Pair", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    figures = models.JSONField()
    picture = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pair_id} {self.on}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the pair; pages ask further who may read what is done in it."""
        return pair_seen_by(scope, "pair")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused, since the page is kept as it was."""
        if self.pk is not None:
            raise TypeError("a graduation is never altered")
        super().save(*args, **kwargs)

    @property
    def ref(self) -> Ref:
        """The pointer that its lines of history keep."""
        return Ref("mentoring", "graduation", self.public_id)
