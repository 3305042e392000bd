"""CASE 1.1 over REST: published frameworks for anybody, every path, pages, filters, and what goes wrong."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.test import Client

from craftpath.delivery.exchange.frameworks.case_in import read_case
from craftpath.domain.standards.models import Framework
from craftpath.domain.standards.presets import load_frameworks
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.exchange.frameworks.shape import wrong

ROOT = "/ims/case/v1p1"
pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(cast: Cast) -> Cast:
    with everywhere("a test loads what is shipped"):
        load_frameworks(by=system(), at=AT)
    return cast


def get(path: str, status: int = 200, **query: Any) -> Any:
    answer = Client().get(f"{ROOT}/{path}", query)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/json"
    return answer


def codes(answer: Any) -> str:
    found = answer.json()
    assert (found["imsx_codeMajor"], found["imsx_severity"]) == ("failure", "error")
    [field] = found["imsx_codeMinor"]["imsx_codeMinorField"]
    return str(field["imsx_codeMinorFieldValue"])


def test_documents_with_pages_and_links(loaded: Cast) -> None:
    every = get("CFDocuments").json()["CFDocuments"]
    assert len(every) == Framework._base_manager.filter(state="published").count() >= 2
    seen: list[str] = []
    way = f"{ROOT}/CFDocuments?limit=1"
    while way:
        answer = Client().get(way)
        assert answer["X-Total-Count"] == str(len(every))
        seen += [one["identifier"] for one in answer.json()["CFDocuments"]]
        links = dict(reversed([p.strip() for p in part.split(";")]) for part in answer["Link"].split(","))
        assert {'rel="first"', 'rel="last"'} <= set(links)
        way = links.get('rel="next"', "").strip("<>").replace("http://testserver", "")
    assert seen == [one["identifier"] for one in every]


def test_sort_filter_and_fields(loaded: Cast) -> None:
    titles = [one["title"] for one in get("CFDocuments", sort="title", orderBy="desc").json()["CFDocuments"]]
    assert titles == sorted(titles, key=str.casefold, reverse=True)
    one = get("CFDocuments", filter=f"title='{titles[0]}'", fields="identifier,title").json()["CFDocuments"]
    assert [set(found) for found in one] == [{"identifier", "title"}]
    both = f"title='{titles[0]}' OR title='{titles[-1]}'"
    assert len(get("CFDocuments", filter=both).json()["CFDocuments"]) == 2
    none = f"title='{titles[0]}' AND title='{titles[-1]}'"
    assert get("CFDocuments", filter=none).json()["CFDocuments"] == []
    assert get("CFDocuments", offset=1000).json()["CFDocuments"] == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"sort": "x"}, "invalid_sort_field"),
        ({"orderBy": "x"}, "invalid_sort_field"),
        ({"fields": "title,x"}, "invalid_selection_field"),
        ({"fields": ""}, "invalid_selection_field"),
        ({"filter": "x='1'"}, "invalid_filter_field"),
        ({"filter": "title"}, "invalid_filter_field"),
        ({"filter": "title='a' AND title='b' AND title='c'"}, "invalid_filter_field"),
        ({"filter": "title='a' XOR title='b'"}, "invalid_filter_field"),
        ({"limit": "0"}, "invalid_selection_field"),
        ({"limit": "-1"}, "invalid_selection_field"),
        ({"offset": "x"}, "invalid_selection_field"),
        ({"offset": "9" * 30}, "invalid_selection_field"),
    ],
)
def test_what_cannot_be_asked_is_named(loaded: Cast, query: dict[str, str], code: str) -> None:
    assert codes(get("CFDocuments", 400, **query)) == code


def test_a_package_is_as_the_standard_has_it_and_comes_back(loaded: Cast) -> None:
    for document in get("CFDocuments").json()["CFDocuments"]:
        content = get(f"CFPackages/{document['identifier']}").content
        assert wrong(json.loads(content)) == []
        read = read_case(content)
        assert read.faults == []
        assert read.content.identifier == document["identifier"]
        assert get(f"CFDocuments/{document['identifier']}").json() == document
        assert document["CFPackageURI"]["uri"].endswith(f"{ROOT}/CFPackages/{document['identifier']}")


def test_every_object_of_a_package_is_answered_by_itself(loaded: Cast) -> None:
    Framework._base_manager.filter(state="published").update(licence="CC BY 4.0")
    documents = get("CFDocuments").json()["CFDocuments"]
    whole = get(f"CFPackages/{documents[0]['identifier']}").json()
    item = whole["CFItems"][-1]
    found = get(f"CFItems/{item['identifier']}").json()
    assert found.pop("CFDocumentURI")["identifier"] == documents[0]["identifier"]
    assert found == item
    told = get(f"CFItemAssociations/{item['identifier']}").json()
    assert told["CFItem"]["identifier"] == item["identifier"]
    own = [
        one["identifier"]
        for one in whole["CFAssociations"]
        if item["identifier"] in (one["originNodeURI"]["identifier"], one["destinationNodeURI"]["identifier"])
    ]
    assert [one["identifier"] for one in told["CFAssociations"]] == own != []
    assert get(f"CFAssociations/{own[0]}").json()["identifier"] == own[0]
    rubrics = [
        one for d in documents for one in get(f"CFPackages/{d['identifier']}").json().get("CFRubrics", [])
    ]
    assert get(f"CFRubrics/{rubrics[0]['identifier']}").json() == rubrics[0]
    licences = [
        one
        for d in documents
        for one in get(f"CFPackages/{d['identifier']}").json().get("CFDefinitions", {}).get("CFLicenses", [])
    ]
    assert get(f"CFLicenses/{licences[0]['identifier']}").json() == licences[0]


def test_definitions_that_were_brought_along_are_answered_as_sets(loaded: Cast) -> None:
    row = Framework._base_manager.filter(state="published").order_by("pk")[0]
    held = {
        kind: [
            {
                "identifier": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{kind}{n}")),
                "title": kind,
                "hierarchyCode": code,
            }
            for n, code in enumerate(("1", "1.1", "10"))
        ]
        for kind in ("CFSubjects", "CFConcepts", "CFItemTypes", "CFAssociationGroupings")
    }
    row.carried = row.carried | {"CFDefinitions": held}
    row.save()
    for kind in ("CFSubjects", "CFConcepts", "CFItemTypes"):
        found = get(f"{kind}/{held[kind][0]['identifier']}").json()
        assert [one["hierarchyCode"] for one in found[kind]] == ["1", "1.1"]
    grouping = held["CFAssociationGroupings"][0]
    assert get(f"CFAssociationGroupings/{grouping['identifier']}").json()["title"] == grouping["title"]


@pytest.mark.parametrize(
    "kind",
    [
        *("CFDocuments", "CFPackages", "CFItems", "CFItemAssociations", "CFAssociations", "CFSubjects"),
        *("CFConcepts", "CFItemTypes", "CFLicenses", "CFAssociationGroupings", "CFRubrics"),
    ],
)
def test_what_is_not_there(loaded: Cast, kind: str) -> None:
    assert codes(get(f"{kind}/{uuid.uuid4()}", 404)) == "unknownobject"
    assert codes(get(f"{kind}/nonsense", 404)) == "invaliduuid"
    assert codes(get("CFThings", 404)) == "unknownobject"
    for method in ("post", "put", "delete"):
        answer = getattr(Client(), method)(f"{ROOT}/{kind}/{uuid.uuid4()}")
        assert (answer.status_code, answer["Allow"]) == (405, "GET")


def test_drafts_and_what_an_organisation_keeps_for_itself_are_nobody_s(loaded: Cast) -> None:
    row = Framework._base_manager.filter(state="published").order_by("pk")[0]
    item = row.skills.order_by("order")[0].identifier
    get(f"CFPackages/{row.identifier}")
    Framework._base_manager.filter(pk=row.pk).update(organisation=loaded.college, audience="own")
    hidden = [f"CFPackages/{row.identifier}", f"CFDocuments/{row.identifier}", f"CFItems/{item}"]
    assert [codes(get(one, 404)) for one in hidden] == ["unknownobject"] * 3
    assert row.identifier not in get("CFDocuments").content.decode()
    Framework._base_manager.filter(pk=row.pk).update(organisation=None, audience="site", state="draft")
    assert [codes(get(one, 404)) for one in hidden] == ["unknownobject"] * 3


def test_readers_of_version_1_0_get_what_that_knows(loaded: Cast) -> None:
    """The twelve paths of 1.0, with pointers that stay there, and without what is new in 1.1."""
    old = ROOT.replace("v1p1", "v1p0")
    row = Framework._base_manager.filter(state="published").order_by("pk")[0]
    held = {
        kind: [{"identifier": str(uuid.uuid5(uuid.NAMESPACE_URL, kind)), "title": kind, "hierarchyCode": "1"}]
        for kind in ("CFSubjects", "CFConcepts", "CFItemTypes", "CFAssociationGroupings", "CFLicenses")
    }
    row.carried = row.carried | {"CFDefinitions": held}
    row.save()

    def ask(path: str) -> Any:
        answer = Client().get(f"{old}/{path}")
        assert answer.status_code == 200, answer.content
        assert b"/ims/case/v1p1/" not in answer.content
        for new in ("caseVersion", "extensions", "targetType", "frameworkType"):
            assert f'"{new}"' not in answer.content.decode()
        return answer.json()

    documents = ask("CFDocuments")["CFDocuments"]
    assert [one["identifier"] for one in documents] == [
        one["identifier"] for one in get("CFDocuments").json()["CFDocuments"]
    ]
    rubric = next(one for d in documents for one in ask(f"CFPackages/{d['identifier']}").get("CFRubrics", []))
    package = ask(f"CFPackages/{row.identifier}")
    assert ask(f"CFDocuments/{row.identifier}")["title"] == package["CFDocument"]["title"]
    item, association = package["CFItems"][-1]["identifier"], package["CFAssociations"][0]["identifier"]
    assert ask(f"CFItems/{item}")["identifier"] == item
    assert ask(f"CFItemAssociations/{item}")["CFItem"]["identifier"] == item
    assert ask(f"CFAssociations/{association}")["identifier"] == association
    assert ask(f"CFRubrics/{rubric['identifier']}")["CFRubricCriteria"]
    for kind, some in held.items():
        assert ask(f"{kind}/{some[0]['identifier']}")
    assert read_case(json.dumps(package).encode()).faults == []
    assert Client().get(f"{old}/CFItems/{uuid.uuid4()}").status_code == 404
    assert Client().get(f"{old}/CFThings").status_code == 404
