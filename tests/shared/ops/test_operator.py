"""Who did it can always be said."""

import getpass
import io
import sys

import pytest

from shared.ops.errors import UsageError
from shared.ops.operator import confirmed, operator_name


def test_a_person_may_say_who_he_is(monkeypatch):
    """Several people behind one account."""
    monkeypatch.setenv("NIANBAO_OPERATOR", " 王工 ")
    assert operator_name() == "王工"


def test_otherwise_it_is_the_account(monkeypatch):
    """As the system names it."""
    monkeypatch.setenv("NIANBAO_OPERATOR", "")
    monkeypatch.setenv("LOGNAME", "wang")
    assert operator_name() == getpass.getuser() == "wang"


def test_an_account_without_a_name_is_unknown(monkeypatch):
    """Containers run under bare numbers."""

    def nobody():
        raise KeyError("uid not found: 1001")

    monkeypatch.delenv("NIANBAO_OPERATOR", raising=False)
    monkeypatch.setattr(getpass, "getuser", nobody)
    assert operator_name() == "unknown"


@pytest.mark.parametrize(
    ("typed", "answer"), [("y\n", True), ("是\n", True), ("N\n", False), ("\n", False), ("maybe\n否\n", False)]
)
def test_a_question_takes_chinese_and_english(typed, answer, monkeypatch, capsys):
    """And is asked again where it was not understood; standard output stays clean."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    assert confirmed("写入？") is answer
    assert capsys.readouterr().out == ""


def test_no_answer_is_told(monkeypatch):
    """A script without --yes learns what is missing."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    with pytest.raises(UsageError, match="--yes"):
        confirmed("写入？")
