import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import craftpath.kernel.keys
from craftpath.kernel.tables import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("apprenticeships", "0003_at_enterprise"),
        ("kernel", "0023_clients"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            steps=[
                migrations.CreateModel(
                    name="Mapping",
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
                        ("name", models.CharField(max_length=80)),
                        ("verb", models.TextField(help_text="IRI")),
                        (
                            "activity",
                            models.TextField(
                                blank=True, help_text="IRI, or what it begins with; empty for all"
                            ),
                        ),
                        (
                            "begins",
                            models.BooleanField(
                                default=False, help_text="whether `activity` is only what it begins with"
                            ),
                        ),
                        ("least", models.PositiveIntegerField(null=True)),
                        ("needs_success", models.BooleanField(default=False)),
                        ("skill", models.CharField(help_text="key of a skill", max_length=200)),
                        ("made_at", models.DateTimeField()),
                        ("stopped_at", models.DateTimeField(null=True)),
                        ("read_at", models.DateTimeField(null=True)),
                        ("read_row", models.UUIDField(null=True)),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.client",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "stopped_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="OutsideEvidence",
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
                        ("statement", models.UUIDField(help_text="the row of the statement in the store")),
                        ("on", models.DateField()),
                        (
                            "score",
                            models.PositiveIntegerField(
                                help_text="in ten-thousandths of the whole", null=True
                            ),
                        ),
                        ("about", models.JSONField(default=dict, help_text="what the activity is called")),
                        ("taken_at", models.DateTimeField()),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="apprenticeships.enrolment",
                            ),
                        ),
                        (
                            "mapping",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="outside.mapping",
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
                migrations.AddIndex(
                    model_name="mapping",
                    index=models.Index(fields=["organisation", "-made_at"], name="mapping_newest"),
                ),
                migrations.AddConstraint(
                    model_name="mapping",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("least__isnull", True), ("least__lte", 10000), _connector="OR"),
                        name="mapping_least_of_a_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mapping",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stopped_at__isnull", True), ("stopped_by__isnull", True)),
                            models.Q(("stopped_at__isnull", False), ("stopped_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="mapping_stopped_by_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="outsideevidence",
                    constraint=models.UniqueConstraint(
                        fields=("mapping", "statement"), name="outside_evidence_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="outsideevidence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("score__isnull", True), ("score__lte", 10000), _connector="OR"),
                        name="outside_score_of_a_whole",
                    ),
                ),
            ]
        ),
    ]
