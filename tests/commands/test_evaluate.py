"""The command `craftpath evaluate`, from files to files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from craftpath.delivery.commands.complaints import BadInput
from craftpath.delivery.commands.headless import main
from craftpath.delivery.commands.tables import Column, write_table

SCHEME = """
key = "t"

[[component]]
key = "process"
weight = 30
missing = "zero"
drop_lowest = 1
[[component.item]]
key = "q1"
max = 10
[[component.item]]
key = "q2"
weight = 2.5
max = 20
[[component]]
key = "practical"
weight = 30
[[component]]
key = "final"
weight = 40

[[rule]]
kind = "overall_min"
value = 60
"""
SCORES = """person,item,score,status
Li,q1,8,
Li,q2,17.5,scored
Li,practical,90,
Li,final,75,
=1+1,q1,,absent
=1+1,final,,deferred
Wang,practical,,exempt
Wang,final,59.95,
"""
RESULTS = """person,state,total,to_date,open,passed,process,practical,final
Li,complete,83.3,83.3,0.0,true,87.5,90.0,75.0
=1+1,incomplete,,0.0,70.0,,0.0,,
Wang,complete,34.3,34.3,0.0,false,0.0,,60.0
"""


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("s.toml").write_text(SCHEME, encoding="utf-8")
    Path("a.csv").write_text(SCORES, encoding="utf-8")
    return tmp_path


def call(*more: str, scheme: str = "s.toml", scores: str = "a.csv", out: str = "r.csv") -> int:
    return main(["evaluate", "--scheme", scheme, "--scores", scores, "--out", out, *more])


def refused(capsys, *more: str, **files: str) -> list[str]:
    """The lines on standard error of a call that must fail and write nothing."""
    before = sorted(Path().iterdir())
    assert call(*more, **files) == 2
    assert sorted(Path().iterdir()) == before
    told = capsys.readouterr()
    assert told.out == ""
    return told.err.splitlines()


def test_results_stand_in_order_of_appearance(folder):
    assert call() == 0
    assert Path("r.csv").read_bytes() == RESULTS.encode()
    assert sorted(path.name for path in folder.iterdir()) == ["a.csv", "r.csv", "s.toml"]


def test_a_byte_order_mark_crlf_other_columns_and_blank_lines_are_fine(folder):
    rows = [line.split(",") for line in SCORES.splitlines()]
    turned = "\r\n".join(f"{status}, {score} ,note,{item},{person}" for person, item, score, status in rows)
    text = "\ufeff" + turned.replace("\r\n", "\r\n\r\n,,,,\r\n", 1)
    Path("a.csv").write_bytes(text.encode())
    Path("s.toml").write_bytes("\ufeff".encode() + SCHEME.replace("\n", "\r\n").encode())
    assert call() == 0
    assert Path("r.csv").read_text(encoding="utf-8") == RESULTS


def test_a_workbook_holds_numbers_as_numbers_and_text_as_text(folder):
    assert call(out="r.xlsx") == 0
    sheet = load_workbook("r.xlsx")["results"]
    assert [[cell.value for cell in row] for row in sheet] == [
        ["person", "state", "total", "to_date", "open", "passed", "process", "practical", "final"],
        ["Li", "complete", 83.3, 83.3, 0, "true", 87.5, 90, 75],
        ["=1+1", "incomplete", None, 0, 70, None, 0, None, None],
        ["Wang", "complete", 34.3, 34.3, 0, "false", 0, None, 60],
    ]
    assert (sheet["A3"].data_type, sheet["C2"].number_format) == ("s", "0.0")


def test_whole_figures_are_printed_without_a_point(folder):
    Path("s.toml").write_text("decimals = 0" + SCHEME, encoding="utf-8")
    assert call() == 0
    assert Path("r.csv").read_text(encoding="utf-8").splitlines()[1] == "Li,complete,83,83,0,true,88,90,75"


GRADED = """
key = "uk"
mode = "gateway_grade"
levels = ["fail", "pass", "merit"]
[[component]]
key = "m1"
grades = ["fail", "pass"]
[[component]]
key = "m2"
grades = ["fail", "pass"]
[[rule]]
kind = "grade_table"
table = [
  { m1 = "fail", m2 = "*", result = "fail" },
  { m1 = "*", m2 = "fail", result = "fail" },
  { m1 = "pass", m2 = "pass", result = "merit" },
]
"""


def test_grades_may_be_scores_and_a_grade_column_follows_passed(folder, capsys):
    Path("g.toml").write_text(GRADED, encoding="utf-8")
    Path("g.csv").write_text("person,item,score\nLi,m1,pass\nLi,m2,pass\nHe,m1,fail\n", encoding="utf-8")
    assert call("--explain", "Li", scheme="g.toml", scores="g.csv") == 0
    assert Path("r.csv").read_text(encoding="utf-8") == (
        "person,state,total,to_date,open,passed,grade,m1,m2\n"
        "Li,complete,,100.0,0.0,true,merit,pass,pass\n"
        "He,incomplete,,0.0,50.0,,,fail,\n"
    )
    assert capsys.readouterr().out.splitlines() == [
        "Li: grade merit · passed",
        "  m1: grade pass",
        "    m1: grade pass",
        "  m2: grade pass",
        "    m2: grade pass",
    ]


def test_a_method_without_its_grade_is_explained_without_points(folder, capsys):
    Path("g.toml").write_text(GRADED.replace('key = "m1"', 'key = "m1"\nmissing = "zero"'), encoding="utf-8")
    Path("g.csv").write_text("person,item,score\nHe,m1,\n", encoding="utf-8")
    assert call("--explain", "He", scheme="g.toml", scores="g.csv") == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "  m1: grade fail",
        "    m1: missing, counts as grade fail",
        "  m2: no grade yet",
        "    m2: missing, still open",
    ]


def test_a_rule_that_finds_no_figures_still_says_what_it_asks(folder, capsys):
    more = '\n[[rule]]\nkind = "none_below"\nvalue = 50\n[[rule]]\nkind = "all_complete"\n'
    Path("g.toml").write_text(GRADED + more, encoding="utf-8")
    Path("g.csv").write_text("person,item,score\nHe,m1,\n", encoding="utf-8")
    assert call("--explain", "He", scheme="g.toml", scores="g.csv") == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "  None of these lies below 50 of 100: m1, m2. not decided yet",
        "  These are complete: m1, m2. not decided yet",
    ]


def test_requirements_are_explained_by_what_is_reached(folder, capsys):
    text = 'key = "us"\nmode = "all_required"\n[[component]]\nkey = "hours"\ntarget = 8000\n'
    Path("h.toml").write_text(text, encoding="utf-8")
    Path("h.csv").write_text("person,item,score\nLi,hours,6000\n", encoding="utf-8")
    assert call("--explain", "Li", scheme="h.toml", scores="h.csv") == 0
    assert capsys.readouterr().out == (
        "Li: grade not_met · not passed\n"
        "  hours: 6000, required 8000\n"
        "    hours: 6000 of 8000, weight 1: 75.000 points\n"
        "  These are complete: hours. hours 6000, needed 8000: not met\n"
    )


REQUIRED = """
key = "r"
mode = "all_required"
[[component]]
key = "a"
target = 80
[[component]]
key = "hours"
target = 8000
[[component]]
key = "two"
target = 80
[[component.item]]
key = "x"
[[component.item]]
key = "y"
max = 30
"""


def test_more_than_is_asked_is_met_and_just_below_is_told_apart(folder, capsys):
    Path("q.toml").write_text(REQUIRED, encoding="utf-8")
    rows = "Li,a,79.99\nLi,hours,8100\nLi,x,79.99\nLi,y,24\nWu,a,90\nWu,hours,8000\nWu,x,80\nWu,y,24\n"
    Path("q.csv").write_text("person,item,score\n" + rows, encoding="utf-8")
    assert call("--explain", "Li", scheme="q.toml", scores="q.csv") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Li: grade not_met · not passed",
        "  a: 79.99, required 80",
        "    a: 79.99 of 100, weight 1: 26.663 points",
        "  hours: 8100, required 8000",
        "    hours: 8100 of 8000, counts as 8000, weight 1: 33.333 points",
        "  two: value 79.995 of 100, required 80",
        "    x: 79.99 of 100, weight 1: 13.332 points",
        "    y: 24 of 30, weight 1: 13.333 points",
        "  These are complete: a, hours, two. "
        "a 79.99, needed 80; hours 8100, needed 8000; two 79.995, needed 80: not met",
    ]
    assert Path("r.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "Li,complete,,86.7,0.0,false,not_met,80.0,100.0,80.0",
        "Wu,complete,,90.0,0.0,true,met,90.0,100.0,80.0",
    ]


def test_explain_prints_the_arithmetic(folder, capsys):
    assert call("--explain", "Li") == 0
    assert capsys.readouterr().out == (
        "Li: total 83.3 of 100 (exactly 83.25) · passed\n"
        "  process: value 87.5 of 100; weight 30, so 26.3 of 30.0 points\n"
        "    q1: 8 of 10, dropped as one of the lowest\n"
        "    q2: 17.5 of 20, weight 2.5: 26.250 points\n"
        "  practical: value 90.0 of 100; weight 30, so 27.0 of 30.0 points\n"
        "    practical: 90 of 100, weight 1: 27.000 points\n"
        "  final: value 75.0 of 100; weight 40, so 30.0 of 40.0 points\n"
        "    final: 75 of 100, weight 1: 30.000 points\n"
        "  The total is at least 60. total 83.3, needed 60: met\n"
        "Each figure is rounded half up from its exact value; rounded figures need not add up.\n"
    )
    assert Path("r.csv").read_text(encoding="utf-8") == RESULTS


def test_explain_speaks_chinese_in_a_chinese_locale(folder, capsys, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert call("--explain", "Wang") == 0
    assert capsys.readouterr().out == (
        "Wang：总成绩 34.3，满分 100（精确值 1199/35） · 不合格\n"
        "  process：得分 0.0，满分 100；权重 30，计 0.0 分，满 42.9 分\n"
        "    q1：无成绩，按零分计\n"
        "    q2：无成绩，属最低分，不计入\n"
        "  practical：没有计入的项目；其权重 30 按比例分给其他部分\n"
        "    practical：免修，不计入\n"
        "  final：得分 60.0，满分 100；权重 40，计 34.3 分，满 57.1 分\n"
        "    final：59.95，满分 100，权重 1：34.257 分\n"
        "  总成绩不低于 60。总成绩 34.3，要求 60：未达到\n"
        "各数均由精确值四舍五入，舍入后的各项之和可能与总数略有出入。\n"
    )


def test_explain_says_what_is_still_open(folder, capsys):
    assert call("--explain", "=1+1") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "=1+1: incomplete; 0.0 points so far (exactly 0), 70.0 points still open"
    assert lines[6:9] == [
        "  final: 0.0 of 40.0 points so far; 1 open, 40.0 points still open",
        "    final: deferred, 40.000 points still open",
        "  The total is at least 60. total 0.0, needed 60: not decided yet",
    ]


ODD = """
key = "odd"
[[component]]
key = "a"
weight = 100
drop_lowest = 1
[[component.item]]
key = "x"
[[component.item]]
key = "y"
[[component.item]]
key = "z"
weight = 0
[[component]]
key = "b"
weight = 0
[[rule]]
kind = "count_min"
components = ["a", "b"]
value = 90
at_least = 1
"""


def test_explain_names_what_has_no_weight_and_what_a_rule_passes_over(folder, capsys):
    Path("o.toml").write_text(ODD, encoding="utf-8")
    Path("o.csv").write_text(
        "person,item,score,status\nLi,x,100,\nLi,y,,absent\nLi,b,,exempt\n", encoding="utf-8"
    )
    assert call("--explain", "Li", scheme="o.toml", scores="o.csv") == 0
    assert capsys.readouterr().out.splitlines()[1:-1] == [
        "  a: value 100.0 of 100; weight 100, so 100.0 of 100.0 points",
        "    x: 100 of 100, weight 1: 100.000 points",
        "    y: absent, dropped as one of the lowest",
        "    z: has no weight, does not count",
        "  b: nothing counts here; its weight of 0 is shared among the others",
        "    b: exempt, does not count",
        "  At least 1 of these reach 90 of 100: a, b. a 100.0, needed 90; b does not count: met",
    ]


def test_a_gate_that_stays_shut_gives_no_grade(folder, capsys):
    gate = '[[component]]\nkey = "c"\n[[rule]]\nkind = "component_min"\ncomponent = "c"\nvalue = 50\n'
    Path("g.toml").write_text(GRADED + gate, encoding="utf-8")
    Path("g.csv").write_text("person,item,score\nLi,m1,pass\nLi,m2,pass\nLi,c,49\n", encoding="utf-8")
    assert call("--explain", "Li", scheme="g.toml", scores="g.csv") == 0
    assert capsys.readouterr().out.splitlines()[0] == "Li: no grade · not passed"
    line = Path("r.csv").read_text(encoding="utf-8").splitlines()[1]
    assert line == "Li,complete,,83.0,0.0,false,,pass,pass,49.0"


def test_a_workbook_with_more_rows_than_a_sheet_is_refused(folder):
    with pytest.raises(BadInput) as refusal:
        write_table(Path("r.xlsx"), [Column("person", ("x",) * 1_048_576)])
    assert [str(one) for one in refusal.value.complaints] == [
        "r.xlsx:1: file: a worksheet holds at most 1048575 rows"
    ]
    assert not Path("r.xlsx").exists()


def test_explaining_nobody_is_a_fault(folder, capsys):
    assert refused(capsys, "--explain", "Zhao") == ['a.csv:1: person: "Zhao" is not in the file']


def test_a_second_row_names_both_lines_unless_the_latest_is_asked_for(folder, capsys):
    Path("a.csv").write_text(SCORES + "Li,final,65,\nLi,final,,missing\n", encoding="utf-8")
    assert refused(capsys) == [
        'a.csv:10: item: "Li" already has a score for "final" on line 5',
        'a.csv:11: item: "Li" already has a score for "final" on line 5',
    ]
    assert call("--latest") == 0
    line = Path("r.csv").read_text(encoding="utf-8").splitlines()[1]
    assert line == "Li,incomplete,,53.3,40.0,,87.5,90.0,"


BAD = """person,item,score,status
Li,q1,11
Li,nope,3
Li,q2,NaN
Li,q2,1e400
Li,q2,１０
Li,q2,1_0
Li,q2,-1
X,final,85,5,2
,q1,3
X,q2,,scored
X,q2,2,late
"X
Y",q1,2
"""


def test_every_bad_row_is_named_with_its_line(folder, capsys):
    Path("b.csv").write_text(BAD, encoding="utf-8")
    assert refused(capsys, scores="b.csv") == [
        "b.csv:2: score: 11 is above the maximum 10",
        'b.csv:3: item: "nope" is not an item of the scheme',
        'b.csv:4: score: "NaN" is not a number in plain digits',
        'b.csv:5: score: "1e400" is not a number in plain digits',
        'b.csv:6: score: "１０" is not a number in plain digits',
        'b.csv:7: score: "1_0" is not a number in plain digits',
        "b.csv:8: score: -1 is below 0",
        "b.csv:9: row: the row has 5 cells, the header 4",
        "b.csv:10: person: is empty",
        "b.csv:11: score: is empty, but the status is scored",
        'b.csv:12: status: "late" is not one of scored, absent, deferred, exempt, missing',
        "b.csv:13: person: holds a character that cannot be printed",
    ]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", ["x:1: file: the file is empty"]),
        (b"\n\n", ["x:1: file: the file is empty"]),
        (b"\x00\xff\xfe junk", ["x:1: file: the line is not UTF-8 text"]),
        ("person,item,score\n李,q1,3\n".encode("cp936"), ["x:2: file: the line is not UTF-8 text"]),
        (b"person,item\nLi,q1\n", ["x:1: score: the header row has no such column"]),
        (b"item,person,item,score\n", ["x:1: item: the header row names this column twice"]),
        (b'person,item,score\nLi,"q1,3\n', ['x:2: file: not valid CSV: "unexpected end of data"']),
        (b"person,item,score\nLi,q1,\x00\n", ['x:2: score: "\\x00" is not a number in plain digits']),
        (
            b"person,item,score\nLi,q1," + b"1" * 200_000,
            ['x:2: file: not valid CSV: "field larger than field limit (131072)"'],
        ),
    ],
)
def test_files_that_are_no_scores_are_refused(folder, capsys, content, lines):
    Path("x").write_bytes(content)
    assert refused(capsys, scores="x") == lines


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", ["x:1: key: is required"]),
        (b"\xff", ["x:1: file: the line is not UTF-8 text"]),
        (b'key = "t"\nkey = "u"\n', ['x:2: toml: not valid TOML: "Cannot overwrite a value"']),
        (b"key = \n", ['x:1: toml: not valid TOML: "Invalid value"']),
        (b"\n[[component]", None),
        (b"x = 1e999999999999999999999", ['x:1: toml: not valid TOML: "InvalidOperation"']),
        (b"x = " + b"[" * 5000, ['x:1: toml: not valid TOML: "RecursionError"']),
        (b"x = " + b"1" * 5000, None),
        (
            SCHEME.replace("weight = 40", "weight = 39.99").encode(),
            ["x:4: component: the weights of the components add up to 99.99, not to 100"],
        ),
        (
            SCHEME.replace("max = 20", "max = 0").replace("overall_min", "odd").encode(),
            [
                "x:15: component[0].item[1].max: 0 is not above 0",
                'x:24: rule[0].kind: "odd" is not one of overall_min, component_min, count_min, none_below,'
                " all_complete, grade_table",
            ],
        ),
        (
            SCHEME.replace("weight = 40", "weight = nan").encode(),
            ['x:21: component[2].weight: "NaN" is out of range'],
        ),
        (
            SCHEME.replace('"final"', '"total"').encode(),
            ['x:20: component[2].key: "total" is the name of another column of the results'],
        ),
        (
            GRADED.replace('m2 = "fail", result = "fail"', 'm2 = "*", result = "merit"').encode(),
            ['x:13: rule[0].table: "m1 fail, m2 fail" leads to "fail, merit"']
            + ['x:13: rule[0].table: "m1 fail, m2 pass" leads to "fail, merit"'],
        ),
        (
            GRADED.replace('m1 = "*"', 'm1 = "fail"').encode(),
            ['x:13: rule[0].table: no line covers "m1 pass, m2 fail"'],
        ),
    ],
)
def test_files_that_are_no_scheme_are_refused(folder, capsys, content, lines):
    Path("x").write_bytes(content)
    found = refused(capsys, scheme="x")
    if lines is None:
        assert [line.split(":")[0] for line in found] == ["x"]
    else:
        assert found == lines


def test_files_that_cannot_be_read_or_written_are_named(folder, capsys):
    Path("dir").mkdir()
    assert refused(capsys, scheme="none.toml") == [
        'none.toml:1: file: cannot be read: "No such file or directory"'
    ]
    assert refused(capsys, scores="dir") == ['dir:1: file: cannot be read: "Is a directory"']
    assert refused(capsys, out="none/r.csv") == [
        'none/r.csv:1: file: cannot be written: "No such file or directory"'
    ]
    assert refused(capsys, out="dir") == ['dir:1: file: cannot be written: "Is a directory"']
    assert refused(capsys, out="./a.csv") == ["a.csv:1: file: is one of the input files"]


@pytest.mark.parametrize("name", ["r.pdf", "r.xls", "r.csv.gz"])
def test_a_name_that_promises_another_kind_of_file_is_refused(folder, capsys, name):
    Path(name).write_text("mine", encoding="utf-8")
    ending = "." + name.rpartition(".")[2]
    assert refused(capsys, out=name) == [
        f'{name}:1: file: results are written as .csv or .xlsx, not as "{ending}"'
    ]
    assert Path(name).read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["r.CSV", "results"])
def test_a_name_in_capitals_or_without_an_ending_is_fine(folder, name):
    assert call(out=name) == 0
    assert Path(name).read_text(encoding="utf-8") == RESULTS


def test_results_of_an_earlier_call_are_set_aside_after_a_fault_and_not_lost(folder, capsys):
    assert call() == 0
    Path("a.csv").write_text(SCORES.replace("Li,final,75", "Li,final,175"), encoding="utf-8")
    assert call() == 2
    assert not Path("r.csv").exists()
    assert Path("r.csv.earlier").read_text(encoding="utf-8") == RESULTS
    assert call() == 2  # a second fault leaves what was set aside
    assert Path("r.csv.earlier").read_text(encoding="utf-8") == RESULTS
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_an_input_is_never_set_aside_nor_written_over(folder, capsys):
    Path("r.csv").write_text(RESULTS, encoding="utf-8")
    Path("r.csv.earlier").write_text(SCORES.replace("Li,final,75", "Li,final,175"), encoding="utf-8")
    assert refused(capsys, scores="r.csv.earlier") == ["r.csv.earlier:1: file: is one of the input files"]
    assert "175" in Path("r.csv.earlier").read_text(encoding="utf-8")
    before = Path("a.csv").read_bytes()
    assert refused(capsys, out="a.csv") == ["a.csv:1: file: is one of the input files"]
    assert Path("a.csv").read_bytes() == before


def test_faults_are_told_in_chinese_too(folder, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    Path("b.csv").write_text("person,item,score\nLi,q1,11\n", encoding="utf-8")
    assert refused(capsys, scores="b.csv") == ["b.csv:2: score: 11 超过满分 10"]
    Path("g.toml").write_text(GRADED.replace('m1 = "*"', 'm1 = "fail"'), encoding="utf-8")
    assert refused(capsys, scheme="g.toml") == ['g.toml:13: rule[0].table: 没有一行涵盖 "m1 pass, m2 fail"']


def test_an_unknown_argument_exits_with_2():
    with pytest.raises(SystemExit) as left:
        main(["evaluate", "--nothing"])
    assert left.value.code == 2


def test_the_command_never_loads_django(folder):
    code = (
        "import sys; from craftpath.delivery.commands.headless import main;"
        "main(['evaluate', '--scheme', 's.toml', '--scores', 'a.csv', '--out', 'r.csv']);"
        "print([name for name in ('django', 'numba') if name in sys.modules])"
    )
    root = str(Path(__file__).parents[2])
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert told.stdout == "[]\n"
