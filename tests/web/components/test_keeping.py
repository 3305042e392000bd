"""What a component showed is kept only where nothing but its props can take part."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.template import Context, Engine
from django.utils import translation
from django.utils.safestring import mark_safe

from craftpath.delivery.web.components.keeping import SHOWN, Shown

COMPONENTS = {
    "components/plain.html": '{% props label tone="a|b" wide=False %}<i class="{{ tone }}">{{ label }}'
    "{% if wide and label %}!{% endif %}</i>",
    "components/nested.html": '{% props label %}<p>{% put "plain" label=label %}</p>',
    "components/word.html": "{% load i18n %}{% props label %}{% translate 'Name' %}: {{ label }}",
    "components/asks.html": "{% props label %}{{ request.path }}{{ label }}",
    "components/asks-if.html": "{% props label %}{% if label and request.path %}x{% endif %}",
    "components/inside.html": '{% props label %}{% put "asks" label=label %}',
    "components/clock.html": "{% load say %}{% props label %}{{ label|moment }}",
    "components/box.html": "{% props body %}<div>{{ body }}</div>",
}


@pytest.fixture
def show(settings):
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [("django.template.loaders.locmem.Loader", COMPONENTS)],
                "builtins": ["craftpath.delivery.web.components.templatetags.components"],
                "libraries": {"say": "craftpath.delivery.web.shell.templatetags.say"},
            },
        }
    ]
    SHOWN.forget()

    def rendered(source, **context):
        return Engine.get_default().from_string(source).render(Context(context))

    return rendered


def kept(name):
    source = f'{{% put "{name}" label="x" %}}'
    return Engine.get_default().from_string(source).nodelist[0].keeps


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plain", True),
        ("nested", True),
        ("word", True),
        ("asks", False),
        ("asks-if", False),
        ("inside", False),
        ("clock", False),
    ],
)
def test_only_what_its_props_decide_is_kept(show, name, expected):
    assert kept(name) is expected


def test_what_is_kept_prints_what_was_asked_for(show):
    source = '{% put "plain" label=label wide=wide %}'
    template = Engine.get_default().from_string(source)
    for label, wide, expected in [
        ("<b>", True, "&lt;b&gt;!"),
        (mark_safe("<b>"), True, "<b>!"),
        ("1", False, "1"),
        (1, False, "1"),
        (True, False, "True"),
        (Decimal("1.0"), False, "1.0"),
        (Decimal("1.00"), False, "1.00"),
    ]:
        for _again in range(2):
            shown = template.render(Context({"label": label, "wide": wide}))
            assert shown == f'<i class="a">{expected}</i>'


def test_what_may_change_is_not_kept(show):
    class Moody:
        said = 0

        def __str__(self):
            Moody.said += 1
            return str(Moody.said)

    template = Engine.get_default().from_string('{% put "plain" label=label %}')
    mood = Moody()
    assert [template.render(Context({"label": mood})) for _ in range(2)] == [
        '<i class="a">1</i>',
        '<i class="a">2</i>',
    ]


def test_each_language_has_its_own(show):
    template = Engine.get_default().from_string('{% put "word" label="x" %}')
    with translation.override("en"):
        english = template.render(Context())
    with translation.override("zh-hans"):
        assert template.render(Context()) != english
    with translation.override("en"):
        assert template.render(Context()) == english


def test_the_request_is_seen_each_time(show):
    for path in ("/a/", "/b/"):
        request = type("Asked", (), {"path": path})()
        assert show('{% put "inside" label="x" %}', request=request) == f"{path}x"


def test_the_oldest_piece_makes_room(monkeypatch):
    monkeypatch.setattr("craftpath.delivery.web.components.keeping.MOST", 2)
    shown = Shown()
    shown.keep("a", "1")
    shown.keep("b", "2")
    assert shown.get("a") == "1"
    shown.keep("c", "3")
    assert (shown.get("a"), shown.get("b"), shown.get("c")) == ("1", None, "3")
