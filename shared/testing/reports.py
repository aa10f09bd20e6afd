"""Structured reports for tests: a clean one of either edition with balanced figures, and edits by address."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from shared.forms import FORMS, form_of_year
from shared.forms.chapters import CHAPTERS
from shared.forms.form import FormTable
from shared.model.cell import Cell, FormEdition, PrintedRow, Printing, Table, TableNumber
from shared.model.number import Number
from shared.model.report import Report, Section

T = TypeVar("T")
Figures = Mapping[tuple[str, str], Number]

_TOTAL = "总计"
_APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
_YEARS: dict[FormEdition, int] = {"2021": 2024, "2019": 2020}

_TABLE2: dict[FormEdition, dict[str, tuple[Number, ...]]] = {
    "2021": {
        "规章": (0, 0, 0),
        "行政规范性文件": (5, 2, 31),
        "行政许可": (1186,),
        "行政处罚": (42,),
        "行政强制": (3,),
        "行政事业性收费": (Decimal("8.83"),),
    },
    "2019": {
        "规章": (0, 0, 0),
        "规范性文件": (4, 4, 36),
        "行政许可": (120, -6, 1186),
        "其他对外管理服务事项": (30, 2, 512),
        "行政处罚": (85, 0, 42),
        "行政强制": (12, 0, 3),
        "行政事业性收费": (5, 0),
        "政府集中采购": (14, Decimal("327.5600")),
    },
}
_OTHER: dict[FormEdition, dict[str, tuple[int, ...]]] = {
    "2021": {"其他处理/逾期不补正": (1,), "其他处理/其他": (1,)},
    "2019": {"其他处理": (2,)},
}
_OUTCOMES: dict[str, tuple[int, ...]] = {
    "予以公开": (18, 3, 0, 1),
    "部分公开": (11, 2, 0, 0, 1),
    "不予公开/保护第三方合法权益": (3,),
    "不予公开/属于四类过程性信息": (2,),
    "不予公开/属于行政执法案卷": (0, 0, 0, 0, 1),
    "无法提供/本机关不掌握相关政府信息": (17, 2),
    "无法提供/没有现成信息需要另行制作": (1,),
    "无法提供/补正后申请内容仍不明确": (1,),
    "不予处理/信访举报投诉类申请": (2,),
    "不予处理/重复申请": (1,),
}
_APPLICATIONS: dict[str, tuple[int, ...]] = {
    "本年新收": (60, 7, 0, 1, 2),
    "上年结转": (4, 1),
    _TOTAL: (58, 7, 0, 1, 2),
    "结转下年度": (6, 1),
}
_YEAR_BEFORE: dict[str, tuple[int, ...]] = {"本年新收": (58, 7, 0, 1, 2), "结转下年度": _APPLICATIONS["上年结转"]}
_CASES: dict[str, tuple[int, ...]] = {
    "行政复议": (1, 1, 0, 2, 4),
    "未经复议直接起诉": (2, 0, 1, 0, 3),
    "复议后起诉": (1, 0, 0, 1, 2),
}


def clean_report(edition: FormEdition = "2021", year: int | None = None) -> Report:
    """Return a report in which every table is complete and every equation holds; the year is 2024 (2019 form: 2020)."""
    year = year or _YEARS[edition]
    return Report(
        agency="样例市数据局",
        year=year,
        form=edition,
        title=f"样例市数据局{year}年政府信息公开工作年度报告",
        published=f"{year + 1}-01-20",
        sections=tuple(Section(*printed, 0, 0, chapter=number) for number, printed in CHAPTERS.items()),
        tables={
            number: filled_table(edition, number, clean_figures(edition, number)) for number in FORMS[edition].tables
        },
        claims=(),
        text="",
    )


def year_before(report: Report, edits: Mapping[str, object]) -> Report:
    """Return the clean report of the same agency on the year before, which hands on what the clean report takes over; edited."""
    assert report.year is not None
    form = form_of_year(report.year - 1)
    assert form is not None
    matching = {
        f"table3/{path}/{column}": value
        for path, row in _YEAR_BEFORE.items()
        for column, value in zip((*_APPLICANTS[: len(row)], _TOTAL), (*row, sum(row)), strict=True)
    }
    earlier = clean_report(form.edition, report.year - 1)
    return edit(replace(earlier, agency=report.agency), {**matching, **edits})


def clean_figures(edition: FormEdition, number: TableNumber) -> dict[tuple[str, str], Number]:
    """Return the figures of a table of the clean report by address."""
    form = FORMS[edition].tables[number]
    if number == "3":
        return dict(_applicant_figures({**_APPLICATIONS, **_OUTCOMES, **_OTHER[edition]}))
    rows: Mapping[str, tuple[Number, ...]] = _TABLE2[edition] if number == "2" else _CASES
    return {
        (row.path, c.name): value for row in form.rows for c, value in zip(row.columns, rows[row.path], strict=True)
    }


def _applicant_figures(rows: Mapping[str, tuple[int, ...]]) -> Iterator[tuple[tuple[str, str], int]]:
    for path, values in rows.items():
        yield from (((path, column), value) for column, value in zip(_APPLICANTS, values, strict=False))
        yield (path, _TOTAL), sum(values)


def filled_table(edition: FormEdition, number: TableNumber, figures: Figures) -> Table:
    """Return a table with these figures as an official page prints it; addresses without a figure are 0."""
    form = FORMS[edition].tables[number]
    cells = tuple(_printed(*address, figures.get(address, 0)) for address in form.addresses)
    amounts = {row.path: c.unit for row in form.rows for c in row.columns if c.kind == "amount"}
    printing = Printing(
        gridded=True,
        rows=_rows(form, cells, {row.path for row in form.rows}),
        balance_note=True if number == "3" else None,
        units=amounts if number == "2" else None,
    )
    return Table(edition, "present", cells, printing)


def _printed(row: str, column: str, value: Number) -> Cell:
    return Cell(row, column, value=value, raw=str(value), state="number")


def _rows(form: FormTable, cells: tuple[Cell, ...], printed: set[str]) -> tuple[PrintedRow, ...]:
    """Return the printed rows, with as many figures as cells that exist."""
    return tuple(
        PrintedRow(row.path, row.label, sum(cell.row == row.path and cell.state != "missing" for cell in cells))
        for row in form.rows
        if row.path in printed
    )


def edit(report: Report, edits: Mapping[str, object]) -> Report:
    """Return the report with places edited.

    Keys: "table3/本年新收/总计" a cell, "table3/本年新收" a row, "table3//总计" a column, "table3" and "report" for their
    own fields (a table given another form becomes the clean one of that form). A cell becomes a number, None (blank), a string (placeholder), or what a mapping of its fields says; a
    row that is set to `missing` is no longer printed. An address that the form does not have is a KeyError.
    "prose" gives chapters their text, by ordinal ({"一": "…"}), and the report its chapters and text; it makes no claims.
    """
    tables = {number: _edited_table(number, table, edits) for number, table in report.tables.items()}
    return _with(_narrated(replace(report, tables=tables), edits.get("prose", {})), edits.get("report", {}))


def _narrated(report: Report, prose: Any) -> Report:
    """Return the report with the text of some chapters, each under its title; the others are empty."""
    if not prose:
        return report
    lines: list[str] = []
    found: list[Section] = []
    for section in report.sections:
        start, heading = sum(map(len, lines)), len(lines)
        lines += [
            f"{section.ordinal}、{section.title}\n",
            *([f"{prose[section.ordinal]}\n"] if section.ordinal in prose else []),
        ]
        found.append(replace(section, start=start, end=sum(map(len, lines)), body=start + len(lines[heading])))
    return replace(report, text="".join(lines), sections=tuple(found))


def _with(thing: T, fields: Any) -> T:
    return replace(thing, **fields) if fields else thing  # type: ignore[type-var]


def _edited_table(number: TableNumber, table: Table, edits: Mapping[str, object]) -> Table:
    assert table.form is not None
    form = FORMS[table.form].tables[number]
    prefix = f"table{number}/"
    changes = {
        address: value
        for key, value in edits.items()
        if key.startswith(prefix)
        for address in _addresses(form, key.removeprefix(prefix))
    }
    if changes:
        cells = tuple(
            _edited_cell(cell, changes[cell.row, cell.column]) if (cell.row, cell.column) in changes else cell
            for cell in table.cells
        )
        printed = {cell.row for cell in cells if cell.state != "missing"}
        rows = _rows(form, cells, printed)
        table = replace(table, cells=cells, printing=replace(table.printing, rows=rows))
    return _with_fields(number, table, edits.get(f"table{number}", {}))


def _with_fields(number: TableNumber, table: Table, fields: Any) -> Table:
    """Return the table with its own fields edited; of another form it is that form's clean table, absent it has no cell."""
    form = fields.get("form")
    if form and form != table.form:
        table = filled_table(form, number, clean_figures(form, number))
    if fields.get("state") in {"absent", "picture"}:
        table = replace(table, cells=tuple(Cell(cell.row, cell.column) for cell in table.cells), printing=Printing())
    return _with(table, fields)


def _addresses(form: FormTable, key: str) -> list[tuple[str, str]]:
    """Return the addresses that a key names: a row, a column or a cell."""
    row, _, column = key.rpartition("/")
    found = [address for address in form.addresses if address[0] == key]
    if not found:
        found = [address for address in form.addresses if address[1] == column and row in {"", address[0]}]
    if not found:
        raise KeyError(key)
    return found


def _edited_cell(cell: Cell, value: Any) -> Cell:
    if value is None:
        return Cell(cell.row, cell.column, raw="", state="blank")
    if isinstance(value, str):
        return Cell(cell.row, cell.column, raw=value, state="placeholder")
    if isinstance(value, Mapping):
        return Cell(cell.row, cell.column, **value) if "state" in value else replace(cell, **value)
    return _printed(cell.row, cell.column, value)
