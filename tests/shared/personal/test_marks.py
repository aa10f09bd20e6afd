"""Personal data is masked, and nothing but personal data."""

import hashlib
import hmac
import itertools

import pytest
from hypothesis import given, strategies

from shared.personal.marks import find, mask_text
from shared.testing.ending import ends
from shared.text import fold

IDENTITY = "11010519491231002X"  # the example number of GB 11643-1999


@pytest.mark.parametrize(
    ("text", "masked", "kind"),
    [
        ("发至邮箱123456789@qq.com。", "发至邮箱123***789@qq.com。", "mailbox"),
        ("邮箱：ab\uff20163.com", "邮箱：**@163.com", "mailbox"),
        ("邮箱:zwgk@sj.example.invalid)", "邮箱:z**k@sj.example.invalid)", "mailbox"),
        ("邮箱 zhangsan8 [at] qq.com", "邮箱 zha***an8 [at] qq.com", "mailbox"),
        ("电话13912345678。", "电话139****5678。", "mobile"),
        ("电话１３９１２３４５６７８。", "电话139****5678。", "mobile"),
        ("+8613912345678", "+86139****5678", "mobile"),
        ("手机：139 1234 5678", "手机：139******5678", "mobile"),
        (f"身份证{IDENTITY}号", "身份证110*************2X号", "identity_number"),
        ("身份证110105 19491231 002X", "身份证110***************2X", "identity_number"),
        ("身份证110105491231002", "身份证110**********02", "identity_number"),
        ("身份证号110105\n19491231002X）", "身份证号110***\n**********2X）", "identity_number"),
        ("3\n110105\n19491231002X", "3\n110***\n**********2X", "identity_number"),
        ("联系电话：1391234\n5678", "联系电话：139****\n5678", "mobile"),
        ("卡号6222000000\n000009", "卡号**********\n**0009", "bank_card"),
        ("对公 6222 0212 3456 7890", "对公 ***************7890", "bank_card"),
        ("申请人张三申请公开批文", "申请人张*申请公开批文", "applicant"),
        ("欧阳小四诉样例市数据局案", "欧阳**诉样例市数据局案", "applicant"),
        ("申請人陳小國，要求", "申請人陳**，要求", "applicant"),
    ],
)
def test_what_is_personal_is_masked_in_place(text, masked, kind):
    """A mask has the length of what it hides, so every offset behind it stays."""
    assert mask_text(text) == masked
    assert len(masked) == len(text)
    (mark,) = find(fold(text))
    assert mark.kind == kind
    assert masked[mark.start : mark.end] == mark.masked


@pytest.mark.parametrize("text", ["139\n12345678", "18\n202401150000000", "6222000000\n000009", "110105\n194912310021"])
def test_figures_of_two_lines_are_no_number(text):
    """What nobody calls a telephone, a card or an identity number is joined over a line's end only where its check holds."""
    assert find(text) == ()


def test_invisible_characters_hide_nothing():
    """A file name or a page's head was not normalised by a reader; what nobody sees between digits parts nothing."""
    assert mask_text("139\u200b1234\u200b5678") == "139****5678"
    assert mask_text("没有\u200b什么") == "没有\u200b什么"


def test_an_official_mailbox_is_told_from_a_free_one():
    """Any domain that is no free mail provider counts as the organisation's own."""
    marks = find("a1@qq.com b2@VIP.163.com c3@sj.example.invalid d4@sample-hospital.example.invalid")
    assert [mark.official for mark in marks] == [False, False, True, True]


def test_a_digest_recognises_the_same_number_under_the_same_key():
    """The digest is an HMAC of the bare number or address, whatever its spelling; without a key there is none."""
    plain, dashed = find("13912345678 139-1234-5678", b"key")
    assert plain.digest == dashed.digest == hmac.new(b"key", b"13912345678", hashlib.sha256).hexdigest()
    straight, hidden = find("Ab1@qq.com，ab1 [at] qq.com", b"key")
    assert straight.digest == hidden.digest
    assert find("13912345678")[0].digest is None


@given(strategies.text(alphabet="0123456789Xx-. @aq.comcn电话：\n\uff11#[]", max_size=200))
def test_masking_keeps_every_length_and_is_done_once(text):
    """Whatever the text: same length, marks in order and apart, and what was masked is not found again."""
    marks = find(fold(text))
    masked = mask_text(text)
    assert len(masked) == len(text)
    assert all(left.end <= right.start for left, right in itertools.pairwise(marks))
    assert mask_text(masked) == mask_text(mask_text(masked))


def test_two_million_characters_are_no_trouble():
    """Long runs of digits, groups, at signs, label words and near-addresses are read in linear time."""
    units = [
        "1",
        "13912345678 ",
        "139 1234 5678 ",
        "6222 ",
        "110105-",
        "a@",
        "a.b@c.",
        "[at]",
        "# ",
        "电话",
        "编号",
        "卡号 ",
        "a/",
        "0.",
        "f1",
        "http://a/",
    ]
    assert ends(_mask_each, [unit * (2_000_000 // len(unit)) for unit in units])


def _mask_each(texts):
    for text in texts:
        assert len(mask_text(text)) == len(text)
