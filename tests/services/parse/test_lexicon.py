"""What a paragraph is cut into: quantities are those of things counted."""

import pytest

from services.parse.lexicon import Quantity, tokens


@pytest.mark.parametrize(
    "sentence",
    [
        "平均答复时间缩短3个工作日",
        "答复用时2.5天",
        "公开时限提前两个月",
        "办理时间压缩到5个自然日",
        "公开率提高3个百分点",
        "申请量为上年的2倍",
    ],
)
def test_a_length_of_time_is_no_quantity(sentence):
    """Days, months, percentage points and multiples count nothing that a table counts."""
    assert not [token for token in tokens(sentence, 0) if isinstance(token, Quantity)]


def test_what_is_counted_is_a_quantity():
    """A figure with its measure word is one, also before a word that begins like a length of time."""
    found = [token for token in tokens("收到申请3个,答复2件,天天更新", 0) if isinstance(token, Quantity)]
    assert [(token.value, token.measure) for token in found] == [(3, "个"), (2, "件")]
