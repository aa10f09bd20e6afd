"""The whole page of the clean report of `shared.testing.reports`: title, introduction, six chapters that agree with its tables.

Rules that read the prose say in their examples what such a page prints instead (`services.validate.rule.Case.text`).
"""

from collections.abc import Mapping, Sequence

from shared.forms import FORMS
from shared.model.cell import FormEdition
from shared.testing.layouts import Laid, Style, outline, written
from shared.testing.reports import clean_figures

Edits = Sequence[tuple[str, str]]

_INTRODUCTION = (
    "根据《中华人民共和国政府信息公开条例》和政府信息公开工作年度报告格式的要求，编制本报告。"
    "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、"
    "存在的主要问题及改进情况、其他需要报告的事项六个部分组成。"
    "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    "如对本报告有疑问，请与样例市数据局办公室联系（地址：样例市示范区公开路1号，电话：010-00000000，邮箱：bgs@ylsjj.gov.example）。"
)
_OVERVIEW = """{year}年，样例市数据局认真落实上级关于政务公开的部署，围绕数据资源管理的重点工作推进政府信息公开，各项任务按计划完成。
（一）主动公开。我局通过政府网站发布各类政府信息326条，及时公开机构职能、财政预算和决算、行政执法事项，对重要政策同步发布文字解读和图表解读。
（二）依申请公开。全年新收政府信息公开申请70件，上年结转5件，办结68件，结转下年度继续办理7件。受理、登记、审核、答复各环节均有专人负责。
（三）政府信息管理。严格执行公开前的保密审查和三审三校制度，定期清理已经公开的规范性文件，保证信息准确、有效。
（四）政府信息公开平台建设。优化政府网站公开专栏的检索功能，加强政务新媒体的日常维护，方便公众查询和下载。
（五）监督保障。全年组织业务培训2次，完善考核办法，开展社会评议，主动接受群众监督，未发生责任追究的情形。"""
_PROBLEMS = """（一）存在的主要问题。一是政策解读的形式还不够丰富，二是公开专栏的更新有时不够及时。
（二）改进措施。一是丰富政策解读的形式，多用图表和问答；二是明确公开专栏的更新时限，由专人每周检查。"""
_OTHERS = """{year}年度我局未收取政府信息公开信息处理费。{explained}
除上述情况外，没有其他需要报告的事项。"""
_EXPLAINED: Mapping[FormEdition, str] = {
    "2021": "表三“其他处理”中“其他”1件，为申请人撤回申请。",
    "2019": "",
}
_YEARS: Mapping[FormEdition, int] = {"2021": 2024, "2019": 2020}


def title(edition: FormEdition = "2021") -> str:
    """Return the title of the clean report."""
    return f"样例市数据局{_YEARS[edition]}年政府信息公开工作年度报告"


def introduction(edition: FormEdition = "2021") -> str:
    """Return what the clean report says before its chapters."""
    return _INTRODUCTION.format(year=_YEARS[edition])


def chapters(edition: FormEdition = "2021") -> dict[int, str]:
    """Return the prose of chapters 1, 5 and 6 of the clean report."""
    told = {"year": _YEARS[edition], "explained": _EXPLAINED[edition]}
    return {1: _OVERVIEW.format(**told), 5: _PROBLEMS, 6: _OTHERS.format(**told)}


def clean_page(edition: FormEdition = "2021", style: Style = "row_pipes", edits: Edits = ()) -> str:
    """Return the clean report as a page of this style, with pairs (right, wrong) printed otherwise.

    A pair whose right side the page does not print exactly once is a ValueError: the example would show nothing.
    """
    return _edited(written(clean_parts(edition), style, title=title(edition)), edits)


def clean_parts(edition: FormEdition = "2021", edits: Edits = ()) -> list[str | Laid]:
    """Return the clean report as its parts in order, with pairs (right, wrong) printed otherwise; every format is written from these.

    A pair whose right side does not stand exactly once in one of its paragraphs is a ValueError.
    """
    figures = {
        (number, *address): str(clean_figures(edition, number).get(address, 0))
        for number, table in FORMS[edition].tables.items()
        for address in table.addresses
    }
    parts = outline(figures, edition, title=title(edition), chapters=chapters(edition))
    parts.insert(1, introduction(edition))
    for edit in edits:
        bearing = [place for place, part in enumerate(parts) if isinstance(part, str) and edit[0] in part]
        if len(bearing) != 1:
            raise ValueError(f"printed in {len(bearing)} paragraphs: {edit[0]}")
        parts[bearing[0]] = _edited(str(parts[bearing[0]]), [edit])
    return parts


def _edited(page: str, edits: Edits) -> str:
    for right, wrong in edits:
        if page.count(right) != 1:
            raise ValueError(f"printed {page.count(right)} times: {right}")
        page = page.replace(right, wrong)
    return page
