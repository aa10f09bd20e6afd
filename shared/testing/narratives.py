"""Invented narratives with the tables that go with them: their claims stand marked in the prose, their contradictions beside it.

A mark is {what is written|what it claims}: {60|新收}, {十二|新收=12} where the number is not in digits, {未收到申请|未收到} for a
statement, {9|复议@region} for another scope, {3|公开?} where a claim may be made or not, {1|A~B} for one of two metrics and
{…|A+B} for both. Short names of metrics: `NAMES`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from shared.forms import form_of_year
from shared.model.cell import FormEdition, TableNumber
from shared.model.number import Number
from shared.testing.layouts import Laid, Style, outline, written

_ROWS3 = {
    "新收": "本年新收",
    "结转": "上年结转",
    "公开": "予以公开",
    "部分": "部分公开",
    "国家秘密": "不予公开/属于国家秘密",
    "禁止公开": "不予公开/其他法律行政法规禁止公开",
    "三安全": "不予公开/危及“三安全一稳定”",
    "第三方": "不予公开/保护第三方合法权益",
    "内部事务": "不予公开/属于三类内部事务信息",
    "过程性": "不予公开/属于四类过程性信息",
    "执法案卷": "不予公开/属于行政执法案卷",
    "行政查询": "不予公开/属于行政查询事项",
    "不掌握": "无法提供/本机关不掌握相关政府信息",
    "另行制作": "无法提供/没有现成信息需要另行制作",
    "不明确": "无法提供/补正后申请内容仍不明确",
    "信访": "不予处理/信访举报投诉类申请",
    "重复": "不予处理/重复申请",
    "出版物": "不予处理/要求提供公开出版物",
    "反复": "不予处理/无正当理由大量反复申请",
    "重新出具": "不予处理/要求行政机关确认或重新出具已获取信息",
    "逾期不补正": "其他处理/逾期不补正",
    "逾期未缴费": "其他处理/逾期未缴费",
    "其他其他": "其他处理/其他",
    "其他处理": "其他处理",
}
_ROWS4 = {"复议": "行政复议", "直诉": "未经复议直接起诉", "复后诉": "复议后起诉"}
_RESULTS = {"": "总计", "维持": "结果维持", "纠正": "结果纠正", "其他": "其他结果", "未结": "尚未审结"}
_ROWS2 = {
    "规章": "规章",
    "规范": "行政规范性文件",
    "许可": "行政许可",
    "其他事项": "其他对外管理服务事项",
    "处罚": "行政处罚",
    "强制": "行政强制",
    "收费": "行政事业性收费",
    "采购": "政府集中采购",
}
_STATEMENTS = {
    "未收到": "未收到申请",
    "全部办结": "全部办结",
    "均自然人": "均为自然人",
    "均法人": "均为法人或其他组织",
    "无结转": "无上年结转",
    "无下年": "无结转下年度",
    "无复议": "未发生行政复议",
    "无诉讼": "未发生行政诉讼",
    "零纠错": "零纠错",
    "零败诉": "零败诉",
    "均维持": "均获维持",
    "未收费": "未收取信息处理费",
    "未发通知": "未发收费通知",
    "说明其他": "说明其他处理",
}
NAMES: Mapping[str, str] = {
    **{name: f"table3/{row}/总计" for name, row in _ROWS3.items() if name != "不掌握"},
    "合计": "table3/新收加结转/总计",
    "办结": "table3/总计/总计",
    "下年": "table3/结转下年度/总计",
    "公开及部分": "table3/公开及部分公开/总计",
    **{name: f"table3/{name}/总计" for name in ("不予公开", "无法提供", "不予处理")},
    **{name: f"table3/本年新收/{name}" for name in ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构")},
    "申请人其他": "table3/本年新收/其他",
    "法人": "table3/本年新收/法人或其他组织",
    **{
        f"{name}{short}": f"table4/{row}/{result}"
        for name, row in {**_ROWS4, "诉讼": "行政诉讼"}.items()
        for short, result in _RESULTS.items()
    },
    "复议诉讼": "table4/复议诉讼/总计",
    "规章制发": "table2/规章/本年制发件数",
    "规章废止": "table2/规章/本年废止件数",
    "规章有效": "table2/规章/现行有效件数",
    "规范制发": "table2/行政规范性文件/本年制发件数",
    "规范废止": "table2/行政规范性文件/本年废止件数",
    "规范有效": "table2/行政规范性文件/现行有效件数",
    "规范新制作": "table2/规范性文件/本年新制作数量",
    "规范新公开": "table2/规范性文件/本年新公开数量",
    "规范总数": "table2/规范性文件/对外公开总数量",
    **{name: f"table2/{_ROWS2[name]}/本年处理决定数量" for name in ("许可", "处罚", "强制")},
    "收费": "table2/行政事业性收费/本年收费金额",
    **{f"{name}2019": f"table2/{_ROWS2[name]}/处理决定数量" for name in ("许可", "处罚", "强制")},
    **{
        name: f"outcome/{name}"
        for name in ("不掌握", "不存在", "不属于本机关", "已主动公开", "告知其他途径", "告知更改补充", "撤回")
    },
    "结果其他": "outcome/其他",
    **{name: f"channel/{name}" for name in ("当面", "信函", "网络", "邮箱", "传真", "电话")},
    "渠道其他": "channel/其他",
    **{name: f"rate/{name}" for name in ("办结率", "按期答复率", "公开率", "占比")},
    "处理费": "fee/信息处理费",
    "收费通知": "fee/收费通知",
    "公开规范": "publish/规范性文件",
    **{name: f"statement/{statement}" for name, statement in _STATEMENTS.items()},
}
"""Short name in a mark -> metric."""

_MARK = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
_RULE = re.compile(r"(?P<rules>[A-Z0-9~-]+) (?P<severity>[EWI]+) (?P<read>\S+) (?P<expected>\S+)")
_DEFAULTS = {
    5: "存在的主要问题是公开内容不够全面。下一步将加强培训，充实公开内容。",
    6: "无其他需要报告的事项。",
}


class Stated(NamedTuple):
    """A claim: its metric, value and scope."""

    metric: str
    value: Number | bool
    scope: str = "own"


class Expected(NamedTuple):
    """A claim that must be made in one of these ways, or, where `optional`, may be."""

    ways: frozenset[Stated]
    optional: bool


class Contradiction(NamedTuple):
    """A finding that must be made by one of these rules, of one of these severities; None: not compared."""

    rules: frozenset[str]
    severities: frozenset[str]
    read: Number | None
    expected: Number | None


@dataclass(frozen=True)
class Narrative:
    """An invented report: its prose by chapter, marked; the figures of its tables; what must and what may be found."""

    name: str
    agency: str
    year: int
    chapters: Mapping[int, str]
    figures: Mapping[tuple[TableNumber, str, str], str]
    contradictions: tuple[Contradiction, ...]
    may: frozenset[str]

    @property
    def edition(self) -> FormEdition:
        """Return the edition of the form of its year."""
        form = form_of_year(self.year)
        assert form is not None
        return form.edition

    @property
    def expected(self) -> tuple[Expected, ...]:
        """Return the claims that are marked in its prose."""
        return tuple(each for text in self.chapters.values() for mark in _MARK.finditer(text) for each in _claims(mark))

    def told(self, chapters: Mapping[int, str]) -> "Narrative":
        """Return it with other prose."""
        return replace(self, chapters=chapters)

    def printed(self, style: Style = "row_pipes") -> bytes:
        """Return the report in UTF-8 as this style prints it."""
        title = f"{self.agency}{self.year}年政府信息公开工作年度报告"
        prose = {number: plain(text) for number, text in self.chapters.items()}
        laid = outline(self.figures, self.edition, title=title, chapters=prose)
        return written(list(_paragraphs(laid)), style, title=title).encode()


def plain(text: str) -> str:
    """Return marked prose without its marks."""
    return _MARK.sub(lambda mark: mark[1], text)


def narratives(folder: Path) -> list[Narrative]:
    """Return the narratives of the TOML files of a folder, in their order."""
    return [
        _narrative(entry)
        for file in sorted(folder.glob("*.toml"))
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["report"]
    ]


def _paragraphs(laid: list[str | Laid]) -> Iterator[str | Laid]:
    for part in laid:
        if isinstance(part, str):
            yield from part.split("\n")
        else:
            yield part


def _narrative(entry: Mapping[str, Any]) -> Narrative:
    chapters = {
        **_DEFAULTS,
        **{n: entry[key].strip() for n, key in ((1, "one"), (5, "five"), (6, "six")) if key in entry},
    }
    return Narrative(
        name=entry["id"],
        agency=entry["agency"],
        year=entry["year"],
        chapters=chapters,
        figures=dict(_figures(entry.get("figures", ""), entry["year"])),
        contradictions=tuple(_contradiction(line) for line in entry.get("findings", ())),
        may=frozenset(entry.get("may", ())),
    )


def _contradiction(line: str) -> Contradiction:
    found = _RULE.fullmatch(line)
    assert found, line
    return Contradiction(
        frozenset(found["rules"].split("~")),
        frozenset(found["severity"]),
        _number(found["read"]),
        _number(found["expected"]),
    )


def _number(text: str) -> Number | None:
    found = _NUMBER.fullmatch(normalize("NFKC", text).replace(",", "").replace(" ", "").removesuffix("%"))
    if not found:
        return None
    return Decimal(found[0]) if "." in found[0] else int(found[0])


def _claims(mark: "re.Match[str]") -> Iterator[Expected]:
    for part in mark[2].removesuffix("?").split("+"):
        yield Expected(frozenset(_stated(way, mark[1]) for way in part.split("~")), mark[2].endswith("?"))


def _stated(way: str, written: str) -> Stated:
    name, _, scope = way.partition("@")
    name, _, given = name.partition("=")
    metric = NAMES[name]
    value = True if metric.startswith("statement/") else _number(given or written)
    assert value is not None, f"{written}|{way}"
    return Stated(metric, value, scope or "own")


def _figures(text: str, year: int) -> Iterator[tuple[tuple[TableNumber, str, str], str]]:
    """Yield the figures of "新收 60 7; 结转 4; …": totals, (七) and 结转下年度 follow from the rest."""
    rows = {name: values for name, *values in (line.split() for line in re.split(r"[;\n]", text) if line.strip())}
    form = form_of_year(year)
    assert form is not None
    applications: dict[str, list[int]] = {}
    for name, values in rows.items():
        if name in _ROWS3:
            applications[name] = [int(each) for each in [*values, *["0"] * (6 - len(values))]]
        elif name in _ROWS4:
            results = zip(_RESULTS.values(), [str(sum(map(int, values))), *values], strict=True)
            yield from ((("4", _ROWS4[name], result), value) for result, value in results)
        else:
            path = "规范性文件" if name == "规范" and year < 2021 else _ROWS2[name]
            row = next(row for row in form.tables["2"].rows if row.path == path)
            yield from ((("2", path, column.name), value) for column, value in zip(row.columns, values, strict=True))
    yield from _table3(applications)


def _table3(rows: Mapping[str, list[int]]) -> Iterator[tuple[tuple[TableNumber, str, str], str]]:
    outcomes = [values for name, values in rows.items() if name not in {"新收", "结转"}]
    done = [sum(column) for column in zip(*outcomes, strict=True)] or [0] * 6
    received, carried = rows.get("新收", [0] * 6), rows.get("结转", [0] * 6)
    left = [a + b - c for a, b, c in zip(received, carried, done, strict=True)]
    printed = {**{_ROWS3[name]: values for name, values in rows.items()}, "总计": done, "结转下年度": left}
    for row, values in printed.items():
        yield from ((("3", row, column), str(value)) for column, value in zip(_APPLICANTS, values, strict=True))
        yield ("3", row, "总计"), str(sum(values))
