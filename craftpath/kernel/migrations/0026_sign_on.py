"""Ways to sign in that organisations have of their own, links to people, and what groups mean."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import craftpath.kernel.keys
from craftpath.kernel.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0025_directory"),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="SignOnProvider",
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
                                    ("oidc", "Oidc"),
                                    ("saml", "Saml"),
                                    ("wecom", "Wecom"),
                                    ("dingtalk", "Dingtalk"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("name", models.CharField(help_text="what the button says", max_length=80)),
                        ("issuer", models.CharField(blank=True, max_length=500)),
                        (
                            "address",
                            models.CharField(
                                blank=True, help_text="of SAML: where to sign in", max_length=500
                            ),
                        ),
                        (
                            "certificate",
                            models.TextField(
                                blank=True, help_text="of SAML: what its assertions are signed with"
                            ),
                        ),
                        ("client_id", models.CharField(blank=True, max_length=200)),
                        (
                            "agent_id",
                            models.CharField(
                                blank=True, help_text="of WeCom: the application", max_length=200
                            ),
                        ),
                        ("secret", models.TextField(blank=True, help_text="sealed; SAML has none")),
                        (
                            "match",
                            models.CharField(
                                choices=[("link", "Link"), ("email", "Email"), ("number", "Number")],
                                default="link",
                                max_length=10,
                            ),
                        ),
                        ("number_claim", models.CharField(blank=True, max_length=80)),
                        ("groups_claim", models.CharField(blank=True, max_length=80)),
                        (
                            "unknown",
                            models.CharField(
                                choices=[("refuse", "Refuse"), ("invite", "Invite")],
                                default="refuse",
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("on_at", models.DateTimeField(null=True)),
                        (
                            "groups_at",
                            models.DateTimeField(help_text="since when groups give and end roles", null=True),
                        ),
                        ("removed_at", models.DateTimeField(null=True)),
                        (
                            "groups_by",
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
                ),
                migrations.CreateModel(
                    name="SignOnLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject", models.CharField(max_length=255)),
                        ("by_self", models.BooleanField(default=False)),
                        ("groups", models.JSONField(default=list, help_text="as the provider said last")),
                        ("made_at", models.DateTimeField()),
                        ("last_at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "provider",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="kernel.signonprovider",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SignOnGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("role", models.CharField(max_length=20)),
                        (
                            "provider",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="groups",
                                to="kernel.signonprovider",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SignOnRole",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roles",
                                to="kernel.signonlink",
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
                migrations.AddConstraint(
                    model_name="signonprovider",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["oidc", "saml", "wecom", "dingtalk"])),
                        name="sign_on_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signonprovider",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("match__in", ["link", "email", "number"])),
                        name="sign_on_match_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signonprovider",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("unknown__in", ["refuse", "invite"])),
                        name="sign_on_unknown_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signonlink",
                    constraint=models.UniqueConstraint(
                        fields=("provider", "subject"), name="sign_on_subject_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signongroup",
                    constraint=models.UniqueConstraint(
                        fields=("provider", "name"), name="sign_on_group_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signongroup",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
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
                        name="sign_on_role_known",
                    ),
                ),
            ]
        ),
    ]
