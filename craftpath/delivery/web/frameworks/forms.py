"""Forms of a framework, of a domain or skill, of its scale, and of a pair of a crosswalk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.domain.standards.checking import LONGEST_NAME, LONGEST_TEXT, MOST_INDICATORS, MOST_LEVELS
from craftpath.domain.standards.content import Level, Node
from craftpath.domain.standards.texts import AUDIENCES, KINDS, LEVELS_BY, MATCHES, STRENGTHS, WORDINGS

if TYPE_CHECKING:
    from craftpath.domain.standards.models import Framework, Skill

_AREA = {"rows": 3}


def line(label: Any, longest: int = LONGEST_NAME, **more: Any) -> forms.CharField:
    """One line of text that may be empty."""
    return forms.CharField(label=label, max_length=longest, required=False, **more)


def area(label: Any, longest: int = LONGEST_TEXT, **more: Any) -> forms.CharField:
    """Several lines that may be empty."""
    return forms.CharField(
        label=label, max_length=longest, required=False, widget=forms.Textarea(attrs=_AREA), **more
    )


def lines(text: str) -> list[str]:
    """The lines of a text area, without those after the last one that says something."""
    return [one.strip() for one in text.replace("\r\n", "\n").rstrip().split("\n")] if text.strip() else []


def pair(zh: str, en: str) -> dict[str, str]:
    """A text in two languages without empty sides."""
    return {language: said for language, said in (("zh", zh.strip()), ("en", en.strip())) if said}


class NamedForm(forms.Form):
    """Whatever has a name in at least one language."""

    name_zh = line(_("Name in Chinese"))
    name_en = line(_("Name in English"))

    def clean(self) -> dict[str, Any]:
        """One of the two is enough."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("name_zh") and not said.get("name_en") and not self.errors:
            self.add_error("name_zh", _("Give it a name in Chinese or in English."))
        return said

    def words(self, name: str) -> dict[str, str]:
        """What was typed for a text in both languages."""
        return pair(self.cleaned_data[f"{name}_zh"], self.cleaned_data[f"{name}_en"])


class AboutForm(NamedForm):
    """What a framework says of itself."""

    about_zh = area(_("What it is, in Chinese"), 1000)
    about_en = area(_("What it is, in English"), 1000)
    publisher = line(pgettext_lazy("of a framework", "Publisher"), 120)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2999)
    source = line(
        pgettext_lazy("of a framework", "Source"), 300,
        help_text=_("Document and page, and how sure its names are."),
    )  # fmt: skip
    address = line(_("Web address"), 300)
    licence = line(_("Licence"), 120)
    wording = forms.ChoiceField(label=_("Wording"), choices=list(WORDINGS.items()))
    audience = forms.ChoiceField(
        label=_("Who reads it once it is published"), choices=list(AUDIENCES.items())
    )

    def __init__(self, data: Any = None, *, row: Framework | None = None, publisher: str = "") -> None:
        super().__init__(data, initial=_about(row) if row else {"publisher": publisher, "wording": "own"})

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        same = ("publisher", "year", "source", "address", "licence", "wording", "audience")
        return {name: said[name] for name in same} | {"about": self.words("about")}


def _about(row: Framework) -> dict[str, Any]:
    same = ("publisher", "year", "source", "address", "licence", "wording", "audience")
    texts = {
        f"{name}_{language}": getattr(row, name).get(language, "")
        for name in ("name", "about")
        for language in ("zh", "en")
    }
    return {name: getattr(row, name) for name in same} | texts


