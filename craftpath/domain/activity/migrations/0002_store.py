"""The one table of own statements becomes a store for everybody's, and gets its neighbours."""

import json
import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from craftpath.domain.activity.keys import key_of
from craftpath.engines.xapi.finding import found_by
from craftpath.kernel.tables import Tables

COLUMNS = ("id", "text", "by_actor", "by_verb", "by_activity", "registration", "target")
AT_ONCE = 2000


def carry_over(apps, schema_editor):
    """Own statements of before: found from now on, under the key of their organisation."""
    Statement = apps.get_model("activity", "Statement")
    connection = schema_editor.connection
    fields = [Statement._meta.get_field(name) for name in COLUMNS]
    names = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in fields)
    table = connection.ops.quote_name(Statement._meta.db_table)
    rows = Statement._base_manager.values_list("id", "organisation__public_id", "raw").order_by(
        "stored_at", "id"
    )
    some = []

    def write():
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET {names} WHERE id = %s", some)  # noqa: S608
        some.clear()

    for row, place, raw in rows.iterator(chunk_size=AT_ONCE):
        found = found_by(raw)
        values = (
            key_of(place or "", raw["id"].lower()),
            json.dumps(raw, ensure_ascii=False, separators=(",", ":")),
            key_of(found.actor) if found.actor else None,
            key_of(found.verb),
            key_of(found.activity) if found.activity else None,
            uuid.UUID(found.registration) if found.registration else None,
            key_of(place or "", found.target) if found.target else None,
        )
        ready = [
            field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)
        ]
        some.append((*ready, fields[0].get_db_prep_save(row, connection)))
        if len(some) == AT_ONCE:
            write()
    write()


def organisation(**other):
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="kernel.organisation",
        **other,
    )


def number():
    return (
        "id",
        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
    )


def index(model, fields, name, **condition):
    when = {"condition": models.Q(**condition)} if condition else {}
    return migrations.AddIndex(model_name=model, index=models.Index(fields=fields, name=name, **when))


class Migration(migrations.Migration):
    dependencies = [
        ("activity", "0001_initial"),
        ("kernel", "0023_clients"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="statement", name="statement_by_verb"),
        migrations.AddField(
            "statement", "text", models.TextField(help_text="JSON", default=""), preserve_default=False
        ),
        migrations.AddField("statement", "by_actor", models.UUIDField(null=True)),
        migrations.AddField("statement", "by_verb", models.UUIDField(null=True)),
        migrations.AddField("statement", "by_activity", models.UUIDField(null=True)),
        migrations.AddField("statement", "registration", models.UUIDField(null=True)),
        migrations.AddField("statement", "target", models.UUIDField(null=True)),
        migrations.AddField("statement", "voids", models.BooleanField(default=False)),
        migrations.AddField("statement", "voided", models.BooleanField(default=False)),
        migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("statement", "raw"),
        migrations.AddField(
            "statement",
            "client",
            models.ForeignKey(
                db_index=False,
                help_text="who sent it; empty for one of the site's own",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kernel.client",
            ),
        ),
        migrations.AlterField("statement", "organisation", organisation(null=True)),
        migrations.AlterField(
            "statement",
            "person",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField("statement", "stored_at", models.DateTimeField()),
        index("statement", ["organisation", "stored_at"], "statement_by_storing"),
        index("statement", ["organisation", "by_actor", "stored_at"], "statement_by_actor"),
        index("statement", ["organisation", "by_verb", "stored_at"], "statement_by_verb_id"),
        index("statement", ["organisation", "by_activity", "stored_at"], "statement_by_activity"),
        index(
            "statement",
            ["organisation", "registration", "stored_at"],
            "statement_by_registration",
            registration__isnull=False,
        ),
        index("statement", ["client", "by_verb", "stored_at"], "statement_by_client", client__isnull=False),
        index("statement", ["target"], "statement_by_target", target__isnull=False),
        Tables(
            steps=[
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        number(),
                        ("organisation", organisation()),
                        ("sha2", models.CharField(max_length=128)),
                        ("content_type", models.CharField(max_length=200)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.keptfile",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "sha2"), name="attachment_content_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Known",
                    fields=[
                        number(),
                        ("organisation", organisation()),
                        (
                            "kind",
                            models.SmallIntegerField(choices=[(1, "Activity"), (2, "Verb"), (3, "Agent")]),
                        ),
                        ("key", models.UUIDField()),
                        ("name", models.TextField(help_text="the IRI, or the identity of an agent")),
                        (
                            "told",
                            models.TextField(
                                help_text="JSON: a definition, names in languages, or a list of names"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "kind", "key"), name="known_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LearningDocument",
                    fields=[
                        number(),
                        ("organisation", organisation()),
                        (
                            "kind",
                            models.SmallIntegerField(
                                choices=[(1, "State"), (2, "Activity Profile"), (3, "Agent Profile")]
                            ),
                        ),
                        (
                            "place",
                            models.UUIDField(
                                help_text="made of everything by which it is asked for", unique=True
                            ),
                        ),
                        ("around", models.UUIDField(help_text="made of the activity and the agent")),
                        ("registration", models.UUIDField(null=True)),
                        ("name", models.TextField(help_text="the id that the program gave it")),
                        ("content_type", models.CharField(max_length=200)),
                        ("content", models.BinaryField()),
                        ("etag", models.CharField(max_length=40)),
                        ("updated_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["around", "updated_at"], name="learning_document_around")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mention",
                    fields=[
                        number(),
                        ("organisation", organisation()),
                        (
                            "kind",
                            models.SmallIntegerField(
                                choices=[(1, "Agent"), (2, "Related Agent"), (3, "Related Activity")]
                            ),
                        ),
                        ("key", models.UUIDField()),
                        ("stored_at", models.DateTimeField()),
                        (
                            "statement",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentions",
                                to="activity.statement",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation", "kind", "key", "stored_at"], name="mention_by_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pointing",
                    fields=[
                        number(),
                        ("organisation", organisation()),
                        ("target", models.UUIDField()),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pointings",
                                to="activity.statement",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("statement", "target"), name="pointing_once")
                        ],
                        "indexes": [models.Index(fields=["target"], name="pointing_by_target")],
                    },
                ),
            ]
        ),
    ]
