"""Catalogues in the layouts of ESCO and O*NET, and plain lists: taken in whole, twice, undone, and refused by line."""

from __future__ import annotations

import io
import uuid
import zipfile
from typing import Any

import pytest

from craftpath.delivery.exchange.catalogues.reading import LONGEST_FIELD
from craftpath.delivery.exchange.catalogues.taking import carry_out, read
from craftpath.domain.occupations import actions, catalogues
from craftpath.domain.occupations.models import (
    Catalogue,
    CatalogueEntry,
    CatalogueImport,
    CodePair,
    EntryLink,
)
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
ESCO = {
    "occupations_en.csv": "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,description,code\n"
    'Occupation,u/o1,7223,turner,"lathe hand\nlathe operator",Turns metal.,7223.1\n'
    "Occupation,u/o2,7212,welder,,Joins metal.,7212.1\n",
    "occupations_zh.csv": "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,description,code\n"
    "Occupation,u/o1,7223,车工,,,7223.1\n",
    "skills_en.csv": "conceptType,conceptUri,skillType,preferredLabel,altLabels,description\n"
    "KnowledgeSkillCompetence,u/s1,skill/competence,set up a lathe,,\n"
    "KnowledgeSkillCompetence,u/s2,knowledge,metallurgy,,\n",
    "ISCOGroups_en.csv": "conceptType,conceptUri,code,preferredLabel\nISCOGroup,u/g1,7223,Machine tool setters\n",
    "broaderRelationsOccPillar_en.csv": "conceptType,conceptUri,broaderType,broaderUri\n"
    "Occupation,u/o1,ISCOGroup,u/g1\n",
    "skillsHierarchy_en.csv": "Level 0 URI,Level 0 preferred term,Level 1 URI,Level 1 preferred term,Level 0 code,"
    "Level 1 code\nu/h,skills,u/h1,working with machines,S,S8\n",
    "occupationSkillRelations_en.csv": "occupationUri,relationType,skillType,skillUri\n"
    "u/o1,essential,skill/competence,u/s1\nu/o1,optional,knowledge,u/s2\n",
}
TIES = "occupationUri,relationType,skillUri\n"
ONET = {
    "Occupation Data.txt": 'O*NET-SOC Code\tTitle\tDescription\n51-4034.00\tLathe Operators\tSet up "lathes".\n',
    "Content Model Reference.txt": "Element ID\tElement Name\tDescription\n2.A.1.a\tReading\tUnderstanding text.\n",
    "Skills.txt": "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\n"
    "51-4034.00\t2.A.1.a\tReading\tIM\t3.12\n51-4034.00\t2.A.1.a\tReading\tLV\t3.00\n",
    "Technology Skills.txt": "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\n"
    "51-4034.00\tMastercam\t43232612\tCAM software\tN\n",
    "Task Statements.txt": "O*NET-SOC Code\tTask ID\tTask\tTask Type\n51-4034.00\t123\tMount the chuck.\tCore\n",
}


def packed(files: dict[str, str], encoding: str = "utf-8") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"export/{name}", text.encode(encoding))
    return out.getvalue()


def office(cast: Cast) -> dict[str, Any]:
    return {"by": cast.actor("coordinator"), "at": AT}


def looked_at(cast: Cast, content: bytes, layout: str = "esco", name: str = "a.zip") -> CatalogueImport:
    row = actions.keep_import(
        content=content,
        name=name,
        layout=layout,
        made_id=uuid.uuid4(),
        organisation=cast.college,
        **office(cast),
    )
    return carry_out(row, **office(cast))


def taken(cast: Cast, *given: Any, **more: Any) -> CatalogueImport:
    row = looked_at(cast, *given, **more)
    assert row.state == "ready", row.report
    return carry_out(actions.begin_import(row, **office(cast)), **office(cast))


def standing() -> dict[str, tuple[Any, ...]]:
    rows = CatalogueEntry.objects.filter(catalogue__organisation__isnull=False, gone_in__isnull=True)
    return {row.key: (row.kind, row.code, row.parent, row.name, row.words) for row in rows}


def ties() -> set[tuple[str, str, str]]:
    rows = EntryLink.objects.filter(gone_in__isnull=True)
    return set(rows.values_list("one__key", "other__key", "kind"))


def faults(row: CatalogueImport) -> list[tuple[str, str, int]]:
    return [(one["code"], one["file"].rpartition("/")[2], one["line"]) for one in row.report["faults"]]


def test_esco_is_looked_at_taken_in_and_languages_merge(cast: Cast) -> None:
    row = looked_at(cast, packed(ESCO))
    assert (row.state, Catalogue.objects.count()) == ("ready", 0)
    assert row.report["kinds"] == {"occupation": 2, "skill": 2, "group": 3, "link": 2}
    row = carry_out(actions.begin_import(row, **office(cast)), **office(cast))
    found = standing()
    assert found["u/o1"][:4] == ("occupation", "7223.1", "u/g1", {"en": "turner", "zh": "车工"})
    assert "lathe hand" in found["u/o1"][4]
    assert "chegong" in found["u/o1"][4]
    assert found["u/h1"][:3] == ("group", "S8", "u/h")
    assert ties() == {("u/o1", "u/s1", "essential"), ("u/o1", "u/s2", "optional")}
    [catalogue] = catalogues.catalogues()
    assert [one.key for one in catalogues.entries(catalogue, "chegong")] == ["u/o1"]
    assert [one.key for one in catalogues.entries(catalogue, "7212")] == ["u/o2"]


