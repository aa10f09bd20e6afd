"""Tests of what labels say."""

from services.parse.labels import EXACT
from services.parse.wording import Wording, known_once, wording
from shared.forms import FORMS
from shared.forms.form import FormTable


def test_same_labels_are_one_object() -> None:
    """What labels say is known once; labels too long to come again are read each time, and say the same."""
    assert wording(("信息内容", "规 章")) is wording(("信息内容", "规 章"))
    long = ("样例市公开的事项" * 50, "规章")
    assert wording(long) is not wording(long)
    assert wording(long).row is wording(long).row is EXACT["规章"]


def test_row_is_a_label_of_its_own() -> None:
    """A row label counts as such broken over cells and behind a group label, not at the end of a sentence."""
    assert wording(("规", "章")).row is EXACT["规章"]
    assert wording(("第二十条第（一）项", "规章")).row is EXACT["规章"]
    assert wording(("本机关制定的规章",)).row is None
    assert wording(()).row is None


def test_mentions_and_tails() -> None:
    """Rows are mentioned anywhere, in order; the tails are the last labels, more and more of them."""
    said = wording(("规章", "行政许可", "今年"))
    assert said.mentions == (EXACT["规章"], EXACT["行政许可"])
    assert said.tails == ("今年", "行政许可今年", "规章行政许可今年")
    assert said.text == "规章行政许可今年" == "".join(said.pieces)


def test_what_labels_say_of_a_table_is_known_once() -> None:
    """It is worked out once for each table; of labels too long to come again, each time, so that none is kept."""
    asked = []

    @known_once
    def rows(table: FormTable, said: Wording) -> int:
        asked.append((table.number, said))
        return len(table.rows)

    one, other = FORMS["2021"].tables["2"], FORMS["2021"].tables["3"]
    short, long = wording(("信息内容",)), wording(("样例市公开的事项" * 50,))
    answers = [rows(table, said) for said in (short, long) for table in (one, other, one)]
    assert answers == [len(one.rows), len(other.rows), len(one.rows)] * 2
    assert asked == [("2", short), ("3", short), ("2", long), ("3", long), ("2", long)]
