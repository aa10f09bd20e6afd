"""What was typed wrong is one line of Chinese on standard error, whatever the library says."""

import io
import sys

import pytest
import typer

from services.__main__ import main
from services.usage import told


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("check", "缺少参数 PATH|URL；用法见 nianbao check --help"),
        ("dead-letters discard 1", "缺少选项 --reason；用法见 nianbao dead-letters discard --help"),
        ("chekc x", "没有命令“chekc”，是否应为“check”；用法见 nianbao --help"),
        ("reports lst", "没有命令“lst”，是否应为“list”；用法见 nianbao reports --help"),
        ("reports zzz", "没有命令“zzz”；用法见 nianbao reports --help"),
        ("check x --fromat json", "没有选项 --fromat，是否应为“--format”；用法见 nianbao check --help"),
        ("check x --zzz", "没有选项 --zzz；用法见 nianbao check --help"),
        (
            "check x --format yaml",
            "选项 --format 的值有误：“yaml”不在可用的值之中：text、json、html；用法见 nianbao check --help",
        ),
        (
            "check x --today 昨天",
            "选项 --today 的值有误：“昨天”应写成日期，例如 2025-01-31；用法见 nianbao check --help",
        ),
        ("reports list --year 二〇二四", "选项 --year 的值有误：应为整数；用法见 nianbao reports list --help"),
        ("dead-letters replay x", "参数 编号… 的值有误：应为整数；用法见 nianbao dead-letters replay --help"),
        ("serve parse --port 65536", "选项 --port 的值有误：不能大于 65535；用法见 nianbao serve parse --help"),
        ("serve parse --port=-1", "选项 --port 的值有误：不能小于 0；用法见 nianbao serve parse --help"),
        ("settings --format", "选项 --format 后面要写一个值"),
        ("check x --with-text=1", "选项 --with-text 后面不写值"),
        ("settings a b", "多出了参数：a b；用法见 nianbao settings --help"),
    ],
)
def test_what_was_typed_wrong_is_one_line(typed: str, line: str, capsys: pytest.CaptureFixture[str]):
    """Exit code 2, nothing on standard output."""
    with pytest.raises(SystemExit) as ended:
        main(typed.split())
    printed = capsys.readouterr()
    assert (ended.value.code, printed.out, printed.err) == (2, "", f"nianbao: {line}\n")


def test_a_group_alone_shows_its_usage(capsys: pytest.CaptureFixture[str]):
    """Nothing was typed wrong; there is only nothing to do."""
    with pytest.raises(SystemExit) as ended:
        main(["reports"])
    assert (ended.value.code, "查看报告" in capsys.readouterr().err) == (2, True)


def test_what_is_not_known_keeps_the_words_of_the_library():
    """A sentence that a later version of the library brings is still told."""
    assert told(typer.BadParameter("something new")) == "nianbao: Invalid value: something new"


def test_a_question_that_nobody_answers_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Standard input at its end is no answer, and no traceback."""

    def asking() -> None:
        typer.confirm("?")

    monkeypatch.setattr("services.settings.settings", asking)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    with pytest.raises(SystemExit) as ended:
        main(["settings"])
    assert ended.value.code == 1
    assert capsys.readouterr().err.endswith("\nnianbao: 没有得到回答，什么也没有做\n")
