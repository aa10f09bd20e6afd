"""The phrasings: each says what its example says, and no words are told twice."""

from collections import Counter

import pytest

from services.parse.document import Content, Paragraph
from services.parse.lexicon import PHRASES
from services.parse.narrative import read_claims
from shared.forms.metrics import METRICS
from shared.model.number import as_json


def _claims(text):
    content = Content(text, (Paragraph(0, len(text)),))
    return read_claims(content, (), (), agency="样例市数据局", year=2024)


@pytest.mark.parametrize("phrase", [each for each in PHRASES if each.example], ids=lambda each: each.example)
def test_the_example_beside_a_phrasing_is_read_so(phrase):
    """An example gives the claims beside it, of those values, and no other."""
    read = {(claim.metric, as_json(claim.value)) for claim in _claims(phrase.example)}
    assert read == set(phrase.claims)


def test_an_example_holds_its_phrasing():
    """One of the words of a phrasing stands in its example."""
    assert [
        p.example for p in PHRASES if p.example and not any(words in p.example for words in p.words.split("|"))
    ] == []


def test_no_words_stand_twice_under_one_topic():
    """Two phrasings of one topic and role share no words: one of them would never count."""
    told = Counter((words, phrase.topic, phrase.role) for phrase in PHRASES for words in phrase.words.split("|"))
    assert [each for each, times in told.items() if times > 1] == []


def test_every_metric_is_of_the_closed_list():
    """What phrasings and their examples are about stands in shared.forms.metrics."""
    named = {phrase.metric for phrase in PHRASES if phrase.metric} | {name for p in PHRASES for name, _ in p.claims}
    assert named - METRICS == set()
