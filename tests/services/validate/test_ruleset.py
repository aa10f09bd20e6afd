"""The hash of the rule set."""

import pathlib

from services.validate.ruleset import RULESET, _sources, content_hash


def test_the_hash_is_a_function_of_the_sources():
    """Reading twice gives the same, and the service's shell is no part of it."""
    assert content_hash() == RULESET.hash
    names = dict(_sources(pathlib.Path("services/validate").absolute()))
    assert "rules/t3/t3_01_row_sum.py" in names
    assert "core.py" in names
    assert not {"app.py", "cli.py", "store.py", "rulebook.py"} & set(names)


def test_line_ends_do_not_change_it(tmp_path):
    """A checkout with CRLF has the same rules."""
    (tmp_path / "a.py").write_bytes(b"x = 1\ny = 2\n")
    unix = dict(_sources(tmp_path))
    (tmp_path / "a.py").write_bytes(b"x = 1\r\ny = 2\r\n")
    assert dict(_sources(tmp_path)) == unix
