"""Two years of one agency through the whole pipeline: each arrival judges the later year on the earlier one's figures."""

import pytest

from shared.testing.season import Submission, season

EARLIER, LATER = (list(season(2, year=year))[1] for year in (2023, 2024))
_LEFT, _MATCHING = "四、结转下年度继续办理 | 5 |", "四、结转下年度继续办理 | 3 |"


def corrected(submission: Submission) -> Submission:
    """Return the report of the year before as it matches the later one (and no longer itself)."""
    data = submission.data.decode().replace(_LEFT, _MATCHING).replace("| 0 | 5 |||", "| 0 | 3 |||")
    assert data.encode() != submission.data
    return Submission(submission.agency, submission.name, data.encode(), faulty=True)


@pytest.mark.parametrize("order", [(EARLIER, LATER), (LATER, EARLIER)], ids=["earlier first", "later first"])
async def test_a_correction_of_either_year_closes_the_case_of_the_later(process, pool, order):
    """The later year's case opens whichever comes first, and closes with the earlier year's correction."""

    async def case():
        return await pool.fetchrow("select status, finding_numbers from correction_case where year = 2024")

    for submission in order:
        await process([submission])
    assert (await case())["status"] == "waiting"  # the agency is in no directory
    assert len((await case())["finding_numbers"]) == 1
    await process([corrected(EARLIER)])
    assert (await case())["status"] == "closed"
