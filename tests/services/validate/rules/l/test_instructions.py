"""Blocks of instructions: what stands together, under which heading, where."""

import pytest

from services.parse.core import parse
from services.validate.rules.l.instructions import blocks
from services.validate.subject import Subject
from shared.testing.prose import clean_page

END = "除上述情况外，没有其他需要报告的事项。"


def _blocks(added, right=END):
    """Return the blocks of the clean page with something behind its last sentence, as text with count and place."""
    (report,) = parse(clean_page(edits=((right, right + added),)).encode(), source="样例.txt").reports
    return [(report.text[each.start : each.end], each.count, each.at_end) for each in blocks(Subject(report))]


def test_a_heading_and_what_follows_are_one_block():
    """Numbered or not, with a sentence between that only explains; the heading is no instruction itself."""
    added = "\n注意事项：\n1.请年报编制单位严格审核。\n2.发布后关注舆情。\n3.报送时附审核表扫描件。"
    assert _blocks(added) == [(added.strip(), 2, True)]


def test_without_line_breaks_it_is_the_same_block():
    """Whatever is lost between sentences."""
    assert _blocks("注意事项：1.请年报编制单位严格审核。2.报送时附审核表扫描件。")[0][1:] == (2, True)


def test_instructions_far_apart_are_two_blocks():
    """One in the first chapter, one behind the last."""
    added = "请各科室核对后将纸质版报送至办公室。"
    (report,) = parse(
        clean_page(edits=((END, END + added), ("各项任务按计划完成。", f"各项任务按计划完成。{added}"))).encode(),
        source="样例.txt",
    ).reports
    assert [(each.count, each.at_end) for each in blocks(Subject(report))] == [(1, False), (1, True)]


def test_a_heading_alone_is_no_block():
    """Pages have such words in their frames."""
    assert _blocks("\n注意事项：") == []


@pytest.mark.parametrize(
    "added",
    [
        "本报告电子版可在网站下载，请登录网站查阅。",
        "如需申请公开，请填写申请表，将扫描件发送至我局邮箱。",
        "各单位信息公开前须经审核把关。",
        "要求各单位务必于每月25日前报送电子版。",
        "请专家审核把关并填写审核表。",
        "如有疑问，请与我局办公室联系，请发送邮件至我局邮箱。",
    ],
)
def test_what_readers_are_told_and_what_was_required_is_no_instruction(added):
    """Nor is a rule of procedure."""
    assert _blocks(added) == []
