"""A version, or two compared, on paper: A4 as PDF, or the same as a workbook, in Chinese, English or both."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.printouts.curriculum import comparison, curriculum_plan
from craftpath.delivery.web.curricula.changes import GROUPS, change
from craftpath.delivery.web.curricula.places import OFFICE, found_curriculum, found_version
from craftpath.delivery.web.papers.sending import look_of, sent
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.curricula import queries
from craftpath.domain.curricula.comparing import Change, changes
from craftpath.values.text import Text


@require_GET
def plan(request: Request, organisation: str, version: str) -> HttpResponse:
    """The version with its stage tables."""
    row = found_version(version)
    found = curriculum_plan(queries.content_of(row), today=request.today, at=request.at)
    return sent(found, look_of(request.GET), name=f"{row.curriculum.key}-{row.number}")


@require_GET
@needs(*OFFICE)
def differences(request: Request, organisation: str, curriculum: str) -> HttpResponse:
    """Two versions of a curriculum: `before` and `after` are their numbers."""
    row = found_curriculum(curriculum)
    versions = {str(one.number): one for one in queries.versions().filter(curriculum=row)}
    before, after = (versions.get(request.GET.get(name, "")[:5]) for name in ("before", "after"))
    if before is None or after is None:
        raise Http404
    old, new = queries.content_of(before), queries.content_of(after)
    found = comparison(old, new, in_both(changes(old, new)), today=request.today, at=request.at)
    name = f"{row.key}-{before.number}-{after.number}"
    return sent(found, look_of(request.GET), name=name)


def in_both(found: list[Change]) -> list[tuple[Text, list[Text]]]:
    """Sentences by what they speak of, in Chinese and in English."""
    said: dict[str, list[tuple[str, list[str]]]] = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said[language] = [
                (str(head), [change(one) for one in found if one.code.partition("_")[0] == kind])
                for kind, head in GROUPS
            ]
    return [
        (Text(zh, en), [Text(*pair) for pair in zip(chinese, english, strict=True)])
        for (zh, chinese), (en, english) in zip(said["zh-hans"], said["en"], strict=True)
        if chinese
    ]
