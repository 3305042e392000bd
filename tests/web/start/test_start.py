"""The first start: one form, once."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.start.opening import Answers, open_site
from craftpath.domain.programmes import actions as programme_actions
from craftpath.domain.programmes.queries import programmes, schemes
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import everywhere
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY

FORM = {
    "name_zh": "澜川技师学院", "name_en": "Lanchuan Technician College", "kind": "college", "person": "何静",
    "username": "c01", "password1": "Kupfer-und-Zinn-7", "password2": "Kupfer-und-Zinn-7", "language": "en",
}  # fmt: skip
ANSWERS = Answers(Text("澜川技师学院", "Lanchuan"), "college", "何静", "c01", "Kupfer-und-Zinn-7", "en")


@pytest.fixture
def visitor(db):
    return Client(HTTP_ACCEPT_LANGUAGE="en")


def test_an_empty_site_leads_to_the_form(visitor):
    assert visitor.get("/").url == "/start/"
    assert visitor.get("/start/").status_code == 200


def test_the_form_opens_the_site_and_signs_in(visitor, all_rows):
    answer = visitor.post("/start/", FORM)
    assert answer.url == "/o/lanchuan-technician-college/"
    organisation = Organisation.objects.get()
    assert (organisation.kind, organisation.name) == (
        "college",
        {"zh": FORM["name_zh"], "en": FORM["name_en"]},
    )
    person = Person.objects.get()
    assert (person.username, person.name, person.language) == ("c01", "何静", "en")
    assert person.check_password(FORM["password1"])
    assert sorted(person.memberships.values_list("role", flat=True)) == ["administrator", "coordinator"]
    assert [programme.key for programme in programmes()] == [
        "cn_334",
        "au_cert3",
        "de_mechatronics",
        "uk_standard",
        "us_registered",
    ]
    assert [scheme.key for scheme in schemes()] == [
        "au-cert3",
        "cn-334",
        "de-mechatronics",
        "uk-standard",
        "us-registered",
    ]
    told = AuditEntry.objects.order_by("pk").values_list("fact", "person__username", "organisation__key")
    assert list(told) == [
        ("kernel.organisation_planted", None, organisation.key),  # nobody was there yet
        ("kernel.role_given", "c01", organisation.key),
        ("kernel.role_given", "c01", organisation.key),
        *[
            ("programmes.scheme_saved", "c01", organisation.key),
            ("programmes.programme_loaded", "c01", organisation.key),
        ]
        * 5,
        *[("standards.framework_loaded", "c01", organisation.key)] * 2,
    ]
    assert visitor.session["_auth_user_id"] == str(person.pk)


def test_the_first_desk_says_what_to_do_first(visitor):
    desk = unescape(visitor.post("/start/", FORM, follow=True).content.decode())
    first, second = desk.index("Plan your first cohort"), desk.index("Then upload your roster")
    assert desk.index("Waiting for you") < first < second
    # The administrator and the coordinator are told together.
    assert desk.count("<strong>Plan your first cohort</strong>") == 1
    assert "Lanchuan Technician College is open." in desk


def test_afterwards_there_is_no_such_page(visitor):
    visitor.post("/start/", FORM)
    for client in (visitor, Client()):
        assert client.get("/start/").status_code == 404
        assert client.post("/start/", FORM | {"username": "c02"}).status_code == 404
    assert Organisation.objects.count() == 1
    assert Client().get("/").url == "/account/login/"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name_zh": "", "name_en": ""}, "name_zh"),
        ({"kind": "palace"}, "kind"),
        ({"person": "  "}, "person"),
        ({"username": "何 静"}, "username"),
        ({"username": "<b>"}, "username"),
        ({"password1": "short", "password2": "short"}, "password1"),
        ({"password1": "password123", "password2": "password123"}, "password1"),
        (
            {"password1": "coordinator-c01", "password2": "coordinator-c01", "username": "coordinator-c01"},
            "password1",
        ),
        ({"password2": "something else"}, "password2"),
        ({"language": "xx"}, "language"),
        ({"name_en": "x" * 121}, "name_en"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(visitor, change, field):
    answer = visitor.post("/start/", FORM | change)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert Organisation.objects.count() == Person.objects.count() == 0
    if field != "name_zh":
        assert 'value="澜川技师学院"' in answer.content.decode()


def test_a_chinese_name_alone_gets_an_address_that_can_be_typed(visitor):
    url = visitor.post("/start/", FORM | {"name_en": ""}).url
    assert url.startswith("/o/o-")
    assert visitor.get(url).status_code == 200


def test_nothing_stays_if_a_step_fails(db, monkeypatch):
    monkeypatch.setattr(programme_actions, "presets", lambda: ("cn_334", "no-such-preset"))
    with pytest.raises(FileNotFoundError):
        open_site(ANSWERS, on=TODAY, at=AT)
    assert Organisation.objects.count() == Person.objects.count() == 0
    with everywhere("a test looks at everything"):
        assert not programmes().exists()


def test_somebody_who_was_quicker_leaves_no_half_of_the_other(db):
    """Both sent the form while the site was empty; the second write sees the first only when it writes."""
    open_site(ANSWERS, on=TODAY, at=AT)
    with pytest.raises(Refused) as refused:
        open_site(replace(ANSWERS, username="c02", organisation=Text(en="Dongling")), on=TODAY, at=AT)
    with translation.override("en"):
        said = sentence(refused.value.verdict)
    assert said.startswith("Somebody else has just opened this site.")
    assert [row.key for row in Organisation.objects.all()] == ["lanchuan"]
    assert [row.username for row in Person.objects.all()] == ["c01"]


def test_a_clash_in_the_database_ends_in_the_same_answer(db):
    Person.objects.create_user("c01", name="x")
    with pytest.raises(Refused) as refused:
        open_site(ANSWERS, on=TODAY, at=AT)
    assert refused.value.verdict.reason == "start.already_open"
    assert Organisation.objects.count() == 0


def test_a_name_that_somebody_has_is_refused_at_its_field(visitor):
    Person.objects.create_user("C01", name="x")
    assert list(visitor.post("/start/", FORM).context["form"].errors) == ["username"]