class NodeForm(NamedForm):
    """A domain or a skill with everything that it says."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("in a framework of skills", "Kind"), choices=list(KINDS.items()), initial="skill"
    )
    meaning_zh = area(_("Definition in Chinese"))
    meaning_en = area(_("Definition in English"))
    code = line(
        pgettext_lazy("of a skill", "Code"), 60, help_text=_("The publisher's own number, if it has one.")
    )
    indicators_zh = area(
        _("On the shop floor, in Chinese"), 20_000,
        help_text=_(
            "What one sees when somebody can do it, one to a line. The same line in both languages belongs together."
        ),
    )  # fmt: skip
    indicators_en = area(_("On the shop floor, in English"), 20_000)
    hints_zh = line(
        _("Hint words in Chinese"),
        600,
        help_text=_("Words in a log entry that speak of it, with commas between them."),
    )
    hints_en = line(_("Hint words in English"), 600)
    made_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, framework: Framework, node: Skill | None = None, **initial: Any
    ) -> None:
        super().__init__(data, initial=(_said(node) if node else {}) | initial)
        self.scale = [(level["key"], level["name"]) for level in framework.levels]
        for key, _name in self.scale:
            for language, label in (("zh", _("In Chinese")), ("en", _("In English"))):
                said = (node.levels.get(key, {}) if node else {}).get(language, "")
                self.fields[f"level-{key}-{language}"] = area(label, initial=said)

    def levels(self) -> Iterator[tuple[Mapping[str, str], Any, Any]]:
        """Name of each level with its two fields."""
        for key, name in self.scale:
            yield name, self[f"level-{key}-zh"], self[f"level-{key}-en"]

    def clean(self) -> dict[str, Any]:
        """Not too many indicators; the field says how many there are."""
        said = super().clean()
        for name in ("indicators_zh", "indicators_en"):
            many = len(lines(said.get(name, "")))
            if many > MOST_INDICATORS:
                words = _("At most %(most)s lines; these are %(many)s.") % {
                    "most": MOST_INDICATORS,
                    "many": many,
                }
                self.add_error(name, words)
        return said

    def given(self) -> dict[str, Any]:
        """The fields of a node."""
        said = self.cleaned_data
        zh, en = lines(said["indicators_zh"]), lines(said["indicators_en"])
        longest = max(len(zh), len(en))
        both = zip(zh + [""] * (longest - len(zh)), en + [""] * (longest - len(en)), strict=True)
        levels = {
            key: words
            for key, _name in self.scale
            if (words := pair(said[f"level-{key}-zh"], said[f"level-{key}-en"]))
        }
        hints = {language: _split(said[f"hints_{language}"]) for language in ("zh", "en")}
        return {
            "kind": said["kind"],
            "name": self.words("name"),
            "meaning": self.words("meaning"),
            "code": said["code"],
            "indicators": tuple(words for one in both if (words := pair(*one))),
            "levels": levels,
            "hints": {language: some for language, some in hints.items() if some},
        }

    def node(self, parent: str) -> Node:
        """A node to add."""
        made = self.cleaned_data["made_id"]
        return Node("", parent=parent, identifier=str(made) if made else "", **self.given())


def _split(text: str) -> list[str]:
    return [word.strip() for word in text.replace("，", ",").replace("、", ",").split(",") if word.strip()]


def _said(node: Skill) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": node.kind, "code": node.code}
    for language in ("zh", "en"):
        said[f"name_{language}"] = node.name.get(language, "")
        said[f"meaning_{language}"] = node.meaning.get(language, "")
        said[f"indicators_{language}"] = "\n".join(one.get(language, "") for one in node.indicators).rstrip(
            "\n"
        )
        said[f"hints_{language}"] = ", ".join(node.hints.get(language, []))
    return said


class ScaleForm(forms.Form):
    """The levels, lowest first: the rows that are there and some to fill; a row that is emptied goes."""

    levels_by = forms.ChoiceField(label=_("Whose levels"), required=False)

    def __init__(self, data: Any = None, *, framework: Framework) -> None:
        self.known = [level["key"] for level in framework.levels]
        self.count = min(MOST_LEVELS, len(self.known) + 3)
        super().__init__(data, initial={"levels_by": framework.levels_by or "own"})
        self.fields["levels_by"].choices = [(key, words) for key, words in LEVELS_BY.items() if key]  # type: ignore[attr-defined]
        for n in range(self.count):
            level = framework.levels[n] if n < len(self.known) else {}
            for part in ("name", "meaning"):
                for language, label in (("zh", _("In Chinese")), ("en", _("In English"))):
                    said = level.get(part, {}).get(language, "")
                    self.fields[f"{part}-{n}-{language}"] = line(label, 300, initial=said)

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Number of each row with its four fields."""
        for n in range(self.count):
            yield (
                n + 1,
                [self[f"{part}-{n}-{language}"] for part in ("name", "meaning") for language in ("zh", "en")],
            )

    def levels(self) -> list[Level]:
        """The rows with a name, each with the key that it had or a new one."""
        said, taken, found = self.cleaned_data, set(self.known), []
        for n in range(self.count):
            name = pair(said[f"name-{n}-zh"], said[f"name-{n}-en"])
            if not name:
                continue
            key = self.known[n] if n < len(self.known) else _free(taken)
            taken.add(key)
            found.append(Level(key, name, pair(said[f"meaning-{n}-zh"], said[f"meaning-{n}-en"])))
        return found


def _free(taken: set[str]) -> str:
    n = 1
    while f"l{n}" in taken:
        n += 1
    return f"l{n}"


class PairForm(forms.Form):
    """Two skills of two frameworks, how the first lies to the second, and how strongly."""

    one = forms.ChoiceField(label=_("Skill"))
    kind = forms.ChoiceField(label=_("How it lies to the other"), choices=list(MATCHES.items()))
    other = forms.ChoiceField(label=_("Skill of the other list"))
    strength = forms.TypedChoiceField(
        label=pgettext_lazy("how strongly skills are tied", "How strongly"), coerce=int, initial=3,
        choices=list(STRENGTHS.items()),
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        ones: Sequence[Any],
        others: Sequence[Any],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["one"].choices = ones  # type: ignore[attr-defined]
        self.fields["other"].choices = others  # type: ignore[attr-defined]


def grouped(skills: Iterable[Any], say: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """Skills of one list as choices, by their domain."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for skill in skills:
        groups.setdefault(say(skill.domain_name), []).append((skill.key, say(skill.name)))
    return list(groups.items())
