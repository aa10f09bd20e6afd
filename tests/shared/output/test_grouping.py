"""Findings are told together where they differ in nothing but their place, or concern one cell; none is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.forms import FORMS
from shared.forms.printed import printed_cell, printed_column, printed_row
from shared.model.finding import CellPlace, Suspect
from shared.output.grouping import by_severity, matters, remedied_alike
from shared.testing.judgements import NATURAL, explained, finding

ROWS = tuple(row.path for row in FORMS["2021"].tables["3"].rows)
CELLS = [CellPlace("3", row, column.name) for row in ROWS for column in FORMS["2021"].tables["3"].rows[0].columns]
SUSPECT = Suspect("3", "本年新收", "自然人", 61, 60)


def stroke(place, raw="/"):
    """Return the finding that a cell is filled with a stroke."""
    name = printed_cell("2021", place.table, place.row, place.column)
    message = f"表三“{name}”填写为“{raw}”，请填写数字。"
    return finding("C-02", "W", places=(place,), read=raw, expected=None, message=message)


@pytest.mark.parametrize(
    ("template", "told", "named"),
    [
        ("表三“{row}”：各类申请人合计0，总计栏为1，相差1。", "表三3行：各类申请人合计0，总计栏为1，相差1。", "row"),
        ("表三缺少“{row}”一行。", "表三缺少3行。", "row"),
        ("表三“{row}”读到6个数据，应为7个。", "表三3行读到6个数据，应为7个。", "row"),
        ("“{cell}”为负数-3。", "3处为负数-3。", "cell"),
    ],
)
def test_the_place_in_a_sentence_becomes_a_count(template, told, named):
    """Row, column or cell, with the noun that goes with it; the names follow."""
    places = [CellPlace("3", row, "总计") for row in ROWS[:3]]
    found = [finding(places=(place,), message=template.format(**names(place))) for place in places]
    (matter,) = matters(found, 2024)
    (statement,) = matter.statements
    assert statement.message == told
    assert statement.named == "、".join(f"“{names(place)[named]}”" for place in places)


def names(place):
    """Return how a message may call a place."""
    return {
        "row": printed_row("2021", place.table, place.row),
        "column": printed_column("2021", place.table, place.column),
        "cell": printed_cell("2021", place.table, place.row, place.column),
    }


def test_the_name_that_stands_first_is_the_place():
    """An equation over a column names the row of the total, too."""
    places = [CellPlace("3", "总计", column) for column in ("自然人", "商业企业")]
    message = "表三“{column}”列：各项办理结果之和60，“(七)总计”为69，相差9。"
    found = [finding("T3-03", places=(p,), message=message.format(**names(p))) for p in places]
    (matter,) = matters(found, 2024)
    assert matter.statements[0].message == "表三2列：各项办理结果之和60，“(七)总计”为69，相差9。"


def test_what_is_not_alike_stays_apart():
    """Another figure, another table, another severity, an explanation; a sentence that names no place."""
    one, other, third = CELLS[:3]
    assert len(matters([stroke(one), stroke(other, "无")], 2024)) == 2
    assert len(matters([stroke(one), explained(stroke(other))], 2024)) == 2
    assert len(matters([finding(places=(place,), message="没有写明。") for place in (one, third)], 2024)) == 2


def test_a_whole_row_is_named_once():
    """And the count stays that of the cells."""
    (matter,) = matters([stroke(cell) for cell in CELLS], 2024)
    (statement,) = matter.statements
    assert statement.counted == "175处"
    assert statement.named is not None
    assert statement.named.startswith("“一、本年新收”整行、“二、上年结转”整行、")
    assert statement.named.count("整行") == 8
    assert statement.named.endswith("等175处")


def test_what_is_wrong_in_a_suspect_cell_stands_with_what_it_explains():
    """Whatever its severity, behind the graver; the other cells of its kind stay together."""
    here, elsewhere = stroke(NATURAL), [stroke(cell) for cell in CELLS[1:4]]
    row = finding(suspect=SUSPECT)
    first, second = matters([here, *elsewhere, row], 2024)
    assert first.suspect == SUSPECT
    assert [each.leading for each in first.statements] == [row, here]
    assert [len(each.findings) for each in second.statements] == [3]
    assert [(severity, len(group)) for severity, group in by_severity((first, second))] == [("E", 1), ("W", 1)]


def test_what_is_urgent_comes_first():
    """Before other errors, wherever its rule stands in the book."""
    urgent = finding("P-01", places=(), message="z", attention="urgent")
    told = matters([finding(message="x"), stroke(NATURAL), urgent], 2024)
    assert [matter.statements[0].leading.rule for matter in told][:2] == ["P-01", "T3-01"]


def test_what_is_put_right_alike_runs_together():
    """One suggestion and one basis are said once for neighbours."""
    found = [finding("T3-01"), finding("T3-02", message="x"), finding("T4-01", suggestion="请核对。", message="y")]
    statements = [each for matter in matters(found, 2024) for each in matter.statements]
    assert [len(run) for run in remedied_alike(statements)] == [2, 1]


@given(
    st.lists(st.tuples(st.sampled_from(CELLS), st.sampled_from(["/", "无"]), st.booleans()), unique=True, max_size=40)
)
def test_no_finding_is_lost_or_told_twice(drawn):
    """Whatever was found, each stands in exactly one statement, and a count is that of its findings."""
    found = [
        finding(places=(p,), suspect=SUSPECT, message=f"x{raw}") if sure else stroke(p, raw) for p, raw, sure in drawn
    ]
    statements = [each for matter in matters(found, 2024) for each in matter.statements]
    told = [each for statement in statements for each in statement.findings]
    assert sorted(map(id, told)) == sorted(map(id, found))
    assert all(each.counted is None or each.counted == f"{len(each.findings)}处" for each in statements)
