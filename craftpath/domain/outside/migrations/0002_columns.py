import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import craftpath.kernel.keys
from craftpath.kernel.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        ("apprenticeships", "0003_at_enterprise"),
        ("kernel", "0026_sign_on"),
        ("outside", "0001_outside"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="OutsideColumn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                default=craftpath.kernel.keys.new_public_id,
                                editable=False,
                                max_length=16,
                                unique=True,
                            ),
                        ),
                        ("sourced_id", models.CharField(max_length=200)),
                        ("title", models.CharField(max_length=500)),
                        ("description", models.TextField(blank=True)),
                        ("category", models.CharField(max_length=200)),
                        ("period", models.CharField(blank=True, max_length=200)),
                        ("assigned_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("least", models.DecimalField(decimal_places=4, max_digits=12)),
                        ("most", models.DecimalField(decimal_places=4, max_digits=12)),
                        ("changed_at", models.DateTimeField()),
                        ("dropped_at", models.DateTimeField(null=True)),
                        ("item", models.CharField(blank=True, max_length=80)),
                        ("taken_at", models.DateTimeField(null=True)),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.client",
                            ),
                        ),
                        (
                            "cohort",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="apprenticeships.cohort",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.organisation",
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-changed_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="OutsideMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sourced_id", models.CharField(max_length=200)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("fully graded", "fully graded"),
                                    ("partially graded", "partially graded"),
                                    ("submitted", "submitted"),
                                    ("not submitted", "not submitted"),
                                    ("exempt", "exempt"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("score", models.DecimalField(decimal_places=4, max_digits=12, null=True)),
                        ("text", models.CharField(blank=True, max_length=500)),
                        ("comment", models.TextField(blank=True)),
                        ("on", models.DateField()),
                        ("changed_at", models.DateTimeField()),
                        ("dropped_at", models.DateTimeField(null=True)),
                        (
                            "column",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="outside.outsidecolumn",
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="apprenticeships.enrolment",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.organisation",
                            ),
                        ),
                    ],
                ),
                migrations.AddConstraint(
                    model_name="outsidecolumn",
                    constraint=models.UniqueConstraint(
                        fields=("organisation", "sourced_id"), name="outside_column_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="outsidecolumn",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("most__gt", models.F("least"))), name="outside_column_has_a_range"
                    ),
                ),
                migrations.AddIndex(
                    model_name="outsidemark",
                    index=models.Index(fields=["column", "enrolment"], name="outside_mark_of_column"),
                ),
                migrations.AddConstraint(
                    model_name="outsidemark",
                    constraint=models.UniqueConstraint(
                        fields=("organisation", "sourced_id"), name="outside_mark_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="outsidemark",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ("fully graded", "partially graded", "submitted", "not submitted", "exempt"),
                            )
                        ),
                        name="outside_mark_status_known",
                    ),
                ),
            ]
        )
    ]
