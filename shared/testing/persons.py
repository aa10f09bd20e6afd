"""Personal data of nobody, as it may be printed, and the places of a report where it may stand."""

import re
from collections.abc import Mapping, Sequence

PERSONAL: Mapping[str, tuple[str, ...]] = {
    "13912345678": ("13912345678", "139 1234 5678", "139-123-45678"),
    "320101199001011236": ("320101199001011236", "320101 19900101 1236"),
    "zhangsan88": ("zhangsan88@qq.com", "zhangsan88 [at] qq.com"),
    "6222021234567894": ("6222021234567894", "6222 0212 3456 7894"),
    "郑小庚": ("申请人郑小庚，", "：郑小庚申请公开征地批文"),
}
"""What must appear nowhere, without what parts it -> how reports print it."""

PLACES: tuple[tuple[str, str], ...] = (
    ("报告\n", "报告（{}）\n"),
    ("一、总体情况\n", "一、总体情况（{}）\n"),
    ("一、总体情况\n", "一、总体情况\n{}\n"),
    ("（三）政府信息管理。", "（三）政府信息管理。{}。"),
    ("2.重复申请 |", "2.重复申请{} |"),
    ("2.重复申请 | 1 |", "2.重复申请 | {} |"),
    ("行政处罚 | 0 |", "行政处罚 | {} |"),
    ("行政强制 | 0 |", "行政强制 | {} |"),
    ("2 | 0 | 0 | 1 | 3 | 0", "{} | 0 | 0 | 1 | 3 | 0"),
    ("| 现行有效件数", "| {}"),
    ("3.其他 | 0", "3.其他{} | 0"),
)
"""What a report of one row a line prints -> the same with a place for something personal."""

PAGE_PLACES: tuple[tuple[str, str], ...] = (
    ("<td>0</td>", "<td>{}</td>"),
    ("<title>", '<meta name="ArticleTitle" content="样例市{}2023年政府信息公开工作年度报告"><title>'),
    ("一、总体情况", "一、总体情况 {}"),
    ("报告</", "报告（{}）</"),
)
"""The same of a web page: a cell, its head, a chapter, its title."""

_WIDE = {ord(sign) + 0xFEE0: sign for sign in "0123456789Xx@."}
_TAG, _PARTING = re.compile(r"<[^>\n]{0,400}>"), re.compile(r"[-\s\u2010-\u2015]|\\u[0-9a-f]{4}")


def riddled(report: str, places: Sequence[tuple[str, str]] = PLACES) -> str:
    """Return a report with something personal of each kind at each of the places that it has."""
    spellings = [spelling for group in PERSONAL.values() for spelling in group]
    for number, (printed, with_it) in enumerate(places):
        said = "；".join(spellings[(number + step) % len(spellings)] for step in range(0, len(spellings), 2))
        report = report.replace(printed, with_it.format(said), 1)
    return report


def leaked(told: str, secrets: Sequence[str] = tuple(PERSONAL)) -> list[str]:
    """Return what is said of these in a text: also in full width, parted by spaces, dashes or tags."""
    plain = _PARTING.sub("", _TAG.sub("", told).translate(_WIDE))
    return [secret for secret in secrets if secret in plain or secret in _PARTING.sub("", told)]
