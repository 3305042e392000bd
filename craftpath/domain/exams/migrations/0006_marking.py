"""How essays are marked: by sample, with a third marker and moderation; marks are superseded, never altered.

Sittings that are there keep their meaning: marked by one or by two, whose mean counts however far they are apart.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import craftpath.domain.exams.models.sittings


def number(apps, schema_editor):
    """Marks that are there stand in the order in which they were given: first, then second."""
    mark = apps.get_model("exams", "EssayMark")
    earlier = mark._base_manager.filter(
        candidate=models.OuterRef("candidate"), line=models.OuterRef("line"), pk__lt=models.OuterRef("pk")
    )
    for row in mark._base_manager.filter(models.Exists(earlier)).order_by("pk").iterator():
        before = mark._base_manager.filter(candidate=row.candidate_id, line=row.line_id, pk__lt=row.pk)
        mark._base_manager.filter(pk=row.pk).update(place=before.count() + 1)


class Migration(migrations.Migration):
    dependencies = [
        ("apprenticeships", "0002_contract"),
        ("exams", "0005_files_beside_answers"),
        ("kernel", "0014_print_runs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EssayDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("points", models.DecimalField(decimal_places=2, max_digits=6)),
                ("because", models.CharField(max_length=300)),
                ("decided_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="EssayReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("because", models.CharField(max_length=300)),
                ("returned_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Moderator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="essaymark",
            name="essay_mark_once",
        ),
        migrations.AddField(
            model_name="essaymark",
            name="place",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="essaymark",
            name="superseded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sitting",
            name="essay_gap",
            field=models.DecimalField(decimal_places=2, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name="sitting",
            name="essay_gap_in",
            field=models.CharField(
                choices=[("percent", "percent"), ("points", "points")],
                default="percent",
                help_text="of the essay's points",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="essay_sample",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="sitting",
            name="essay_seed",
            field=models.CharField(
                default=craftpath.domain.exams.models.sittings.new_seed, editable=False, max_length=32
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="essay_third",
            field=models.CharField(
                choices=[("nearer", "nearer"), ("alone", "alone"), ("median", "median")],
                default="nearer",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="published_at",
            field=models.DateTimeField(help_text="when its marks were first recorded", null=True),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("essay_sample", 0),
                    models.Q(("essay_raters", 1), ("essay_sample__lte", 99)),
                    _connector="OR",
                ),
                name="sitting_essay_sample",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(("essay_gap__isnull", True), ("essay_gap__gte", 0), _connector="OR"),
                name="sitting_essay_gap",
            ),
        ),
        migrations.AddField(
            model_name="essaydecision",
            name="candidate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="essay_decisions",
                to="exams.candidate",
            ),
        ),
        migrations.AddField(
            model_name="essaydecision",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="essaydecision",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exams.paperline"
            ),
        ),
        migrations.AddField(
            model_name="essayreturn",
            name="marker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="essayreturn",
            name="returned_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="essayreturn",
            name="sitting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="essay_returns", to="exams.sitting"
            ),
        ),
        migrations.AddField(
            model_name="essaymark",
            name="returned",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="marks",
                to="exams.essayreturn",
            ),
        ),
        migrations.RunPython(number, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="essaymark",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("candidate", "line", "marker"),
                name="essay_marker_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="essaymark",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("candidate", "line", "place"),
                name="essay_place_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="essaymark",
            constraint=models.CheckConstraint(
                condition=models.Q(("place__gte", 1), ("place__lte", 3)), name="essay_mark_place"
            ),
        ),
        migrations.AddField(
            model_name="moderator",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="moderator",
            name="sitting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="moderators", to="exams.sitting"
            ),
        ),
        migrations.AddConstraint(
            model_name="essaydecision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("candidate", "line"),
                name="essay_decision_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="essaydecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("points__gte", 0)), name="essay_decision_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="moderator",
            constraint=models.UniqueConstraint(fields=("sitting", "person"), name="moderator_once"),
        ),
    ]
