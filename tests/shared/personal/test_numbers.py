"""Numbers of persons are found in every grouping, and told from codes, amounts, addresses and rows of figures."""

import pytest

from shared.personal.checks import check_digit, luhn
from shared.personal.numbers import numbers
from shared.text import fold

IDENTITY = "11010519491231002X"  # the example number of GB 11643-1999
OTHER = "32010119900101123" + check_digit("32010119900101123")
CARD = next(number for digit in range(10) if luhn(number := f"622202123456789{digit}"))
LONG_CARD = next(number for digit in range(10) if luhn(number := f"622202123456789012{digit}"))


def found(text):
    """Return kind, digits and validity of what is found, in order."""
    each = {number.start: number for number in numbers(fold(text))}
    return [(each[start].kind, each[start].digits, each[start].valid) for start in sorted(each)]


@pytest.mark.parametrize(
    "text",
    [
        "电话13912345678。",
        "电话１３９１２３４５６７８。",
        "+8613912345678",
        "008613912345678",
        "013912345678",
        "手机：139 1234 5678",
        "手机：139\u00a01234\u00a05678",
        "联系人张三 139 1234 5678",
        "139-1234-5678",
        "139.1234.5678",
        "139—1234—5678",
        "1391-234-5678",
        "139-123-45678",
        "139-12345678",
        "+86 139 1234 5678",
        "86-139-1234-5678",
        "0999-0000000/13912345678",
        "0999-0000000/139-1234-5678",
        "0999-0000000-139-1234-5678",
        "手机=13912345678",
        "?mobile=13912345678&x",
        "https://sample.example.invalid/ask?mobile=13912345678&x=1",
        "sample.example.invalid/13912345678",
        "a1@sample.example.invalid/13912345678",
        "1.13912345678（张三）",
        "12.13912345678",
        "13912345678.2024年起启用",
        "13912345678.2.李四",
        "电话13912345678.55",
        "文号：样信公〔2024〕1号，联系电话13912345678",
        "编号3，13912345678",
        "Tel.139-1234-5678",
        "2024 张三 139 1234 5678",
        "（139 1234 5678）",
        "行政处罚 | 139 1234 5678 |",
        "行政处罚\t139 1234 5678\t0",
        "致电13912345678个人",
        "张三13912345678元旦值班",
        "联系人（编号3）13912345678",
    ],
)
def test_a_mobile_number_in_every_grouping_and_surrounding(text):
    """Prefixes, groups, list numbers, neighbours and words of other codes do not hide it."""
    assert found(text) == [("mobile", "13912345678", None)]


@pytest.mark.parametrize("between", ["/", "、", ";", " ", "，", "\t", " 或 "])
@pytest.mark.parametrize("printed", ["{}{}{}", "{} {} {}", "{}-{}-{}"])
def test_one_number_does_not_hide_the_next(printed, between):
    """Behind one word for telephones stand several numbers."""
    text = "联系电话：" + between.join(
        printed.format(*groups) for groups in (("139", "1234", "5678"), ("138", "0000", "1111"))
    )
    assert [digits for _, digits, _ in found(text)] == ["13912345678", "13800001111"]


@pytest.mark.parametrize(
    ("text", "digits", "valid"),
    [
        (f"身份证{IDENTITY}号", IDENTITY, True),
        ("身份证号码：110105 19491231 002X", IDENTITY, True),
        ("身份证号码：110105-19491231-002X", IDENTITY, True),
        ("110105 1949 1231 002X", IDENTITY, True),
        ("110105 19491231 002x", IDENTITY, True),
        ("1101 0519 4912 3100 2X", IDENTITY, True),
        (f"申请编号3，申请人身份证{OTHER}。", OTHER, True),
        (f"申请编号：{OTHER}", OTHER, True),
        (f"{IDENTITY[:-1]}3", f"{IDENTITY[:-1]}3", False),
        ("身份证号：110105199902310029", "110105199902310029", False),
        ("身份证110105491231002", "110105491231002", None),
    ],
)
def test_an_identity_number(text, digits, valid):
    """By its birth date, or because it is said to be one; one whose check digit holds is never taken for a code."""
    assert found(text) == [("identity_number", digits, valid)]


@pytest.mark.parametrize(
    ("text", "digits", "valid"),
    [
        (f"收款户 {CARD} 开户行", CARD, True),
        (" ".join(CARD[at : at + 4] for at in range(0, 16, 4)), CARD, True),
        (f"卡号：{'-'.join(LONG_CARD[at : at + 4] for at in range(0, 19, 4))}", LONG_CARD, True),
        ("对公 6222 0212 3456 7890", "6222021234567890", False),
        ("银行卡6222021234567890123", "6222021234567890123", False),
    ],
)
def test_a_bank_card(text, digits, valid):
    """By issuer and check sum, or because it is said to be one."""
    assert found(text) == [("bank_card", digits, valid)]


@pytest.mark.parametrize(
    "text",
    [
        "电话：0999-00000000，0998—0000000，0999——0000000，400-000-0000，12345热线",
        "邮政编码：000014，2024年1月1日至2024年12月31日",
        "索引号：00320100000000001B/2023-00012",
        "索引号 | 13912345678",
        "统一编码：110105194912310021",
        "统一社会信用代码：00000000MB0000000K",
        "样政发〔2024〕13912345678号文号：样政发〔2024〕13912345678",
        "合同总额13912345678.55元，比例0.13912345678，共13912345678元，访问13912345678次，点击13912345678人次。",
        "收入￥13912345678，占13912345678%",
        "东经117.13912345678，北纬36.13912345678",
        "http://www.sample.example.invalid/art/13912345678/index.html",
        "http://www.sample.example.invalid/t20240118_13912345678.html",
        "./t20240118_13912345678.html",
        "2024 2023 2022 2021 2020",
        "139123456789012345678901",
        "行政许可 | 117 | 11398889 | 84598 |",
        "行政处罚 139 1234 5678",
        "行政许可\n139 1234 5678",
        "3.其他 139 1234 5678",
        "12 139 1234 5678",
        "139 1234 5678 0 0 0 0",
        "总计 6222 0212 3456 7894",
        "11010519491331002X",
        "00320100-139-1234-5678",
        "9f86d081884c7d659a2f13912345678fe1b3",
        "",
    ],
)
def test_what_is_no_number_of_a_person(text):
    """Landlines, hot lines, dates, codes, document numbers, amounts, coordinates, pages and rows of figures stay."""
    assert found(text) == []
