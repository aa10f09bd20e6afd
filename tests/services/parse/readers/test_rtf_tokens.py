"""Tokens of RTF."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parse.document import Unreadable
from services.parse.readers.rtf_tokens import MOST_TOKENS, Token, Tokens


def of(data):
    """Return the tokens of some data but those that are nothing, as short as can be."""
    return [
        token.text or token.name + ("" if token.number is None else str(token.number)) or token.kind
        for token in Tokens(data)
        if token.kind != "nothing"
    ]


def test_words_numbers_symbols_and_bytes():
    """A blank behind a word belongs to it, a number too; text goes on to the next markup."""
    assert of(b"{\\b1 a b\\par\r\nc\\'d1\\u-3?\\*\\~\\{\\}\\\\x}") == [
        *("open", "b1", b"a b", "par", b"c", b"\xd1", "u-3", b"?", "*", "~", b"{", b"}", b"\\", b"x", "close"),
    ]


def test_nothing_else_is_a_token():
    """Line ends, zeros, a backslash at the end, a number without digits."""
    assert of(b"{a\r\n\0b\\'zz\\") == ["open", b"a", b"b", b"zz"]
    assert of(b"") == []


def test_the_end_of_the_first_group_is_the_end():
    """What stands behind is not read, and whether groups are whole is known."""
    tokens = Tokens(b"{a}b")
    assert [token.kind for token in tokens] == ["open", "text", "close"]
    assert tokens.whole
    cut = Tokens(b"{a{b}")
    assert list(cut)
    assert not cut.whole


def test_bytes_of_their_own_are_passed_over():
    """Braces in binary data open nothing, in a group that is left out neither."""
    assert of(b"{\\bin3 {{{a}") == ["open", "bin3", b"a", "close"]
    assert of(b"{\\bin-3 a}") == ["open", "bin-3", b"a", "close"]


def test_a_group_is_left_out_up_to_its_end():
    """Inner groups, escaped braces and binary data do not end it."""
    tokens = Tokens(b"{\\info{\\a\\}}\\bin2 }}\\\\}")
    kinds = []
    for token in tokens:
        kinds.append(token.kind)
        if token.name == "info":
            tokens.skip()
    assert kinds == ["open", "word", "close"]
    assert tokens.whole


def test_more_than_any_report_is_refused():
    """Depth, tokens, and groups that are left out."""
    with pytest.raises(Unreadable, match="nested"):
        list(Tokens(b"{" * 1001))
    with pytest.raises(Unreadable, match="more markup"):
        list(Tokens(b"{" + b"\\b" * (MOST_TOKENS + 1)))
    tokens = Tokens(b"{" * (MOST_TOKENS + 9))
    next(iter(tokens))
    with pytest.raises(Unreadable, match="more markup"):
        tokens.skip()


@given(st.binary(max_size=100))
def test_any_bytes_are_tokens(data):
    """No bytes are a fault, and every token is of a known kind."""
    assert all(isinstance(token, Token) for token in Tokens(b"{" + data))
