"""CASE 1.1: what is published of frameworks, for anybody; the same objects as in the package that is a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic_core import from_json, to_json

from craftpath.delivery.exchange.frameworks.case_out import Outside, case_package
from craftpath.delivery.ims.answers import NotAnswered, View, answer, served
from craftpath.delivery.ims.asking import Kind, Rows, bare, listed
from craftpath.domain.standards import queries
from craftpath.kernel.tenancy import Scope, looking_for
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.standards.models import Framework

ROOT = "/ims/case/v1p1"
ROOT_1P0 = "/ims/case/v1p0"
MINOR = "imsx_codeMinor"
NEW_IN_1P1 = frozenset({"caseVersion", "frameworkType", "extensions", "alternativeLabel", "targetType"})
"""Names that version 1.0 does not know, wherever they stand."""
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
_NOBODY = Scope()
DOCUMENT = Kind(
    "CFDocuments",
    "CFDocument",
    frozenset(
        """identifier uri frameworkType caseVersion creator title lastChangeDateTime officialSourceURL publisher
        description subject subjectURI language version adoptionStatus statusStartDate statusEndDate licenseURI notes
        extensions CFPackageURI""".split()  # noqa: SIM905
    ),
)
public = served("GET", minor=MINOR)


def _wanted(identifier: str) -> str:
    if not _UUID.fullmatch(identifier):
        raise NotAnswered(404, "invaliduuid", _("This is no UUID."))
    return identifier.lower()


def address(kind: str, identifier: str) -> str:
    """Where an object is read."""
    return f"{settings.ADDRESS}{ROOT}/{kind}/{identifier}"


def package_of(row: Framework) -> dict[str, Any]:
    """The whole package, with this service's addresses for what was published nowhere else."""
    content = queries.content_of(row, queries.pairs_touching(row.key))
    nodes = tuple(
        replace(node, uri=node.uri or address("CFItems", node.identifier)) for node in content.nodes
    )
    content = replace(content, uri=content.uri or address("CFDocuments", content.identifier), nodes=nodes)
    named = queries.skills_by_key(pair.other for pair in content.pairs)
    language = get_language() or "zh"
    outside = {
        key: Outside(
            one.identifier, one.uri or address("CFItems", one.identifier), Text.of(one.name).say(language)
        )
        for key, one in named.items()
        if one.framework.state in ("published", "retired")
    }
    return case_package(content, outside)


def document_of(row: Framework) -> dict[str, Any]:
    """A document by itself, which says where its package is."""
    bare_row = queries.content_of(row, ())
    bare_row = replace(bare_row, uri=bare_row.uri or address("CFDocuments", bare_row.identifier), nodes=())
    return _document(case_package(bare_row, {})["CFDocument"])


def _document(document: dict[str, Any]) -> dict[str, Any]:
    own = document["identifier"]
    link = {"title": document["title"], "identifier": own, "uri": address("CFPackages", own)}
    return document | {"CFPackageURI": link}


def _home(package: dict[str, Any]) -> dict[str, Any]:
    """The pointer of a single object to its document."""
    document = package["CFDocument"]
    link = {name: document[name] for name in ("title", "identifier", "uri")}
    return {"CFDocumentURI": link}


def _row(identifier: str) -> Framework:
    found = queries.published_to_all().filter(identifier=_wanted(identifier)).first()
    if found is None:
        raise Http404
    return found


def _packages() -> Iterator[dict[str, Any]]:
    for row in queries.published_to_all():
        yield package_of(row)


@public
def documents(request: HttpRequest) -> HttpResponse:
    """Every framework that is published to all."""
    with looking_for(_NOBODY):
        return listed(request, DOCUMENT, Rows(queries.published_to_all(), document_of))


@public
def document(request: HttpRequest, identifier: str) -> HttpResponse:
    """One of them, without what is in it."""
    with looking_for(_NOBODY):
        return bare(request, DOCUMENT, document_of(_row(identifier)))


@public
def package(request: HttpRequest, identifier: str) -> HttpResponse:
    """One of them with everything in it."""
    with looking_for(_NOBODY):
        return answer(package_of(_row(identifier)))


