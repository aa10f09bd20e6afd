"""Mailboxes are found in the spellings that people use."""

import pytest

from shared.personal.mailboxes import mailboxes
from shared.text import fold


@pytest.mark.parametrize(
    "printed",
    [
        "zhangsan8@qq.com",
        "zhangsan8\uff20qq\uff0ecom",
        "zhangsan8 @ qq.com",
        "zhangsan8[at]qq.com",
        "zhangsan8 (at) qq.com",
        "zhangsan8【at】qq[dot]com",
        "zhangsan8#qq.com（发送时请将#换成@）",
        "--zhangsan8@qq.com",
        "**zhangsan8@qq.com**",
        "邮箱zhangsan8@qq.com.",
    ],
)
def test_every_spelling_is_one_address(printed):
    """Full width, spaces, a word or a sign in the place of @: the address is the same, and so is its digest."""
    (found,) = mailboxes(fold(printed))
    assert found.address == "zhangsan8@qq.com"
    assert printed[found.start : found.local_end] == "zhangsan8"
    assert not found.official


@pytest.mark.parametrize(
    "printed", ["li.si@样例.中国", "li.si#sample.example.invalid（#换为@）", "li.si@sample.example.invalid"]
)
def test_an_organisation_has_its_own_domain(printed):
    """Whatever is no free mail provider is the organisation's own."""
    (found,) = mailboxes(fold(printed))
    assert found.official


@pytest.mark.parametrize(
    "printed",
    [
        "张@某",
        "@",
        "微博@样例发布",
        "第1#楼",
        "A*B",
        "C#语言",
        "a#sample.example.invalid",
        "www.sample.example.invalid",
        "3 @ 5",
        "100***001@qq.com",
        "a***b@qq.com",
    ],
)
def test_what_is_no_mailbox(printed):
    """A sign alone makes no mailbox."""
    assert list(mailboxes(fold(printed))) == []
