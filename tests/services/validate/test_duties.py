"""What reports have to say, in the words that offices use."""

import pytest

from services.validate.duties import ASPECTS, IMPROVEMENTS, OVERSIGHT, PROBLEMS

DUTIES = (*ASPECTS, PROBLEMS, IMPROVEMENTS, *OVERSIGHT)
TOLD = [pytest.param(duty, sentence, id=f"{duty.name} {sentence}") for duty in DUTIES for sentence in duty.told]
UNTOLD = [pytest.param(duty, sentence, id=f"{duty.name} {sentence}") for duty in DUTIES for sentence in duty.untold]


@pytest.mark.parametrize(("duty", "sentence"), TOLD)
def test_each_example_tells_it(duty, sentence):
    """A sentence that tells a duty is known as such."""
    assert duty.is_told(sentence)


@pytest.mark.parametrize(("duty", "sentence"), UNTOLD)
def test_what_only_looks_like_it_does_not(duty, sentence):
    """A sentence that only has similar words does not tell it."""
    assert not duty.is_told(sentence)
