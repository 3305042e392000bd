"""Reading what the import pages post: a file, and the choices of how it is read."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craftpath.delivery.exchange import texts
from craftpath.delivery.exchange.book import Book
from craftpath.delivery.exchange.columns import targets
from craftpath.delivery.exchange.gist import LARGE_BYTES
from craftpath.delivery.exchange.headers import SEARCHED_ROWS
from craftpath.delivery.exchange.marks_words import MEANINGS, MISSING, MarkWords
from craftpath.delivery.exchange.reading import SheetRefused, read_book, sniff
from craftpath.delivery.exchange.trial import Reading, Target, reading_of

MEGABYTE = 1024 * 1024


def limit_text() -> str:
    """The rule about size, as it stands beside the field and in the refusal."""
    return _("at most %(limit)s MB") % {"limit": settings.UPLOAD_LIMIT // MEGABYTE}


class UploadForm(forms.Form):
    """One workbook or text table. `book` holds it once it is read; None for one that is for the worker."""

    file = forms.FileField(
        label=gettext_lazy("Choose the sheet, or drop it here"),
        error_messages={"empty": gettext_lazy("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv,.zip"}),
    )
    book: Book | None
    content: bytes

    def clean_file(self) -> object:
        """Read the file; why it cannot be read is the field's error."""
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(too_big(file.size))
        self.content = file.read()
        try:
            sniff(self.content)
            # A large one is read by the worker, who says as well why it cannot be.
            self.book = None if file.size > LARGE_BYTES else read_book(self.content, file.name)
        except SheetRefused as refused:
            raise forms.ValidationError(texts.refusal(refused)) from refused
        return file


def too_big(size: int) -> str:
    """Why a file of so many bytes is not read."""
    facts = {"megabytes": -(-size // MEGABYTE), "limit": settings.UPLOAD_LIMIT // MEGABYTE}
    return texts.sentence("sheet.too_big", facts)


def posted_reading(data: QueryDict, book: Book, target: Target, before: Reading) -> Reading:
    """The kept reading with the choices posted; words of a form that mean nothing are passed over.

    Another sheet or header row makes the old columns meaningless, so they are guessed afresh.
    """
    chosen = data.get("sheet", before.sheet)
    sheet = next((one for one in book.sheets if one.name == chosen), book.sheet(before.sheet))
    words = _words(data, before.words)
    ticked = data.get("add_enterprises") == "on"
    if sheet.name != before.sheet:
        fresh = reading_of(sheet, target)
        return replace(fresh, words=words, add_enterprises=ticked)
    row = data.get("header", "")
    header = int(row) if row.isascii() and row.isdigit() and len(row) < 4 else before.header_row
    if header != before.header_row and 1 <= header <= min(SEARCHED_ROWS, max(sheet.height, 1)):
        fresh = reading_of(sheet, target, header)
        return replace(fresh, words=words, add_enterprises=ticked)
    known = set(targets(target.kind, target.items))
    posted = {
        column.column: value
        for column in before.mapping.columns
        if (value := data.get(f"column-{column.column}", "")) in known
    }
    mapping = before.mapping.with_targets(posted)
    kept = {one.column for one in mapping.columns} - {
        new.column for new, old in zip(mapping.columns, before.mapping.columns, strict=True) if new != old
    }
    recalled = tuple(column for column in before.recalled if column in kept)
    return replace(before, mapping=mapping, words=words, add_enterprises=ticked, recalled=recalled)


def _words(data: QueryDict, before: MarkWords) -> MarkWords:
    pairs = zip(data.getlist("word"), data.getlist("meaning"), strict=False)
    meanings = {
        word: meaning for word, meaning in pairs if word and "\0" not in word and meaning in ("", *MEANINGS)
    }
    blank = data.get("blank", before.blank)
    return replace(before.with_meanings(meanings), blank=blank if blank in ("", MISSING) else before.blank)
