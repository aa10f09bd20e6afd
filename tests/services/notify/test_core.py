"""Ids are the same every time, retries wait longer, file names are safe and findable."""

from dataclasses import replace
from uuid import UUID

import pytest

from services.notify.core import (
    REASONS,
    Case,
    HoldReason,
    WaitReason,
    case_id,
    file_name,
    notice_id,
    retry_delay,
    status_event,
)


def test_the_same_judgement_gives_the_same_notice():
    """A replay finds its notice in the ledger; another year, judgement or kind is another notice."""
    case, judgement = case_id("1", 2024), UUID(int=1)
    assert case == case_id("1", 2024)
    assert len({case, case_id("1", 2023), case_id("2", 2024), case_id("1", None)}) == 4
    ids = {
        notice_id(case, judgement, "correction"),
        notice_id(case, judgement, "closing"),
        notice_id(case, UUID(int=2), "closing"),
    }
    assert len(ids) == 3


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 30), (2, 120), (3, 600), (4, 3600), (5, 21600), (6, 21600), (99, 21600)]
)
def test_retries_wait_longer_and_never_end(attempts, seconds):
    """30 s, 2 min, 10 min, 1 h, then every 6 h, moved by up to a fifth."""
    assert retry_delay(attempts, 0) == seconds
    assert retry_delay(attempts, -1) == pytest.approx(0.8 * seconds)
    assert retry_delay(attempts, 1) == pytest.approx(1.2 * seconds)


def test_a_file_is_found_by_date_agency_and_year(notice):
    """The date is the Chinese one: 17:30 UTC is the next day there."""
    late = replace(notice, dated_at=notice.dated_at.replace(hour=17))
    assert file_name(late) == f"2025-01-21-样例市数据局-2024-correction-{notice.id.hex[:8]}"


@pytest.mark.parametrize("name", ["../../etc/passwd", '样例\n市/局:*?"<>|', "局" * 300, None])
def test_no_name_leads_out_of_the_folder(notice, name):
    """What a report calls its agency is no path, and no file system refuses its length."""
    made = file_name(replace(notice, agency_name=name))
    assert not set(made) & set('/\\:*?"<>|\n')
    assert len(f"{made}.part".encode()) <= 255


def test_every_status_has_its_own_event(notice):
    """Two statuses of one notice are two events; the same one twice is one."""
    sent = replace(notice, status="sent")
    assert status_event(notice).inputs != status_event(sent).inputs
    assert status_event(sent) == status_event(sent)
    assert status_event(sent).key == notice.agency_key


def test_every_reason_is_told():
    """An operator reads why something waits."""
    assert set(REASONS) == {*HoldReason.__args__, *WaitReason.__args__}


def test_a_case_without_notices_has_told_nothing():
    """The defaults are those of a fresh case."""
    case = Case(UUID(int=1), None, "clean", 1)
    assert (case.told, case.unsent, case.numbers_told) == (None, None, {})
