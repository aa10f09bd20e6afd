"""正文里留着没有填写的占位符：XX局、20XX年、X件、横线、（待填）、（单位名称）。

为什么：占位符说明报告没有填完，读者也不知道应当是什么。
“张XX”“李某某”一类隐去姓名的写法，隐去名称的企业、村组、项目，分隔用的横线，已经遮盖的号码，不报。
表格里的由C类规则核对。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import listed, quoted
from shared.model.finding import TextPlace

_SIGN = "Xx\u00d7\u2715\u2573"
_UNIT = "件|条(?![例款])|次|个(?!人)|份|篇|场|期|起|宗|项|名|例|万元|元|%|万|余"
_OFFICE = "局|办(?!案)|厅|委|部门|单位|政府|机关|年(?!画)|月|日"
_PLACE = "镇|乡|街道|县|市|区"
_PLACEHOLDER = re.compile(
    rf"(?=[2{_SIGN}*_(\[【<〇○\u25ef])(?:"  # what any of them begins with: a search that is not slowed by its kinds
    rf"(?<![A-Za-z0-9*+{_SIGN}])(?:(?:20[0-9]?)?[{_SIGN}]{{1,4}} ?(?:年(?!画)|月|日(?!期))|[{_SIGN}]{{1,6}} ?(?:{_UNIT})"
    rf"|[{_SIGN}]{{2,6}} ?(?:{_OFFICE}|(?P<place>{_PLACE})))"
    r"|(?<=[\u4e00-\u9fff])\*{1,6} ?(?:件|条(?![例款文目])|份(?!额))"
    r"|(?<![A-Za-z0-9_/.\s。;])_{2,}(?![A-Za-z0-9_])|(?<![A-Za-z0-9_/.])_{2,}(?=[\u4e00-\u9fff])"
    r"|[(\[【<](?:(?:此处|这里|数据|数字|内容){0,2}待(?:填|补[充录]|定|核实|完善|确[认定]|更新)[^()\[\]【】<>0-9\n]{0,6}"
    r"|(?:填写|填入|插入)?(?:单位|机关|部门|行政机关)(?:全称|名称)|具体数字|年份)[)\]】>]"
    rf"|\( {{1,12}}\) ?(?:{_UNIT}|年|月|日)"
    rf"|(?<![0-9一二三四五六七八九十百千万零〇○\u25ef])[〇○\u25ef]{{2,6}} ?(?:{_UNIT}|(?:{_OFFICE})(?<!年))|20[0-9]?_{{1,4}} ?年)"
)
_REQUEST = re.compile("申请公开|申请人|案例|典型|原告|征地|拆迁|来信")
_NEAR = 40
_SURNAMES = "张王李刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
_WORDS = 8
_REPORTED = "发布各类政府信息326条"


@rule(
    id="L-02",
    severity="E",
    suggestion="请把占位符改为实际内容；没有发生的写明“0”或者“无”。",
    breaks=(
        Case("数字没有填", text=((_REPORTED, "发布各类政府信息XX条"),)),
        Case("单个字母", text=((_REPORTED, "发布各类政府信息X条"),)),
        Case("横线没有填", text=((_REPORTED, "发布各类政府信息____条"),)),
        Case("机关名称没有填", text=(("我局通过政府网站", "XX局通过政府网站"),)),
        Case("圆圈", text=(("我局通过政府网站", "○○局通过政府网站"),)),
        Case("年份写到一半", text=(("2024年度我局未收取", "20__年度我局未收取"),)),
        Case("年份没有填", text=(("2024年度我局未收取", "20XX年度我局未收取"),)),
        Case("待填", text=((_REPORTED, "发布各类政府信息（待填）条"),)),
        Case("数据待核实", text=((_REPORTED, "发布各类政府信息326条（此处数据待核实）"),)),
        Case("空括号", text=((_REPORTED, "发布各类政府信息（   ）条"),)),
        Case("乘号", text=((_REPORTED, "发布各类政府信息\u00d7\u00d7条"),)),
        Case("星号", text=((_REPORTED, "发布各类政府信息**条"),)),
        Case("一个星号", text=((_REPORTED, "发布各类政府信息326条，办结申请*件"),)),
    ),
    silent=(
        Case("隐去姓名", text=((_REPORTED, "发布各类政府信息326条，张XX、李某某等2人来电致谢"),)),
        Case(
            "隐去申请人所在的村和企业", text=((_REPORTED, "发布各类政府信息326条，答复XX公司、XX镇XX村关于征地的来信"),)
        ),
        Case("分隔用的横线", text=((_REPORTED, "发布各类政府信息326条。\n________________\n另外"),)),
        Case(
            "尺寸、型号",
            text=((_REPORTED, "发布各类政府信息326条，制作3\u00d75米展板，配备X2型终端2台，推行“1+X件”联办"),),
        ),
        Case("汉字的零", text=((_REPORTED, "自二〇〇九年以来发布一〇〇件、二〇〇件，共发布各类政府信息326条"),)),
        Case("待补正", text=((_REPORTED, "发布各类政府信息326条，正在办理2件（待补正）"),)),
        Case("有待完善", text=((_REPORTED, "发布各类政府信息326条，检索功能有待完善（正在改版）"),)),
    ),
)
def placeholder_left(subject: Subject) -> Iterator[Violation]:
    """正文里留着没有填写的占位符"""
    text = subject.prose.text
    found = [match for match in _PLACEHOLDER.finditer(text) if _is_left(subject, match)]
    if found:
        named = listed([f"“{quoted(subject.report.text[match.start() : match.end()])}”" for match in found])
        yield Violation(f"存在未填占位符{named}。", tuple(_place(subject, match) for match in found))


def _place(subject: Subject, match: re.Match[str]) -> TextPlace:
    """Return the place of a placeholder; of an empty bracket that of the words before it, for blanks are no quotation."""
    start, end = match.span()
    blank = match[0].startswith("( ")
    return subject.prose.place(max(0, start - _WORDS), start + 1) if blank else subject.prose.place(start, end)


def _is_left(subject: Subject, match: re.Match[str]) -> bool:
    text, (start, end) = subject.prose.text, match.span()
    if any(mark.start < end and start < mark.end for mark in subject.report.marks):
        return False
    if match["place"] and _REQUEST.search(text, max(0, start - _NEAR), end + _NEAR):
        return False
    return not text[max(0, start - 1) : start] or text[start - 1] not in _SURNAMES
