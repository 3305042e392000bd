"""What a browser would send back of a page's form, read from its HTML."""

from __future__ import annotations

from html.parser import HTMLParser

Fields = dict[str, list[str]]


class _Form(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id, self.fields = form_id, Fields()
        self._inside, self._select, self._first = False, "", True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("id") == self.form_id
        elif self._inside and tag == "input" and "name" in given:
            ticks = given.get("type") in ("checkbox", "radio")
            if not ticks or "checked" in given:
                self.fields.setdefault(given["name"], []).append(given.get("value", "on" if ticks else ""))
        elif self._inside and tag == "select":
            self._select, self._first = given["name"], True
        elif self._inside and tag == "option" and self._select:
            if "selected" in given:
                self.fields[self._select] = [given["value"]]
            elif self._first:
                self.fields.setdefault(self._select, [given["value"]])
            self._first = False

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""


def fields_of(html: str, form_id: str = "scheme-form") -> Fields:
    """Name → values of every field that would be sent."""
    page = _Form(form_id)
    page.feed(html)
    return page.fields
