"""Every table of examinations as it is after the tenth step, made at once with its constraints."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import craftpath.domain.exams.models.sittings
import craftpath.kernel.keys
from craftpath.kernel.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("exams", "0001_initial"),
        ("exams", "0002_sittings"),
        ("exams", "0003_form_of_candidate"),
        ("exams", "0004_form_is_known"),
        ("exams", "0005_files_beside_answers"),
        ("exams", "0006_marking"),
        ("exams", "0007_standard"),
        ("exams", "0008_blueprint"),
        ("exams", "0009_keying"),
        ("exams", "0010_again"),
    ]

    initial = True

    dependencies = [
        ("apprenticeships", "0002_contract"),
        ("kernel", "0014_print_runs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("programmes", "0004_units"),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="Blueprint",
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
                        (
                            "made_id",
                            models.UUIDField(
                                help_text="named by the form, so that it is written once", unique=True
                            ),
                        ),
                        ("title", models.CharField(max_length=110)),
                        ("wanted", models.JSONField()),
                        (
                            "number",
                            models.PositiveIntegerField(default=1, help_text="counts its changes, from one"),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        (
                            "changed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
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
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)), name="blueprint_counted_from_one"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Item",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("single", "single"),
                                    ("multiple", "multiple"),
                                    ("true_false", "true_false"),
                                    ("numeric", "numeric"),
                                    ("short", "short"),
                                    ("matching", "matching"),
                                    ("ordering", "ordering"),
                                    ("hotspot", "hotspot"),
                                    ("essay", "essay"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("ready", "ready"), ("retired", "retired")],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        (
                            "keyed",
                            models.BooleanField(
                                default=False, help_text="whether the newest version says what is right"
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True,
                                help_text="the newest stem without markup, small letters: for the search",
                            ),
                        ),
                        (
                            "difficulty",
                            models.CharField(
                                blank=True,
                                choices=[("easy", "easy"), ("medium", "medium"), ("hard", "hard")],
                                max_length=8,
                            ),
                        ),
                        (
                            "expected_p",
                            models.DecimalField(
                                decimal_places=2,
                                help_text="share of the points that is expected, 0–1",
                                max_digits=3,
                                null=True,
                            ),
                        ),
                        ("seconds", models.PositiveIntegerField(help_text="time that it takes", null=True)),
                        (
                            "exposure_limit",
                            models.PositiveIntegerField(
                                help_text="in how many papers it may stand", null=True
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
                    options={
                        "indexes": [
                            models.Index(fields=["organisation", "state", "-id"], name="item_of_bank"),
                            models.Index(fields=["organisation", "kind", "-id"], name="item_of_kind"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("draft", "ready", "retired"))),
                                name="item_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "single",
                                            "multiple",
                                            "true_false",
                                            "numeric",
                                            "short",
                                            "matching",
                                            "ordering",
                                            "hotspot",
                                            "essay",
                                        ],
                                    )
                                ),
                                name="item_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ready"), _negated=True),
                                    ("keyed", True),
                                    _connector="OR",
                                ),
                                name="item_ready_only_with_key",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("difficulty__in", ["", "easy", "medium", "hard"])),
                                name="item_difficulty_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expected_p__isnull", True),
                                    models.Q(("expected_p__gte", 0), ("expected_p__lte", 1)),
                                    _connector="OR",
                                ),
                                name="item_expected_p_is_a_share",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Package",
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
                        ("made_at", models.DateTimeField()),
                        ("taken_at", models.DateTimeField(null=True)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.keptfile",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Picture",
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
                        ("sha256", models.CharField(help_text="of the bytes that are kept", max_length=64)),
                        ("media_type", models.CharField(max_length=40)),
                        ("width", models.PositiveIntegerField()),
                        ("height", models.PositiveIntegerField()),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.keptfile",
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
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "sha256"), name="picture_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Stimulus",
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
                        ("title", models.JSONField(default=dict)),
                        ("body", models.JSONField(default=dict)),
                        ("fingerprint", models.CharField(max_length=16)),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "fingerprint"), name="stimulus_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assembly",
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
                        (
                            "made_id",
                            models.UUIDField(
                                help_text="named by the form, so that it is asked for once", unique=True
                            ),
                        ),
                        ("wanted", models.JSONField(help_text="the wishes of the blueprint at that time")),
                        (
                            "seed",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="settles what is equal; another seed, other forms"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "asked"),
                                    ("done", "done"),
                                    ("impossible", "impossible"),
                                    ("refused", "refused"),
                                    ("cancelled", "cancelled"),
                                    ("taken", "taken"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("found", models.JSONField(default=dict)),
                        (
                            "swaps",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="questions that were changed by hand"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True, help_text="why it was refused: a reason code", max_length=80
                            ),
                        ),
                        (
                            "facts",
                            models.JSONField(default=dict, help_text="what the reason's sentence names"),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.organisation",
                            ),
                        ),
                        (
                            "blueprint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assemblies",
                                to="exams.blueprint",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ("asked", "done", "impossible", "refused", "cancelled", "taken"),
                                    )
                                ),
                                name="assembly_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "asked")),
                                fields=("blueprint",),
                                name="assembly_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("state", "asked")),
                                    models.Q(
                                        models.Q(("state", "asked"), _negated=True),
                                        ("ended_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="assembly_ended_with_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Enemy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exams.item"
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exams.item"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("first", "second"), name="enemy_once"),
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))),
                                name="enemy_smaller_first",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemOutcome",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="outcomes",
                                to="exams.item",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.outcome",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "outcome"), name="item_outcome_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemSkill",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.SlugField(max_length=60)),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="skills",
                                to="exams.item",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["key"], name="item_skill_by_key")],
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "key"), name="item_skill_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("stem", models.JSONField(default=dict)),
                        (
                            "details",
                            models.JSONField(default=dict, help_text="by kind, see exams/content.py"),
                        ),
                        ("points", models.DecimalField(decimal_places=2, max_digits=6)),
                        (
                            "rule",
                            models.CharField(
                                choices=[
                                    ("all", "all"),
                                    ("each", "each"),
                                    ("no_wrong", "no_wrong"),
                                    ("half", "half"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("explanation", models.JSONField(default=dict)),
                        ("fingerprint", models.CharField(max_length=16)),
                        (
                            "source",
                            models.CharField(
                                blank=True, help_text="where it came from, such as a package", max_length=120
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="exams.item",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "stimulus",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="exams.stimulus",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["fingerprint"], name="item_version_by_content")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "number"), name="item_version_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)), name="item_version_counted_from_one"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__gt", 0)), name="item_version_has_points"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Paper",
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
                        (
                            "made_id",
                            models.UUIDField(
                                help_text="named by the form, so that it is put together once", unique=True
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("minutes", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("ready", "ready"), ("shelved", "shelved")],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                blank=True,
                                help_text="which of the blueprint's forms it is: A, B, C",
                                max_length=1,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        (
                            "blueprint",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="exams.blueprint",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
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
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("draft", "ready", "shelved"))),
                                name="paper_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("blueprint__isnull", True), ("form", "")),
                                    models.Q(
                                        ("blueprint__isnull", False), models.Q(("form", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="paper_form_of_blueprint",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 1), ("minutes__lte", 600)),
                                name="paper_minutes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="exams.paper",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="exams.itemversion",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("paper", "order"), name="paper_line_order_once"),
                            models.UniqueConstraint(
                                fields=("paper", "version"), name="paper_line_version_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sitting",
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
                        (
                            "made_id",
                            models.UUIDField(
                                help_text="named by the form, so that it is planned once", unique=True
                            ),
                        ),
                        ("place", models.CharField(blank=True, max_length=120)),
                        ("starts_at", models.DateTimeField()),
                        ("minutes", models.PositiveSmallIntegerField()),
                        ("late_minutes", models.PositiveSmallIntegerField()),
                        ("essay_raters", models.PositiveSmallIntegerField(default=1)),
                        ("essay_sample", models.PositiveSmallIntegerField(default=0)),
                        ("essay_gap", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                        (
                            "essay_gap_in",
                            models.CharField(
                                choices=[("percent", "percent"), ("points", "points")],
                                default="percent",
                                help_text="of the essay's points",
                                max_length=8,
                            ),
                        ),
                        (
                            "essay_third",
                            models.CharField(
                                choices=[("nearer", "nearer"), ("alone", "alone"), ("median", "median")],
                                default="nearer",
                                max_length=8,
                            ),
                        ),
                        (
                            "essay_seed",
                            models.CharField(
                                default=craftpath.domain.exams.models.sittings.new_seed,
                                editable=False,
                                max_length=32,
                            ),
                        ),
                        (
                            "shuffled",
                            models.BooleanField(
                                default=False, help_text="each candidate has an own order of questions"
                            ),
                        ),
                        (
                            "on_paper",
                            models.BooleanField(
                                default=False,
                                help_text="answered on printed sheets, which are keyed afterwards",
                            ),
                        ),
                        (
                            "same_keyer",
                            models.BooleanField(
                                default=False,
                                help_text="one person may key the second time too, once everything was keyed once",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("open", "open"),
                                    ("closed", "closed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                max_length=12,
                            ),
                        ),
                        (
                            "because",
                            models.CharField(blank=True, help_text="why it was cancelled", max_length=300),
                        ),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("moved_because", models.CharField(blank=True, max_length=300)),
                        (
                            "changed_at",
                            models.DateTimeField(help_text="when its plan changed last", null=True),
                        ),
                        (
                            "sequence",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="how often its plan has changed"
                            ),
                        ),
                        (
                            "pass_percent",
                            models.DecimalField(
                                decimal_places=2, default=60, help_text="of all points", max_digits=5
                            ),
                        ),
                        (
                            "most_resits",
                            models.PositiveSmallIntegerField(default=1, help_text="of one candidate"),
                        ),
                        (
                            "resit_for",
                            models.CharField(
                                choices=[("failed", "failed"), ("excused", "excused"), ("absent", "absent")],
                                default="excused",
                                max_length=8,
                            ),
                        ),
                        (
                            "resit_counts",
                            models.CharField(
                                choices=[("best", "best"), ("last", "last"), ("capped", "capped")],
                                default="best",
                                max_length=8,
                            ),
                        ),
                        (
                            "appeal_days",
                            models.PositiveSmallIntegerField(default=14, help_text="0: there is no appeal"),
                        ),
                        (
                            "show_answers",
                            models.BooleanField(
                                default=False, help_text="candidates see the own answers and what is right"
                            ),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(help_text="when its marks were first recorded", null=True),
                        ),
                        ("published_in", models.CharField(blank=True, max_length=16)),
                        ("published_item", models.CharField(blank=True, max_length=80)),
                        ("made_at", models.DateTimeField()),
                        (
                            "again_of",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resits",
                                to="exams.sitting",
                            ),
                        ),
                        (
                            "cohort",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sittings",
                                to="apprenticeships.cohort",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
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
                            "paper",
                            models.ForeignKey(
                                help_text="the first of its forms",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sittings",
                                to="exams.paper",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["cohort", "-starts_at"], name="sitting_of_cohort")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("planned", "open", "closed", "cancelled"))),
                                name="sitting_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 1), ("minutes__lte", 600)),
                                name="sitting_minutes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("essay_raters__gte", 1), ("essay_raters__lte", 2)),
                                name="sitting_essay_raters",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("essay_sample", 0),
                                    models.Q(("essay_raters", 1), ("essay_sample__lte", 99)),
                                    _connector="OR",
                                ),
                                name="sitting_essay_sample",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("essay_gap__isnull", True), ("essay_gap__gte", 0), _connector="OR"
                                ),
                                name="sitting_essay_gap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", False), ("state", "closed")),
                                    models.Q(
                                        models.Q(("state", "closed"), _negated=True),
                                        ("closed_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="sitting_closed_with_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("appeal_days__lte", 365),
                                    ("most_resits__lte", 9),
                                    ("pass_percent__gte", 0),
                                    ("pass_percent__lte", 100),
                                    ("resit_counts__in", ("best", "last", "capped")),
                                    ("resit_for__in", ("failed", "excused", "absent")),
                                ),
                                name="sitting_terms_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("published_at__isnull", True),
                                        ("published_in", ""),
                                        ("published_item", ""),
                                    ),
                                    models.Q(
                                        ("published_at__isnull", False),
                                        ("state", "closed"),
                                        models.Q(("published_in", ""), _negated=True),
                                        models.Q(("published_item", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="sitting_published_somewhere",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Study",
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
                        (
                            "made_id",
                            models.UUIDField(
                                help_text="named by the form, so that it is planned once", unique=True
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        (
                            "method",
                            models.CharField(
                                choices=[("percent", "percent"), ("yes_no", "yes_no")], max_length=10
                            ),
                        ),
                        ("borderline", models.JSONField(default=dict)),
                        ("rounds", models.PositiveSmallIntegerField(default=2)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("open", "open"),
                                    ("between", "between"),
                                    ("proposed", "proposed"),
                                    ("adopted", "adopted"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="planned",
                                max_length=12,
                            ),
                        ),
                        (
                            "because",
                            models.CharField(blank=True, help_text="why it was withdrawn", max_length=300),
                        ),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
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
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="studies",
                                to="exams.paper",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["paper", "state"], name="study_of_paper")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ("planned", "open", "between", "proposed", "adopted", "withdrawn"),
                                    )
                                ),
                                name="study_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("method__in", ("percent", "yes_no"))),
                                name="study_method_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rounds__gte", 1), ("rounds__lte", 5)),
                                name="study_rounds",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "withdrawn"), models.Q(("because", ""), _negated=True)
                                    ),
                                    models.Q(
                                        models.Q(("state", "withdrawn"), _negated=True), ("because", "")
                                    ),
                                    _connector="OR",
                                ),
                                name="study_withdrawn_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Round",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "due_on",
                            models.DateField(
                                help_text="by when judges are asked to be done; nothing closes by itself"
                            ),
                        ),
                        ("observed", models.JSONField(default=dict)),
                        ("opened_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "sitting",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="exams.sitting",
                            ),
                        ),
                        (
                            "study",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passes",
                                to="exams.study",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("study", "number"), name="round_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=("study",),
                                name="round_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1), ("number__lte", 5)),
                                name="round_number_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_at__isnull", True),
                                    ("closed_at__gte", models.F("opened_at")),
                                    _connector="OR",
                                ),
                                name="round_closed_after_opened",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Candidate",
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
                        ("seat", models.CharField(blank=True, max_length=12)),
                        ("extra_minutes", models.PositiveSmallIntegerField(default=0)),
                        ("large_print", models.BooleanField(default=False)),
                        ("on_paper", models.BooleanField(default=False)),
                        ("code_digest", models.CharField(max_length=64, null=True, unique=True)),
                        ("grip", models.PositiveIntegerField(default=0)),
                        ("started_at", models.DateTimeField(null=True)),
                        ("ends_at", models.DateTimeField(null=True)),
                        ("handed_in_at", models.DateTimeField(null=True)),
                        (
                            "handed_in_by",
                            models.CharField(
                                blank=True,
                                choices=[("candidate", "candidate"), ("bell", "bell"), ("paper", "paper")],
                                max_length=10,
                            ),
                        ),
                        ("attempt", models.PositiveSmallIntegerField(default=0)),
                        (
                            "excused_because",
                            models.CharField(blank=True, help_text="why absent with reason", max_length=300),
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
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="exams.paper",
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="exams.sitting",
                            ),
                        ),
                        (
                            "sitting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidates",
                                to="exams.sitting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("sitting", "enrolment"), name="candidate_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("first__isnull", False)),
                                fields=("first", "enrolment", "attempt"),
                                name="candidate_attempt_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("attempt", 0), ("first__isnull", True)),
                                    models.Q(("attempt__gte", 1), ("first__isnull", False)),
                                    _connector="OR",
                                ),
                                name="candidate_attempt_counted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ends_at__isnull", True), ("started_at__isnull", True)),
                                    models.Q(
                                        ("ends_at__gt", models.F("started_at")), ("started_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="candidate_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("handed_in_at__isnull", True), ("handed_in_by", "")),
                                    models.Q(
                                        ("handed_in_at__isnull", False),
                                        ("started_at__isnull", False),
                                        models.Q(("handed_in_by", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="candidate_handed_in_somehow",
                            ),
                        ],
                    },
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
                        (
                            "marker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "returned_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "sitting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="essay_returns",
                                to="exams.sitting",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Judge",
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
                        ("letter", models.CharField(max_length=1)),
                        ("asked_at", models.DateTimeField()),
                        ("excused_because", models.CharField(blank=True, max_length=300)),
                        ("excused_at", models.DateTimeField(null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "study",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="judges",
                                to="exams.study",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("study", "person"), name="judge_once"),
                            models.UniqueConstraint(fields=("study", "letter"), name="judge_letter_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("excused_at__isnull", True), ("excused_because", "")),
                                    models.Q(
                                        ("excused_at__isnull", False),
                                        models.Q(("excused_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="judge_excused_with_reason",
                            ),
                        ],
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
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "sitting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moderators",
                                to="exams.sitting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("sitting", "person"), name="moderator_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Adoption",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("body", models.CharField(max_length=120)),
                        ("adopted_on", models.DateField()),
                        (
                            "cut",
                            models.DecimalField(
                                decimal_places=2, help_text="in points of the paper", max_digits=7
                            ),
                        ),
                        (
                            "computed",
                            models.DecimalField(
                                decimal_places=2, help_text="what the last round came to", max_digits=7
                            ),
                        ),
                        (
                            "full",
                            models.DecimalField(
                                decimal_places=2, help_text="all points of the paper", max_digits=7
                            ),
                        ),
                        (
                            "because",
                            models.CharField(
                                blank=True, help_text="why it is another figure", max_length=300
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "study",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adoption",
                                to="exams.study",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("body", ""), _negated=True), name="adoption_by_a_body"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("cut__gt", 0), ("cut__lte", models.F("full"))),
                                name="adoption_cut_on_paper",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cut", models.F("computed")),
                                    models.Q(("because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="adoption_differs_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appeal",
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
                        ("words", models.TextField(max_length=2000)),
                        ("lodged_at", models.DateTimeField()),
                        ("due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("lodged", "lodged"),
                                    ("assessed", "assessed"),
                                    ("upheld", "upheld"),
                                    ("changed", "changed"),
                                    ("rejected", "rejected"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="lodged",
                                max_length=12,
                            ),
                        ),
                        ("assessed_at", models.DateTimeField(null=True)),
                        ("answer", models.TextField(blank=True, max_length=2000)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "assessed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "candidate",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeal",
                                to="exams.candidate",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "due_on"], name="appeal_waiting")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ("lodged", "assessed", "upheld", "changed", "rejected", "withdrawn"),
                                    )
                                ),
                                name="appeal_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", True), ("state__in", ["lodged", "assessed"])
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["lodged", "assessed"]), _negated=True),
                                        ("ended_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="appeal_ended_with_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["upheld", "changed", "rejected"]), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="appeal_answered_in_words",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("assessed_at__isnull", True), ("assessed_by__isnull", True)),
                                    models.Q(("assessed_at__isnull", False), ("assessed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="appeal_assessed_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Keying",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField()),
                        ("given", models.JSONField(default=dict)),
                        (
                            "absent",
                            models.BooleanField(
                                default=False, help_text="the list says that the candidate did not come"
                            ),
                        ),
                        ("count", models.PositiveIntegerField(default=0)),
                        ("saved_at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(null=True)),
                        (
                            "candidate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="keyings",
                                to="exams.candidate",
                            ),
                        ),
                        (
                            "keyer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("candidate", "round"), name="keying_once_a_round"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("round__in", (1, 2))), name="keying_round_known"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Outcome",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("points", models.CharField(blank=True, max_length=60)),
                        ("full", models.CharField(blank=True, max_length=60)),
                        ("lines", models.JSONField(default=dict)),
                        (
                            "published_at",
                            models.DateTimeField(help_text="for the first time: from then on one may appeal"),
                        ),
                        ("changed_at", models.DateTimeField()),
                        (
                            "candidate",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="outcome",
                                to="exams.candidate",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("full", ""), ("points", "")),
                                    models.Q(
                                        models.Q(("points", ""), _negated=True),
                                        models.Q(("full", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="outcome_points_of_all",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EssayMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField(default=1)),
                        ("points", models.DecimalField(decimal_places=2, max_digits=6)),
                        ("words", models.CharField(blank=True, max_length=500)),
                        ("marked_at", models.DateTimeField()),
                        ("superseded_at", models.DateTimeField(null=True)),
                        (
                            "candidate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="essay_marks",
                                to="exams.candidate",
                            ),
                        ),
                        (
                            "marker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "returned",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="exams.essayreturn",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="exams.paperline",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_at__isnull", True)),
                                fields=("candidate", "line", "marker"),
                                name="essay_marker_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_at__isnull", True)),
                                fields=("candidate", "line", "place"),
                                name="essay_place_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__gte", 0)), name="essay_mark_not_negative"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("place__gte", 1), ("place__lte", 3)),
                                name="essay_mark_place",
                            ),
                        ],
                    },
                ),
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
                        (
                            "candidate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="essay_decisions",
                                to="exams.candidate",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="exams.paperline",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_at__isnull", True)),
                                fields=("candidate", "line"),
                                name="essay_decision_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__gte", 0)), name="essay_decision_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerFile",
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
                        (
                            "made_id",
                            models.UUIDField(help_text="named by the form, so that it is handed in once"),
                        ),
                        ("media_type", models.CharField(max_length=80)),
                        ("added_at", models.DateTimeField()),
                        (
                            "kept",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.keptfile",
                            ),
                        ),
                        (
                            "candidate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="exams.candidate",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="exams.paperline",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("candidate", "line", "made_id"), name="answer_file_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("given", models.JSONField(null=True)),
                        (
                            "count",
                            models.PositiveIntegerField(
                                help_text="the device's own count: a later one never gives way"
                            ),
                        ),
                        ("saved_at", models.DateTimeField()),
                        (
                            "candidate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="exams.candidate",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="exams.paperline",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("candidate", "line"), name="answer_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Estimate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "value",
                            models.PositiveSmallIntegerField(
                                help_text="0–100; with the yes/no method 0 or 100"
                            ),
                        ),
                        ("saved_at", models.DateTimeField()),
                        (
                            "judge",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="estimates",
                                to="exams.judge",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="exams.paperline",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="estimates",
                                to="exams.round",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("judge", "round", "line"), name="estimate_once"),
                            models.CheckConstraint(
                                condition=models.Q(("value__gte", 0), ("value__lte", 100)),
                                name="estimate_of_a_hundred",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Settlement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("given", models.JSONField(default=dict)),
                        ("absent", models.BooleanField(default=False)),
                        ("settled_at", models.DateTimeField()),
                        (
                            "candidate",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="settlement",
                                to="exams.candidate",
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AppealedLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("second_points", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                        ("second_words", models.CharField(blank=True, max_length=500)),
                        (
                            "points",
                            models.DecimalField(
                                decimal_places=2,
                                help_text="decided: they count instead of the first ones",
                                max_digits=6,
                                null=True,
                            ),
                        ),
                        (
                            "appeal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="exams.appeal",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="exams.paperline",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("appeal", "line"), name="appealed_line_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("second_points__isnull", True),
                                        ("second_points__gte", 0),
                                        _connector="OR",
                                    ),
                                    models.Q(("points__isnull", True), ("points__gte", 0), _connector="OR"),
                                ),
                                name="appealed_line_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="item",
                    name="newest",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exams.itemversion",
                    ),
                ),
            ]
        )
    ]
