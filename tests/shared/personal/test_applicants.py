"""Names of applicants are found, and nothing that only begins like one."""

import pytest

from shared.personal.applicants import applicants
from shared.testing.ending import ends
from shared.text import fold


def _names(text):
    return [text[found.start : found.end] for found in applicants(fold(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("申请人张三（身份证号见附件）要求公开批文", ["张三"]),
        ("申请人：李小四，住样例市公开路1号", ["李小四"]),
        ("申请人姓名：高明，电话见附件", ["高明"]),
        ("申请人关明（男，住样例路1号）", ["关明"]),
        ("申请人 | 钱有财 | 样例路1号", ["钱有财"]),
        ("申请人欧阳小四于3月提出申请", ["欧阳小四"]),
        ("（申请人张小伟的申请）", ["张小伟"]),
        ("原告孙七不服我局答复", ["孙七"]),
        ("申请人孙七 0999-0000000.docx", ["孙七"]),
        ("信访人郑一一反映", ["郑一一"]),
        ("2024年3月1日，张三申请公开样例村征地资料", ["张三"]),
        ("张三、李四等5人申请公开拆迁协议", ["张三", "李四"]),
        ("其中王五向我局提出政府信息公开申请", ["王五"]),
        ("申请人张三、李四和王小五，均为村民", ["张三", "李四", "王小五"]),
        ("5月，村民张小伟向我镇提交政府信息公开申请", ["张小伟"]),
        ("3月5日收到张小伟提交的政府信息公开申请", ["张小伟"]),
        ("已答复村民张三、李四等5人通过邮寄提出的公开拆迁协议的申请", ["张三", "李四"]),
        ("赵六诉样例市数据局政府信息公开案", ["赵六"]),
        ("陈小国女士申请获取样例路规划图", ["陈小国"]),
        ("申請人張三申請公開徵地資料", ["張三"]),
        ("陳小國、趙六申請公開徵地資料", ["陳小國", "趙六"]),
    ],
)
def test_a_person_who_applied_is_named(text, names):
    """Behind the word for an applicant, before the request, in a list, in the name of a case; also in traditional characters."""
    assert sorted(set(_names(text))) == sorted(names)


@pytest.mark.parametrize(
    "text",
    [
        *["申请人张某申请公开", "申请人张某某，", "申请人李\u00d7\u00d7，", "申请人李XX申请公开", "申请人张**申请公开"],
        *["申请人李先生来电", "王女士申请公开", "张某申请公开"],
        *[
            "申请人对答复不服",
            "申请人均为自然人",
            "申请人马上提出",
            "申请人林地、房屋",
            "供申请人查阅，",
            "打消申请人顾虑，",
        ],
        *[
            "与申请人沟通，",
            "向申请人解释、说明",
            "申请人于2024年提出",
            "申请人曾多次",
            "申请人高度评价，",
            "申请人金额",
        ],
        *["申请人（高校、企业）", "申请人为企业。", "申请人：商业企业", "向申请人陈述，", "申请人许可，", "申请人何时"],
        *[
            "全年申请公开3件",
            "其中线上申请公开3件",
            "林业申请公开2件",
            "温州申请公开1件",
            "江苏申请公开1件",
            "依申请公开",
        ],
        *[
            "被申请人张三局长",
            "局长张三要求公开透明",
            "张三副局长向我局提出建议",
            "会上，王强要求公开",
            "联系人：张三，电话",
            "收到李某某提交的申请",
            "收到群众提出的公开申请，收到石桥村民提交的申请",
            "收到方圆公司提交的申请、金融企业提出的申请",
            "办理人大代表张三提出的公开征求意见的建议",
        ],
        *[
            "原告撤诉",
            "原告方撤诉1件",
            "杨浦申请公开2件",
            "我局胜诉案件",
            "负责人李四，分管政务公开",
            "申请人情况 | 自然人",
            "申请人、利害关系人",
        ],
    ],
)
def test_what_is_no_applicant(text):
    """Names already hidden, words that begin with a surname's character, officials, those who only contact."""
    assert _names(text) == []


def test_long_texts_are_read_in_linear_time():
    """Runs of roles, surnames, requests and clauses that never end."""
    units = [
        "申请人张",
        "张三、李四、",
        "张三向",
        "诉",
        "，王五诉我我我",
        "申请公开",
        "张三申请公开",
        "不服",
        "收到张三、张三",
        "收到张三等提出",
    ]
    assert ends(_read_each, [unit * (1_000_000 // len(unit)) for unit in units])


def _read_each(texts):
    for text in texts:
        list(applicants(fold(text)))
