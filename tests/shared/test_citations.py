"""What is cited is told from what is said."""

import pytest

from shared.citations import without_citations


@pytest.mark.parametrize(
    "cited", ["《样例市2022年政务公开工作要点》", "〔2022〕12号", "[2022]3号", "https://www.ylsjj.gov.example/2022/nb"]
)
def test_years_of_what_is_cited_are_gone(cited):
    """Titles, file numbers and addresses are blanked, and every other character stays at its place."""
    text = f"按照{cited} 要求,2023年公开"
    left = without_citations(text)
    assert len(left) == len(text)
    assert "2022" not in left
    assert left.endswith("2023年公开")
