"""Directories of organisations: who is in them, their groups, and the roles that came of these."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import craftpath.kernel.keys
from craftpath.kernel.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0024_hook_signatures"),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="DirectoryEntry",
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
                        ("made_person", models.BooleanField(help_text="nobody knew the person before")),
                        ("user_name", models.CharField(max_length=200)),
                        ("external_id", models.CharField(blank=True, max_length=200)),
                        ("active", models.BooleanField(default=True)),
                        ("content", models.JSONField(default=dict)),
                        ("made_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(null=True)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.organisation",
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
                    ],
                ),
                migrations.CreateModel(
                    name="DirectoryGroup",
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
                        ("name", models.CharField(max_length=200)),
                        ("external_id", models.CharField(blank=True, max_length=200)),
                        ("role", models.CharField(blank=True, max_length=20)),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("made_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(null=True)),
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
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.organisation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="DirectoryMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("display", models.CharField(blank=True, max_length=200)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="groups",
                                to="kernel.directoryentry",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="kernel.directorygroup",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="DirectoryRole",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roles",
                                to="kernel.directoryentry",
                            ),
                        ),
                        (
                            "membership",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.membership",
                            ),
                        ),
                    ],
                ),
                migrations.AddIndex(
                    model_name="directoryentry",
                    index=models.Index(
                        fields=["organisation", "external_id"], name="directory_by_external_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="directoryentry",
                    constraint=models.UniqueConstraint(
                        models.F("organisation"),
                        django.db.models.functions.text.Lower("user_name"),
                        condition=models.Q(("removed_at__isnull", True)),
                        name="directory_user_name_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="directorygroup",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "",
                                    "apprentice",
                                    "mentor",
                                    "trainer",
                                    "coordinator",
                                    "hr",
                                    "officer",
                                    "assessor",
                                    "auditor",
                                    "administrator",
                                ],
                            )
                        ),
                        name="directory_role_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="directorymember",
                    constraint=models.UniqueConstraint(
                        fields=("group", "entry"), name="directory_member_once"
                    ),
                ),
            ]
        ),
    ]