def test_a_second_time_nothing_changes_and_what_changed_is_told_and_undone(cast: Cast) -> None:
    taken(cast, packed(ESCO))
    before, tied = standing(), ties()
    again = taken(cast, packed(ESCO))
    assert again.report["counts"] == {
        "new": 0,
        "changed": 0,
        "gone": 0,
        "same": 7,
        "links_new": 0,
        "links_gone": 0,
    }
    assert standing() == before
    other = ESCO | {
        "occupations_en.csv": ESCO["occupations_en.csv"]
        .replace("welder", "weld fitter")
        .replace("u/o2", "u/o3"),
        "occupations_zh.csv": ESCO["occupations_zh.csv"].replace("车工", "数控车工"),
        "occupationSkillRelations_en.csv": "occupationUri,relationType,skillUri\nu/o1,essential,u/s1\n",
    }
    row = taken(cast, packed(other))
    assert row.report["counts"] == {
        "new": 1,
        "changed": 1,
        "gone": 1,
        "same": 5,
        "links_new": 0,
        "links_gone": 1,
    }
    assert "u/o2" not in standing()
    assert ties() == {("u/o1", "u/s1", "essential")}
    with pytest.raises(Refused, match=r"^occupations\.import_not_newest$"):
        actions.undo_import(again, **office(cast))
    back = taken(cast, packed(ESCO))
    assert (standing(), ties()) == (before, tied)
    actions.undo_import(back, **office(cast))
    assert ties() == {("u/o1", "u/s1", "essential")}
    actions.undo_import(row, **office(cast))
    assert (standing(), ties()) == (before, tied)


def test_one_language_alone_leaves_the_other_and_other_kinds_stand(cast: Cast) -> None:
    taken(cast, packed(ESCO))
    only = ESCO["occupations_zh.csv"] + "Occupation,u/o2,7212,焊工,,,7212.1\n"
    row = taken(cast, only.encode("gb18030"), name="occupations_zh.csv")
    assert row.report["counts"]["gone"] == 0
    assert standing()["u/o2"][3] == {"en": "welder", "zh": "焊工"}
    assert "u/s1" in standing()


def test_onet_has_tasks_skills_by_importance_and_technology(cast: Cast) -> None:
    taken(cast, packed(ONET), layout="onet")
    found = standing()
    assert found["123"][:3] == ("task", "123", "51-4034.00")
    assert "mastercam" in found["technology:43232612"][4]
    assert ties() == {
        ("51-4034.00", "2.A.1.a", "essential"),
        ("51-4034.00", "technology:43232612", "optional"),
    }
    assert EntryLink.objects.get(kind="essential").weight == 3.12
    entry = CatalogueEntry.objects.get(key="51-4034.00")
    assert entry.about == {"en": 'Set up "lathes".'}
    assert [one.key for one in catalogues.inside(entry)] == ["123"]


def test_a_plain_list_says_by_its_codes_what_it_is(cast: Cast) -> None:
    given = "\ufeffcode,title_zh,title_en\n6,生产制造及有关人员,\n6-18,机械制造基础加工人员,\n6-18-01-01,车工,Turner\n"
    row = taken(cast, given.encode(), layout="list", name="大典.csv")
    assert row.catalogue is not None
    assert row.catalogue.key == "cn-2022"
    assert [(one[0], one[2]) for one in standing().values()] == [
        ("group", ""),
        ("group", "6"),
        ("occupation", "6-18"),
    ]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"occupations_en.csv": "a,b\n1,2\n"}, [("catalogue.columns", "occupations_en.csv", 1)]),
        (
            {"skills_en.csv": ESCO["skills_en.csv"] + "x,u/s1,,twice,,\n"},
            [("catalogue.twice", "skills_en.csv", 4)],
        ),
        (
            {"skills_en.csv": ESCO["skills_en.csv"] + "x,,,none,,\n"},
            [("catalogue.no_key", "skills_en.csv", 4)],
        ),
        (
            {"skills_en.csv": f"conceptUri,preferredLabel\nu/s1,{'a' * 500}\n"},
            [("catalogue.no_name", "skills_en.csv", 2)],
        ),
        (
            {"skills_en.csv": f"conceptUri,preferredLabel\nu/s1,{'a' * (LONGEST_FIELD + 1)}\n"},
            [("catalogue.not_a_table", "skills_en.csv", 2)],
        ),
        (
            {"skills_en.csv": 'conceptUri,preferredLabel\nu,"open\n'},
            [("catalogue.not_a_table", "skills_en.csv", 2)],
        ),
        (
            ESCO | {"occupationSkillRelations_en.csv": f"{TIES}u/o1,must,u/s1\nu/x,optional,u/s1\n"},
            [
                ("catalogue.relation", "occupationSkillRelations_en.csv", 2),
                ("catalogue.unknown", "occupationSkillRelations_en.csv", 3),
            ],
        ),
        (
            ESCO | {"broaderRelationsOccPillar_en.csv": "conceptUri,broaderUri\nu/o1,u/o2\nu/o2,u/o1\n"},
            [("catalogue.circle", "", 0)],
        ),
        (
            ESCO | {"skillsHierarchy_en.csv": f"Level 0 URI,Level 0 preferred term\nu/{'a' * 200},skills\n"},
            [("catalogue.no_key", "skillsHierarchy_en.csv", 2)],
        ),
        ({"letters.csv": "a\n"}, [("catalogue.no_known_table", "", 0)]),
        ({"a.pdf": "x"}, [("catalogue.no_table", "a.zip", 0)]),
    ],
)
def test_what_is_wrong_is_told_by_file_and_line_and_nothing_is_taken(
    cast: Cast, files: dict[str, str], told: list[tuple[str, str, int]]
) -> None:
    row = looked_at(cast, packed(files))
    assert (row.state, faults(row)) == ("refused", told)
    assert not CatalogueEntry.objects.exists()
    with pytest.raises(Refused, match=r"^flow\.not_now$"):
        actions.begin_import(row, **office(cast))


