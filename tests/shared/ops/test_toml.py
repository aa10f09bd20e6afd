"""A TOML file that cannot be read is told in Chinese, with the place."""

import errno
import re
import tomllib

import pytest

from shared.ops.toml import toml_said

SLIPS = (
    ("a =", "等号后面的值不对，文字要加引号"),
    ("a = auto", "等号后面的值不对，文字要加引号"),
    ("!", "不是“键 = 值”，也不是“[表]”"),
    ("[!]", "这里应写键的名称"),
    ("a = 2025-02-30", "日期或时间不对"),
    ('a = "\\u00"', "“\\”后面的编码不对"),
    ('a = "\\ud800"', "“\\”后面的编码不对"),
    ('a = "C:\\年报"', "引号中的“\\”要写成“\\\\”，或者改用单引号"),
    ("a 1", "键的后面缺少“=”"),
    ("[[a", "缺少“]]”"),
    ("[a", "缺少“]”"),
    ("a = 1 2", "一行只能写一项，这里多出了内容"),
    ('a = "b', "缺少后一个引号"),
    ("a = 'b", "缺少后一个引号"),
    ('a = """b', "缺少后"),
    ("a = '''b", "缺少后"),
    ("a = [1", "方括号没有写完，缺少“]”或逗号"),
    ("a = {b = 1", "花括号没有写完，缺少“}”或逗号"),
    ('a = "b\n"', "有不能写在这里的字符，例如引号中断行"),
    ("a = 'b\n'", "有不能写在这里的字符，例如引号中断行"),
    ("a = 1\na = 2", "这个键写了两次"),
    ("a = {b = 1, b = 2}", "这个键写了两次"),
    ("[a]\n[a]", "这个表写了两次"),
    ("a = {b = 1}\na.c = 2", "这个"),
)


@pytest.mark.parametrize(("text", "line"), SLIPS)
def test_each_slip_is_told_in_chinese(text: str, line: str):
    """No word of the parser's is left, and the place is named."""
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(text)
    said = toml_said(raised.value)
    assert re.match(r"第\d+行第\d+列|到文件末尾，", said)
    assert line in said
    assert not re.search(r"[A-Za-z]{2,}", said.replace("TOML", ""))


def test_what_has_no_word_here_stays_in_the_parsers_own():
    """A sentence of a later parser is shown, never swallowed."""
    assert toml_said(ValueError("New (at line 2, column 3)")) == "第2行第3列不是有效的TOML（New）"
    assert toml_said(ValueError("New")) == "不是有效的TOML（New）"


def test_a_file_that_is_no_text_or_not_to_be_had_is_told_as_well():
    """Bytes that are no UTF-8, and what the system says."""
    with pytest.raises(UnicodeDecodeError) as raised:
        b"\xff".decode()
    assert toml_said(raised.value) == "不是UTF-8编码的文字"
    assert toml_said(PermissionError(errno.EACCES, "x")) == "没有权限"
