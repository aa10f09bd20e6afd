"""Documents that come among annual reports and are none, or none on the official form: one invented example of each kind."""

from typing import NamedTuple

from shared.testing.layouts import blank_figures, render

KIND = "政府信息公开工作年度报告"


class Stranger(NamedTuple):
    """A document, and what it should be taken for: its status and the code of the reason."""

    text: str
    status: str
    code: str


def _lines(*lines: str) -> str:
    return "\n".join(lines) + "\n"


_OLD_CHAPTERS = (
    *(
        "一、概述",
        "本局依法推进政府信息公开，全年未发生重大问题。",
        "二、主动公开政府信息情况",
        "主动公开政府信息312条。",
    ),
    *("三、依申请公开政府信息情况", "收到申请6件，全部按期答复。", "四、收费及减免情况", "未收取费用。"),
    *(
        "五、行政复议、诉讼情况",
        "未发生行政复议、行政诉讼。",
        "六、存在的问题及改进措施",
        "公开的深度还不够，今后将加强。",
    ),
)

STRANGERS: dict[str, Stranger] = {
    "work summary": Stranger(
        _lines(
            "样例市数据局2024年政务公开工作总结",
            "2024年，我局围绕中心工作，扎实推进政务公开。",
            "一、主要做法",
            "完善制度，明确责任，公开信息530条，收到公开申请12件，答复12件，行政许可117件。",
            "二、存在不足",
            "公开形式较为单一。",
            "三、下步打算",
            "加强培训，完善平台。",
        ),
        "not_a_report",
        "work_summary",
    ),
    "official format": Stranger(
        render(blank_figures("2021"), style="html", title=f"{KIND}格式", chapters={}), "not_a_report", "format_notice"
    ),
    "official format as text": Stranger(
        render(blank_figures("2019"), "2019", title=f"{KIND}格式", chapters={}), "not_a_report", "format_notice"
    ),
    "format in English": Stranger(
        _lines(
            "Format of the annual report on government information disclosure",
            "I. Overview",
            "II. Information disclosed on the agency's own initiative",
            "Rules | Made this year | Abolished this year | In force",
            "Administrative licences | Decisions this year |",
            "III. Requests for information received and handled",
            "Natural persons | Enterprises | Research bodies | Charities | Legal services | Others | Total",
            "IV. Administrative reconsideration and litigation",
            "V. Problems and improvements",
            "VI. Other matters",
        ),
        "not_a_report",
        "no_report",
    ),
    "instruction to compile": Stranger(
        _lines(
            f"样例市人民政府办公室关于做好2024年{KIND}编制发布工作的通知",
            "各县（区）人民政府，市政府各部门：",
            "一、总体情况、二、主动公开政府信息情况、三、收到和处理政府信息公开申请情况等六个部分缺一不可。",
            "请于2025年1月20日前报送，3月31日前公布。联系人：市政府办公室政务公开科。",
            "样例市人民政府办公室",
            "2024年12月20日",
        ),
        "not_a_report",
        "notice",
    ),
    "disclosure guide": Stranger(
        _lines(
            "样例市数据局政府信息公开指南",
            "为方便公民、法人和其他组织获取政府信息，编制本指南。",
            "一、主动公开",
            "规章、行政规范性文件；行政许可、行政处罚、行政强制的依据、条件、程序。",
            "二、依申请公开",
            "申请人可以通过信函、当面、网络提交申请，自收到申请之日起20个工作日内答复。",
            "三、监督救济",
            "可以申请行政复议或者提起行政诉讼。",
        ),
        "not_a_report",
        "guide",
    ),
    "regulation": Stranger(
        _lines(
            "样例市政府信息公开规定",
            "第一章 总则",
            "第一条 为了规范政府信息公开工作，制定本规定。",
            "第二十条 行政机关应当主动公开下列信息：（一）规章和规范性文件；（五）行政许可；（六）行政处罚、行政强制；（八）行政事业性收费。",
            "第五十条 行政机关应当于每年1月31日前公布上一年度的年度报告。",
        ),
        "not_a_report",
        "regulation",
    ),
    "news": Stranger(
        _lines(
            f"样例市发布2024年{KIND}",
            f"本网讯 近日，样例市人民政府公布2024年{KIND}。报告显示，全年新收申请60件，予以公开18件，行政复议5件。",
            "记者了解到，市政府将进一步扩大公开范围。",
        ),
        "not_a_report",
        "news",
    ),
    "quarterly self-check": Stranger(
        _lines(
            "样例市数据局2024年第三季度政务公开自查报告",
            "一、基本情况",
            "第三季度公开信息88条，收到申请3件，办结3件。",
            "二、问题和整改",
            "个别栏目更新不及时，已整改。",
        ),
        "not_a_report",
        "work_summary",
    ),
    "index page": Stranger(
        _lines("政府信息公开年报", *(f"样例市数据局{year}年{KIND} {year + 1}-01-25" for year in range(2019, 2025))),
        "not_a_report",
        "index_page",
    ),
    "page with the attachment only": Stranger(
        _lines(f"样例市数据局2024年{KIND}", "发布日期：2025-01-20", "附件：样例市数据局2024年度报告.pdf"),
        "not_a_report",
        "body_elsewhere",
    ),
    "report on another subject": Stranger(
        _lines(
            "样例市数据局2024年法治政府建设年度报告",
            "一、主要举措",
            "制发行政规范性文件3件，行政处罚12件。",
            "二、不足",
            "队伍建设有待加强。",
        ),
        "other_report",
        "other_subject",
    ),
    "university": Stranger(
        _lines(
            "样例大学2023-2024学年信息公开工作年度报告",
            "本报告期限为2023年9月1日至2024年8月31日。",
            *_OLD_CHAPTERS,
            "七、其他事项",
            "无。",
        ),
        "other_report",
        "university_report",
    ),
    "report on a year before 2019": Stranger(
        _lines(f"样例市数据局2015年{KIND}", *_OLD_CHAPTERS), "old_form_report", "before_2019"
    ),
    "rules for reports": Stranger(
        _lines(
            "第一条 为促进政府信息公开，依据《中华人民共和国政府信息公开条例》制定本制度。",
            "第二条 各站所负责编制本站所的政府信息公开年度报告，主要包括以下内容：",
            "一、主动公开政府信息的情况",
            "二、依申请公开政府信息和不予公开政府信息的情况",
            "三、政府信息公开的收费及减免情况",
            "四、因政府信息公开申请行政复议、提起行政诉讼的情况",
            "五、政府信息公开工作存在的主要问题及改进情况",
            "六、其他需要报告的事项",
            "第三条 各站所应当在每年3月1日前报送本部门的年度报告。",
            "第四条 本制度自发布之日起施行。",
        ),
        "not_a_report",
        "regulation",
    ),
    "university without a title": Stranger(
        _lines(
            "为落实《高等学校信息公开办法》和《教育部关于公布<高等学校信息公开事项清单>的通知》，现将我校2021—2022年度信息公开工作报告如下。",
            "一、概述",
            "本年度信息公开工作整体进展顺利。",
            "二、主动公开情况",
            "学校公开信息164项。",
            "三、依申请公开和不予公开情况",
            "未收到申请。",
            "四、对信息公开的评议情况",
            "师生评价良好。",
        ),
        "other_report",
        "university_report",
    ),
    "guide under the name of a column": Stranger(
        _lines(
            "政府信息公开年报",
            "依申请公开",
            "样例市政务信息公开指南",
            "为便于公民、法人或者其他组织依法获取政务信息，编制本指南。",
            "一、主动公开",
            "主要包括机构职能。",
        ),
        "not_a_report",
        "guide",
    ),
}
