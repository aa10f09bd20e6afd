"""What a person at the terminal of `nianbao up` reads of its log."""

import pytest

from services.notify.release import STATUSES
from services.notify.settings import NotifySettings
from services.telling import sentence
from shared.documents import PROBLEMS

DELIVERY = {"event": "delivery", "stage": "parse", "outcome": "done", "events": 1}


@pytest.mark.parametrize("release", ["review", "auto"])
def test_it_says_at_the_start_how_to_stop_and_whether_mails_wait(release):
    """For every way of releasing mails."""
    told = sentence({"event": "started", "release": NotifySettings(release=release).release, "mail": "folder"})
    assert "Ctrl-C" in told
    assert ("notices list" in told) == (release == "review")


def test_a_file_is_told_by_its_name():
    """Taken or refused, whatever stands in the way."""
    assert sentence({"event": "taken", "source": "/a/报告/样例.txt"}) == "收到：样例.txt"
    for problem, words in PROBLEMS.items():
        assert (
            sentence({"event": "refused", "source": "/a/b.zip/c.txt", "problem": problem})
            == f"没有收下：c.txt，{words}"
        )
        line = {"event": "attachment_unread", "source": "https://h.invalid/c.docx", "problem": problem}
        assert sentence(line) == f"附件没有读到：https://h.invalid/c.docx，{words}"


def test_a_report_is_told_once():
    """The steps between are for programs; what no report came of is told where it ends."""
    told = [
        sentence({**DELIVERY, "stage": stage, "outcome": outcome})
        for stage in ("parse", "validate", "notify")
        for outcome in ("done", "duplicate")
    ]
    assert [line for line in told if line] == [sentence({**DELIVERY, "stage": "notify"})]
    assert "documents list" in sentence({**DELIVERY, "events": 0})


def test_what_is_urgent_is_told_at_once():
    """By rule and with the command that names the report; not what was published."""
    told = sentence({"event": "urgent", "document": "6a5342ecdfde", "rules": ("P-01", "L-05")})
    assert told == "有报告公布了个人信息或者密级标志（P-01、L-05），请立即处理：nianbao tasks list"


def test_trouble_is_told_in_full():
    """What has no sentence, and a dead letter, stays the whole line."""
    assert sentence({"event": "away", "what": "database"}) is None
    assert sentence({**DELIVERY, "outcome": "dead"}) is None


@pytest.mark.parametrize("status", STATUSES)
def test_a_notice_is_told_by_its_number_and_what_became_of_it(status):
    """The number is the one that `nianbao notices` takes."""
    line = {"event": "notice", "notice": "5a3fd94f-71be-5736-82e5-e3b8fb1e9ac3", "outcome": status}
    assert sentence(line) == f"通知 5a3fd94f：{STATUSES[status]}"
