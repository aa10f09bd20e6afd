"""Who did it can always be said."""

import getpass

from shared.ops.operator import operator_name


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