@pytest.mark.parametrize("given", ["nan", "inf", "1e999", "much"])
def test_an_importance_is_a_number_that_can_be_compared(cast: Cast, given: str) -> None:
    skills = ONET["Skills.txt"].replace("3.12", given)
    row = looked_at(cast, packed(ONET | {"Skills.txt": skills}), "onet")
    assert (row.state, faults(row)) == ("refused", [("catalogue.number", "Skills.txt", 2)])


def test_bent_archives_and_unknown_encodings_are_refused() -> None:
    for content, code in (
        (b"PK\x03\x04junk", "catalogue.broken_archive"),
        (b"\x00\xff\x00", "catalogue.encoding"),
    ):
        said, found = read(content, "a.zip", "esco")
        assert ([one["code"] for one in found.rows], said.entries) == ([code], {})


def test_a_thousand_faults_are_counted_and_a_hundred_told(cast: Cast) -> None:
    lines = "".join(f"u/s{n},\n" for n in range(1000))
    row = looked_at(cast, packed({"skills_en.csv": f"conceptUri,preferredLabel\n{lines}"}))
    assert (len(row.report["faults"]), row.report["more"]) == (100, 900)


def test_who_may_not_takes_nothing_in_and_strangers_see_nothing(cast: Cast) -> None:
    with pytest.raises(Refused, match=r"^kernel\.role_lacks$"):
        actions.keep_import(
            content=b"x", name="a", layout="esco", made_id=uuid.uuid4(), organisation=cast.college,
            by=cast.actor("trainer"), at=AT,
        )  # fmt: skip
    taken(cast, packed(ESCO))
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert not catalogues.catalogues().exists()
        assert not catalogues.imports().exists()


def test_what_comes_with_the_program_is_whole_and_loaded_once(cast: Cast) -> None:
    for _twice in range(2):
        actions.load_classifications(by=system(), at=AT)
    by_key = {row.key: row for row in catalogues.catalogues()}
    lengths = [len(code) for code in catalogues.entries(by_key["isco-08"]).values_list("code", flat=True)]
    assert [lengths.count(n) for n in (1, 2, 3, 4)] == [10, 43, 130, 436]
    chinese = catalogues.entries(by_key["cn-2022"])
    assert chinese.filter(parent="").count() == 8
    assert chinese.filter(kind="occupation").count() >= 60
    known = set(CatalogueEntry.objects.values_list("catalogue", "key"))
    assert all((row.catalogue_id, row.parent) in known for row in CatalogueEntry.objects.exclude(parent=""))
    [welder] = catalogues.entries(by_key["cn-2022"], "hangong")
    assert [one.code for one in catalogues.above(welder)] == ["6", "6-18"]
    pair = CodePair.objects.get(code_cn="6-18-02-04")
    assert (pair.example, pair.code_isco, pair.organisation) == (True, "7212", None)
    with pytest.raises(Refused, match=r"^occupations\.pair_shared$"):
        actions.unpair_codes(pair, **office(cast))
    own = {"code_isco": "7212", "code_cn": "6-18-02-04", "kind": "same", **office(cast)}
    row = actions.pair_codes(cast.college, **own)
    assert actions.pair_codes(cast.college, **own) == row
    with pytest.raises(Refused, match=r"^occupations\.code_unknown$"):
        actions.pair_codes(cast.college, **(own | {"code_cn": "9-99"}))
    actions.unpair_codes(row, **office(cast))
    assert CodePair.objects.filter(organisation=cast.college).count() == 0
