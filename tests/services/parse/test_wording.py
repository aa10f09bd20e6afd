"""Tests of what labels say."""

from services.parse.labels import EXACT
from services.parse.wording import wording


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