def _holding(identifier: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """An item, and the package of the newest version that has it."""
    wanted = _wanted(identifier)
    row = queries.holding(wanted).first()
    if row is None:
        raise Http404
    whole = package_of(row)
    return next(item for item in whole["CFItems"] if item["identifier"] == wanted), whole


@public
def item(request: HttpRequest, identifier: str) -> HttpResponse:
    """A skill or a domain."""
    with looking_for(_NOBODY):
        found, whole = _holding(identifier)
    return answer(found | _home(whole))


@public
def item_associations(request: HttpRequest, identifier: str) -> HttpResponse:
    """The same with every association that begins or ends at it."""
    with looking_for(_NOBODY):
        found, whole = _holding(identifier)
    ends = [
        one | _home(whole)
        for one in whole["CFAssociations"]
        if found["identifier"] in (_end(one, "originNodeURI"), _end(one, "destinationNodeURI"))
    ]
    return answer({"CFItem": found | _home(whole), "CFAssociations": ends})


def _end(association: dict[str, Any], side: str) -> str:
    link = association.get(side)
    return str(link.get("identifier", "")) if isinstance(link, dict) else ""


@public
def association(request: HttpRequest, identifier: str) -> HttpResponse:
    """One association, wherever it stands."""
    wanted = _wanted(identifier)
    with looking_for(_NOBODY):
        for whole in _packages():
            for one in whole["CFAssociations"]:
                if one["identifier"] == wanted:
                    return answer(one | _home(whole))
    raise Http404


@public
def rubric(request: HttpRequest, identifier: str) -> HttpResponse:
    """One rubric, with its criteria and their levels."""
    wanted = _wanted(identifier)
    with looking_for(_NOBODY):
        for whole in _packages():
            for one in whole.get("CFRubrics", ()):
                if one.get("identifier") == wanted:
                    return answer(one)
    raise Http404


SETS = {"CFSubjects", "CFConcepts", "CFItemTypes"}
"""Definitions that are answered as a set: the one that was asked for, and those below it."""


def _definition(kind: str, identifier: str) -> HttpResponse:
    wanted = _wanted(identifier)
    with looking_for(_NOBODY):
        for whole in _packages():
            held = whole.get("CFDefinitions", {}).get(kind, ())
            for one in held:
                if one.get("identifier") != wanted:
                    continue
                if kind not in SETS:
                    return answer(one)
                return answer({kind: [one, *_below(one, held)]})
    raise Http404


def _below(one: dict[str, Any], held: Any) -> list[dict[str, Any]]:
    code = str(one.get("hierarchyCode") or "")
    return [other for other in held if code and str(other.get("hierarchyCode") or "").startswith(f"{code}.")]


@public
def subject(request: HttpRequest, identifier: str) -> HttpResponse:
    """A subject and those below it."""
    return _definition("CFSubjects", identifier)


@public
def concept(request: HttpRequest, identifier: str) -> HttpResponse:
    """A concept and those below it."""
    return _definition("CFConcepts", identifier)


@public
def item_type(request: HttpRequest, identifier: str) -> HttpResponse:
    """A type of items and those below it."""
    return _definition("CFItemTypes", identifier)


@public
def licence(request: HttpRequest, identifier: str) -> HttpResponse:
    """A licence."""
    return _definition("CFLicenses", identifier)


@public
def grouping(request: HttpRequest, identifier: str) -> HttpResponse:
    """A grouping of associations."""
    return _definition("CFAssociationGroupings", identifier)


def before(view: View) -> View:
    """Around a view of version 1.1: the same for readers of version 1.0, without what that does not know."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        response = view(request, *args, **values)
        if response.status_code == 200:
            held = response.content.replace(f"{ROOT}/".encode(), f"{ROOT_1P0}/".encode())
            response.content = to_json(_without_news(from_json(held)))
        return response

    return shown


def _without_news(held: Any) -> Any:
    if isinstance(held, dict):
        news = NEW_IN_1P1 | ({"subject", "subjectURI"} if "fullStatement" in held else frozenset())
        news |= {"notes"} if "associationType" in held else frozenset()
        return {name: _without_news(one) for name, one in held.items() if name not in news}
    return [_without_news(one) for one in held] if isinstance(held, list) else held


@public
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Whatever else is asked for."""
    raise Http404
