"""What a payment file needs: the columns of the office's template, and each person's bank or payroll reference."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below

FIELDS = ("row", "name", "reference", "amount", "currency", "month", "pairs", "organisation", "fixed")
AMOUNT_FORMATS = ("major", "minor")
FORMS = ("xlsx", "csv")
ENCODINGS = ("utf-8", "gb18030")


def _known(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class PayTemplate(Scoped):
    """How one organisation's payment file looks; what it is called, and its columns in their order."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    form = models.CharField(max_length=6, choices=_known(FORMS), default="xlsx")
    encoding = models.CharField(max_length=10, choices=_known(ENCODINGS), default="utf-8")
    amounts = models.CharField(max_length=6, choices=_known(AMOUNT_FORMATS), default="major")
    total_row = models.BooleanField(default=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(removed_at__isnull=True),
                name="pay_template_name_once",
            ),
            models.CheckConstraint(condition=Q(form__in=FORMS), name="pay_template_form_known"),
            models.CheckConstraint(condition=Q(encoding__in=ENCODINGS), name="pay_template_encoding_known"),
            models.CheckConstraint(
                condition=Q(amounts__in=AMOUNT_FORMATS), name="pay_template_amounts_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The organisations at and below one's own."""
        return below(scope, "organisation")


class PayColumn(models.Model):
    """One column: what stands in its head, and which field or which fixed text below."""

    template = models.ForeignKey(PayTemplate, on_delete=models.CASCADE, related_name="columns")
    order = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=60)
    field = models.CharField(max_length=14, choices=_known(FIELDS))
    fixed = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["template", "order"], name="pay_column_order_once"),
            models.CheckConstraint(condition=Q(field__in=FIELDS), name="pay_column_field_known"),
        ]

    def __str__(self) -> str:
        return self.heading


class PayReference(Scoped):
    """Somebody's bank account or payroll number at one organisation, sealed by the site's key; `tail` is its end.

    Whole it stands in payment files only, and on the person's own page.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sealed = models.CharField(max_length=400)
    tail = models.CharField(max_length=4)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="pay_reference_once_a_place")
        ]

    def __str__(self) -> str:
        return f"…{self.tail}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The own one, and those of one's organisations."""
        return Q(person=scope.person_id) | below(scope, "organisation")
