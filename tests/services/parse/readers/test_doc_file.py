"""The head of a binary Word document, and the parts that it leads to."""

import pytest

from services.parse.document import Unreadable
from services.parse.readers.doc_file import MAIN, PIECES, WordFile, open_file
from services.parse.readers.doc_text import read_text
from shared.testing.formats.compound import compound
from shared.testing.formats.word_binary import Document, Para, Run, write

FILE = write(Document({0: [Para((Run("文"),))]}))


def test_the_head_tells_counts_and_parts():
    """Characters of each story, and where the parts lie."""
    opened = open_file(FILE)
    assert opened.count(MAIN) == 2
    assert opened.part(PIECES)
    assert opened.part(40) == opened.behind(40) == b""
    assert opened.behind(PIECES) == opened.table[sum(opened.places[PIECES]) :]


def test_what_an_older_head_does_not_have_is_nothing():
    """Stories and parts beyond those that the head counts are empty."""
    file = WordFile(b"", b"", b"", (), ())
    assert file.count(MAIN) == 0
    assert file.part(PIECES) == file.behind(PIECES) == b""


def test_a_part_outside_its_stream_is_damage():
    """A part is whole or refused."""
    with pytest.raises(Unreadable, match="outside"):
        WordFile(b"", b"abc", b"", (), ((2, 2),)).part(0)


@pytest.mark.parametrize("kept", [0, 31, 33, 60, 150, 153, 400])
@pytest.mark.parametrize("behind", [b"\0", b"\xff"])
def test_a_head_cut_off_is_damage(kept, behind):
    """A document whose head is not whole is not guessed at."""
    word = open_file(FILE).word[:kept] + behind * (4096 - kept)
    with pytest.raises(Unreadable):
        read_text(open_file(compound({"WordDocument": word, "1Table": bytes(4096)})))
