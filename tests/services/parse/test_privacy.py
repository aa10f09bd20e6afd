"""Personal data is masked, and nothing but personal data."""

import dataclasses
import hashlib
import hmac
import itertools

import pytest
from hypothesis import given, strategies

from services.parse import privacy
from services.parse.document import Content, Grid, GridCell

IDENTITY = "11010519491231002X"  # the example number of GB 11643-1999


def _card(stem: str) -> str:
    return next(stem + str(digit) for digit in range(10) if privacy._luhn(stem + str(digit)))


@pytest.mark.parametrize(
    ("text", "masked", "kind"),
    [
        ("发至邮箱123456789@qq.com。", "发至邮箱123***789@qq.com。", "mailbox"),
        ("邮箱：ab\uff20163.com", "邮箱：**@163.com", "mailbox"),
        ("邮箱:zwgk@sj.yangli.gov.cn)", "邮箱:z**k@sj.yangli.gov.cn)", "mailbox"),
        ("电话13912345678。", "电话139****5678。", "mobile"),
        ("电话１３９１２３４５６７８。", "电话139****5678。", "mobile"),
        ("+8613912345678", "+86139****5678", "mobile"),
        ("手机：139 1234 5678", "手机：139******5678", "mobile"),
        ("139-1234-5678", "139******5678", "mobile"),
        (f"身份证{IDENTITY}号", "身份证110*************2X号", "identity_number"),
        ("身份证110105491231002", "身份证110**********02", "identity_number"),
        (f"卡号 {_card('622202123456789012')}", "卡号 ***************" + _card("622202123456789012")[-4:], "bank_card"),
    ],
)
def test_what_is_personal_is_masked_in_place(text, masked, kind):
    """A mask has the length of what it hides, so every offset behind it stays."""
    assert privacy.mask_text(text) == masked
    assert len(masked) == len(text)
    (mark,) = privacy.find(privacy.fold(text))
    assert mark.kind == kind
    assert masked[mark.start : mark.end] == mark.masked


@pytest.mark.parametrize(
    "text",
    [
        "电话：0531-88150105，0531—81852007，0798——8332255，400-123-4567，12345热线",
        "邮政编码：250014，2024年1月1日至2024年12月31日",
        "索引号：11320100014349321B/2023-00012",
        "统一编码：110105194912310021",
        "合同总额13912345678.55元，比例0.13912345678",
        "http://www.yangli.gov.cn/art/13912345678/index.html",
        "http://www.yangli.gov.cn/t20240118_13912345678.html",
        "2024 2023 2022 2021 2020",
        "139123456789012345678901",
        "行政许可 | 117 | 11398889 | 84598 |",
        "张@某",
    ],
)
def test_what_is_not_personal_stays(text):
    """Landlines, hot lines, dates, index codes, addresses of pages and figures are left as published."""
    assert privacy.mask_text(text) == text


def test_a_check_digit_tells_a_real_identity_number():
    """A number with a birth date but a wrong check digit is masked too, and said not to be valid."""
    assert [mark.valid for mark in privacy.find(f"{IDENTITY} {IDENTITY[:-1]}3")] == [True, False]
    assert privacy.find("11010519491331002X") == ()


def test_an_official_mailbox_is_told_from_a_free_one():
    """Any domain that is no free mail provider counts as the organisation's own."""
    marks = privacy.find("a1@qq.com b2@VIP.163.com c3@sj.yangli.gov.cn d4@yangli-hospital.org")
    assert [mark.official for mark in marks] == [False, False, True, True]


def test_a_digest_recognises_the_same_number_under_the_same_key():
    """The digest is an HMAC of the bare number; without a key there is none."""
    plain, dashed = privacy.find("13912345678 139-1234-5678", b"key")
    assert plain.digest == dashed.digest == hmac.new(b"key", b"13912345678", hashlib.sha256).hexdigest()
    assert privacy.find("13912345678")[0].digest is None


def test_cells_and_page_title_are_masked_alike():
    """Nothing that leaves the parser holds the number."""
    text = "联系人 13912345678"
    grid = Grid(0, len(text), ((GridCell("联系人", 0, 3), GridCell("13912345678", 4, 15)),))
    content = Content(text, (grid,), title="电话13912345678", agency="13912345678")
    masked, marks = privacy.mask(content)
    assert len(marks) == 1
    assert "3912345678" not in repr(dataclasses.asdict(masked))


@given(strategies.text(alphabet="0123456789Xx-. @aq.comcn电话：\n\uff11", max_size=200))
def test_masking_keeps_every_length_and_is_done_once(text):
    """Whatever the text: same length, marks in order and apart, and nothing valid left to mask."""
    marks = privacy.find(privacy.fold(text))
    assert len(privacy.mask_text(text)) == len(text)
    assert all(left.end <= right.start for left, right in itertools.pairwise(marks))


def test_two_million_digits_are_no_trouble():
    """Long runs of digits, at signs and label words end at once."""
    for unit in ("1", "13912345678 ", "a@", "电话", "a.b@c."):
        assert len(privacy.mask_text(unit * (2_000_000 // len(unit)))) > 0
