"""A wrong use of a component fails before anybody sees the page."""

import pytest
from django.template import Context, Engine, TemplateSyntaxError

from craftpath.delivery.web.components.templatetags.components import piece

COMPONENTS = {
    "components/tag.html": '{% props label tone="plain|good" wide=False %}'
    '<i class="{{ tone }}">{{ label }}{{ wide }}</i>',
    "components/box.html": '{% props title="" body %}<div title="{{ title }}">{{ body }}</div>',
    "components/note.html": '{% props label="" body="" %}<p>{{ label }}{{ body }}</p>',
    "components/kind.html": '{% props kind:"ring|bar" %}<b>{{ kind }}</b>',
    "components/go.html": "{% props label attrs %}<a{{ attrs }}>{{ label }}</a>",
    "components/spy.html": "{% props label %}[{{ secret }}]",
    "components/loop.html": '{% props %}{% put "loop" %}',
    "components/bare.html": "<p>no declaration</p>",
    "components/bad.html": "{% props kind:5 %}",
    "frame.html": "<t>{% block title %}{% endblock %}</t><h1>{% again title %}</h1>",
    "components/twice.html": "{% props label label %}",
}


@pytest.fixture
def show(settings):
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [("django.template.loaders.locmem.Loader", COMPONENTS)],
                "builtins": ["craftpath.delivery.web.components.templatetags.components"],
            },
        }
    ]

    def rendered(source, **context):
        return Engine.get_default().from_string(source).render(Context(context))

    return rendered


def test_props_and_defaults_reach_the_component(show):
    assert show('{% put "tag" label="Save" %}') == '<i class="plain">SaveFalse</i>'
    assert show('{% put "tag" label=word|upper tone="good" wide=3 %}', word="ok") == '<i class="good">OK3</i>'


def test_a_block_is_the_body_and_sees_the_page(show):
    assert (
        show('{% component "box" title="T" %} {{ word }} {% endcomponent %}', word="in")
        == '<div title="T">in</div>'
    )


def test_components_nest(show):
    source = '{% component "box" %}{% put "tag" label="x" %}{% component "note" %}y{% endcomponent %}{% endcomponent %}'
    assert show(source) == '<div title=""><i class="plain">xFalse</i><p>y</p></div>'


def test_a_component_sees_nothing_but_its_props(show):
    assert show('{% put "spy" label="x" %}', secret="page variable") == "[]"


def test_values_are_escaped_in_text_and_attributes(show):
    assert show('{% put "tag" label=word %}', word="<script>") == '<i class="plain">&lt;script&gt;False</i>'
    assert show('{% put "go" label="x" title=word %}', word='"><b') == '<a title="&quot;&gt;&lt;b">x</a>'


def test_attributes_of_the_closed_list_are_printed(show):
    source = (
        '{% put "go" label="x" hx_post="/a" hx_target="#b" autofocus=True hx_confirm="" aria_label=None %}'
    )
    assert show(source) == '<a autofocus hx-post="/a" hx-target="#b">x</a>'


def test_none_means_not_given(show):
    assert (
        show('{% put "tag" label="x" tone=tone wide=wide %}', tone=None, wide=None)
        == '<i class="plain">xFalse</i>'
    )


def test_an_empty_choice_is_the_default(show):
    assert show('{% put "tag" label="x" tone=tone %}', tone="") == '<i class="plain">xFalse</i>'


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('{% put "button" label="x" %}', "there is no component 'button'"),
        ('{% put "tag" label="x" colour="red" %}', "tag has no colour; it knows label, tone, wide"),
        ('{% put "tag" tone="good" %}', "tag needs label"),
        ('{% put "tag" label="x" tone="loud" %}', "tag: tone is 'loud'; allowed are plain, good"),
        ('{% put "kind" kind="pie" %}', "kind: kind is 'pie'; allowed are ring, bar"),
        ('{% put "kind" %}', "kind needs kind"),
        ('{% put "box" %}', "box needs body"),
        ('{% component "tag" label="x" %}y{% endcomponent %}', "tag takes no block; write {% put 'tag' … %}"),
        ('{% put "tag" label="x" hx_post="/a" %}', "tag has no hx_post; it knows label, tone, wide"),
        ('{% put "go" label="x" onclick="a()" %}', "go has no onclick; it knows label"),
        ('{% put "tag" label="x" label="y" %}', "tag: write each prop once, as prop=value; not label label"),
        ('{% put "tag" label="x" good %}', "tag: write each prop once, as prop=value; not good"),
        ("{% put tag %}", "put: write the component's name in quotes first"),
        ("{% put %}", "put: write the component's name in quotes first"),
        ('{% put "loop" %}', "component loop > loop contains itself"),
        ('{% put "bare" %}', "components/bare.html does not begin with its props"),
        ('{% put "bad" %}', 'props: kind: needs its words, as in kind:"one|two"'),
        ('{% put "twice" %}', "props: 'label' is not a declaration, or stands twice"),
    ],
)
def test_a_wrong_use_stops_the_page_when_it_is_compiled(show, source, reason):
    with pytest.raises(TemplateSyntaxError) as fault:
        Engine.get_default().from_string(source)
    assert str(fault.value) == reason


def test_a_variable_outside_the_words_stops_when_it_is_shown(show):
    with pytest.raises(TemplateSyntaxError) as fault:
        show('{% put "tag" label="x" tone=tone %}', tone="loud")
    assert str(fault.value) == "tag: tone is 'loud'; allowed are plain, good"


def test_again_shows_a_block_a_second_time(show):
    source = '{% extends "frame.html" %}{% block title %}Results of {{ who }}{% endblock %}'
    assert show(source, who="B&B") == "<t>Results of B&amp;B</t><h1>Results of B&amp;B</h1>"


def test_an_address_keeps_the_other_parameters(show, rf):
    request = rf.get("/list?q=%E6%9E%97&page=3&sort=name")
    assert show('{% address "sort" "-name" drop="page" %}', request=request) == "?q=%E6%9E%97&amp;sort=-name"
    assert show('{% address "page" 2 %}') == "?page=2"


@pytest.mark.usefixtures("show")
def test_a_component_from_python_is_checked_and_escapes_as_in_a_page() -> None:
    assert piece("tag", label="<b>", tone="good") == '<i class="good">&lt;b&gt;False</i>'
    assert piece("tag", label="x") == '<i class="plain">xFalse</i>'
    for wrong in ({"tone": "good"}, {"label": "x", "tone": "bad"}, {"label": "x", "other": 1}):
        with pytest.raises(TemplateSyntaxError):
            piece("tag", **wrong)
    with pytest.raises(TemplateSyntaxError):
        piece("box", title="x")  # it has a body, and a row has none to give
