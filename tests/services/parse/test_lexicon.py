"""What a paragraph is cut into: quantities are those of things counted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parse.lexicon import PHRASES, Quantity, pattern, tokens

PIECES = st.one_of(
    st.sampled_from([words for phrase in PHRASES for words in phrase.words.split("|")]),
    st.sampled_from([phrase.example for phrase in PHRASES if phrase.example]),
    st.sampled_from(
        [
            "较2023年",
            "〔2024〕13号",
            "3月2日",
            "第三季度",
            "一是",
            "2,000",
            "12.5万元",
            "..5天",
            "1/3",
            "\uff12",
            "件",
            "(",
        ]
    ),
    st.sampled_from([f"{numeral}件" for numeral in "〇零一二两三四五六七八九十百千万"]),
    st.sampled_from(sorted(set(pattern(anywhere=True).pattern))),
)


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


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12))
def test_nothing_is_missed_where_no_token_may_begin(pieces):
    """For any sentence: looking only where a token may begin finds what looking everywhere finds."""
    sentence = "".join(pieces)
    found = [(match.span(), match.lastgroup) for match in pattern().finditer(sentence)]
    assert found == [(match.span(), match.lastgroup) for match in pattern(anywhere=True).finditer(sentence)]
