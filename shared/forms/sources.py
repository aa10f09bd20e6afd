"""The sources of law that findings cite: one table, each with its document number, date and how far it was verified."""

from dataclasses import dataclass
from typing import Literal

from shared.model.cell import FormEdition

Status = Literal["V", "K", "S"]

STATUSES: dict[Status, str] = {"V": "已核对公布文本", "K": "据通行知识，未逐字核对", "S": "见于已公布的年度报告"}


@dataclass(frozen=True, slots=True)
class Source:
    """A source: instrument, document number, ISO date of issue, article, what it says; `edition` where it orders a form."""

    instrument: str
    number: str
    date: str
    article: str | None
    says: str
    status: Status
    edition: FormEdition | None = None

    @property
    def citation(self) -> str:
        """The citation as a notice prints it: 《政府信息公开条例》（国令第711号，2019-04-03）第五十条."""
        return f"《{self.instrument}》（{self.number}，{self.date}）{self.article or ''}"


def _regulation(article: str, says: str, status: Status) -> Source:
    return Source("中华人民共和国政府信息公开条例", "国令第711号", "2019-04-03", article, says, status)


SOURCES: dict[str, Source] = {
    "F30": Source(
        "国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知",
        "国办公开办函〔2021〕30号",
        "2021-09-26",
        None,
        "规定2021年度起年度报告的统一格式，内容不得遗漏，也不另加。",
        "V",
        "2021",
    ),
    "F60": Source(
        "国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知",
        "国办公开办函〔2019〕60号",
        "2019-11-15",
        None,
        "规定2019、2020年度报告的试行格式；2019年度为鼓励采用。",
        "V",
        "2019",
    ),
    "A20": _regulation("第二十条", "行政机关应当主动公开的政府信息，表二各项的来源。", "S"),
    "A33": _regulation("第三十三条", "收到申请后的答复期限。", "K"),
    "A47": _regulation("第四十七条", "对年度报告不按时、不准确、不完整或者雷同敷衍的责任。", "V"),
    "A49": _regulation("第四十九条", "上一年度的年度报告应当在每年1月31日前、主管部门汇总的在3月31日前公布。", "K"),
    "A50": _regulation("第五十条", "年度报告应当包括的内容，并由全国主管部门统一格式。", "V"),
    "FEE": Source(
        "政府信息公开信息处理费管理办法",
        "国办函〔2020〕109号",
        "2020-11-17",
        None,
        "信息处理费按件、按页计收的标准，2021年起施行；收取情况要在年度报告中写明。",
        "K",
    ),
    "A15": _regulation("第十五条", "涉及个人隐私、公开会损害第三方合法权益的信息，不得公开。", "K"),
    "PIP": Source(
        "中华人民共和国个人信息保护法",
        "主席令第九十一号",
        "2021-08-20",
        "第二十五条",
        "处理个人信息的，不得公开其处理的个人信息，取得单独同意的除外。",
        "K",
    ),
    "LEG": Source(
        "中华人民共和国立法法",
        "主席令第三号",
        "2023-03-13",
        "第九十一条、第九十三条",
        "有权制定规章的机关。",
        "K",
    ),
}
