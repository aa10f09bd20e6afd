"""What a judgement means for its case: who is mailed, who waits, and who hears nothing."""

from uuid import UUID

import pytest

from services.notify.case import Ignore, Keep, Pause, Rest, Wait, Write, decide, fingerprints, numbered
from services.notify.core import Case, Earlier
from shared.model.agency import Agency
from shared.testing.judgements import explained, finding, same_document, violations

AGENCY = Agency("1", "样例市数据局", mailbox="data@example.invalid")
MUTE = Agency("1", "样例市数据局")
FAULT = finding()
OTHER = finding(read=7, expected=9)
DOUBT = finding("C-02", "W", read="/", expected=None)
HINT = finding("F-09", "I", read=None, expected=None)
FAULTY = violations(FAULT, number=2)


def _case(*, status="open", number=1, told=None, unsent=None):
    return Case(UUID(int=1), "2024-00001", status, number, told=told, unsent=unsent)


def _earlier(event, kind="correction", hold=None):
    return Earlier(kind, hold, fingerprints(event.judgement.findings), event.sha256, {})


@pytest.mark.parametrize("severity", ["E", "W"])
def test_a_fault_or_a_doubt_is_mailed(severity):
    """First judgement, agency known, released by itself."""
    assert decide(None, violations(finding(severity=severity)), AGENCY, "auto") == Write("correction", None)


def test_hints_alone_never_trigger_a_mail():
    """I is never the only reason for a mail."""
    assert decide(None, violations(HINT), AGENCY, "auto") == Rest("clean")


def test_a_waived_finding_does_not_trigger_a_mail():
    """It was explained."""
    assert decide(None, violations(explained(DOUBT)), AGENCY, "auto") == Rest("clean")


def test_a_clean_report_opens_nothing():
    """No case, no mail."""
    assert decide(None, violations(), AGENCY, "auto") == Rest("clean")


def test_what_could_not_be_checked_waits_for_a_person():
    """It is never mailed as a fault, whatever else was found."""
    judged = violations(DOUBT, verdict="无法核验")
    assert decide(None, judged, AGENCY, "auto") == Wait("not_assessable")
    assert decide(_case(told=_earlier(FAULTY)), violations(verdict="无法核验", number=2), AGENCY, "auto") == Wait(
        "not_assessable"
    )


@pytest.mark.parametrize("judged", [FAULTY, violations(number=2), violations(verdict="无法核验", number=2)])
def test_nobody_hears_of_a_report_that_waits_for_an_attachment(judged):
    """Whatever was found so far, the case stays as it is, and what was not sent is overtaken; an operator's hold stays."""
    waiting = judged.model_copy(update={"waiting": True})
    assert decide(None, waiting, AGENCY, "auto") == Pause()
    assert decide(_case(unsent=_earlier(FAULTY)), waiting, AGENCY, "auto") == Pause()
    assert decide(_case(unsent=_earlier(FAULTY, hold="operator")), waiting, AGENCY, "auto") == Keep()
    assert decide(_case(number=2), waiting, AGENCY, "auto") == Ignore()


@pytest.mark.parametrize(
    ("agency", "release", "held", "year", "hold"),
    [
        (None, "auto", False, 2024, "unknown_agency"),
        (MUTE, "auto", False, 2024, "no_mailbox"),
        (AGENCY, "auto", False, None, "unknown_year"),
        (AGENCY, "auto", True, 2024, "rerun"),
        (AGENCY, "review", False, 2024, "review"),
        (AGENCY, "review", True, 2024, "rerun"),
        (None, "review", True, None, "unknown_agency"),
        (AGENCY, "auto", False, 2024, None),
    ],
)
def test_what_holds_a_mail_back(agency, release, held, year, hold):
    """What an operator must mend comes before what he only has to release."""
    decision = decide(None, violations(FAULT, held=held, year=year), agency, release)
    assert decision == Write("correction", hold)
    waits = hold in {"unknown_agency", "no_mailbox", "unknown_year"}
    assert (decision.status, decision.waits_for) == (("waiting", hold) if waits else ("open", None))


@pytest.mark.parametrize("number", [1, 2])
def test_an_older_judgement_changes_nothing(number):
    """Events may arrive late or twice."""
    assert decide(_case(number=2), violations(FAULT, number=number), AGENCY, "auto") == Ignore()


def test_the_same_faults_are_not_mailed_again():
    """A new version with the very same faults has been told already; figures changed have not."""
    told = _case(told=_earlier(violations(FAULT, HINT)))
    assert decide(told, FAULTY, AGENCY, "auto") == Rest("open")
    assert decide(told, violations(FAULT, DOUBT, number=2), AGENCY, "auto") == Write("correction", None)
    assert decide(told, violations(OTHER, number=2), AGENCY, "auto") == Write("correction", None)


def test_a_rerun_does_not_disturb_what_waits_to_be_sent():
    """Same document, same faults: the notice stays, released or not; another document takes its place."""
    waiting = _case(unsent=_earlier(FAULTY))
    assert decide(waiting, same_document(FAULTY, 3, held=True), AGENCY, "auto") == Keep()
    assert decide(waiting, violations(FAULT, number=3), AGENCY, "auto") == Write("correction", None)


@pytest.mark.parametrize(("release", "held", "hold"), [("auto", False, "confirm"), ("review", True, "confirm")])
def test_an_applicant_named_holds_the_mail_back(release, held, hold):
    """Somebody looks first, also where mails go out by themselves; once it was explained, nobody has to."""
    named = finding("P-05", "W", read=None, expected=None, attention="confirm")
    assert decide(None, violations(named, held=held), AGENCY, release) == Write("correction", hold)
    assert decide(None, violations(FAULT, explained(named)), AGENCY, "auto") == Write("correction", None)
    assert decide(None, violations(named), MUTE, release) == Write("correction", "no_mailbox")


def test_what_is_urgent_has_the_first_number():
    """It is the first that the mail tells."""
    urgent = finding("P-01", places=(), attention="urgent")
    assert numbered({}, [FAULT, DOUBT, urgent]) == {urgent.key: 1, FAULT.key: 2, DOUBT.key: 3}


def test_what_an_operator_holds_stays_held():
    """A newer judgement must not slip a mail past him."""
    held = _case(unsent=_earlier(FAULTY, hold="operator"))
    assert decide(held, violations(OTHER, number=3), AGENCY, "auto") == Write("correction", "operator")


def test_a_corrected_version_closes_the_case():
    """With one mail if the agency had been told of faults; without if it never was."""
    assert decide(_case(told=_earlier(FAULTY)), violations(number=3), AGENCY, "auto") == Write("closing", None)
    assert Write("closing", "no_mailbox").status == "closed"
    assert decide(_case(unsent=_earlier(FAULTY)), violations(number=3), AGENCY, "auto") == Rest("closed")


def test_a_closed_case_hears_nothing_more_until_there_is_something():
    """One closing mail; new faults open the case again, even the old ones."""
    closing = _earlier(violations(), kind="closing")
    assert decide(_case(status="closed", told=closing), violations(number=4), AGENCY, "auto") == Rest("closed")
    assert decide(_case(status="closed", told=closing), FAULTY, AGENCY, "auto") == Write("correction", None)
    unsent = _case(status="closed", told=_earlier(FAULTY), unsent=closing)
    assert decide(unsent, violations(number=4), AGENCY, "auto") == Keep()


def test_faults_that_return_before_the_closing_mail_went_out_were_told():
    """The agency never heard that all was well."""
    case = _case(status="closed", told=_earlier(FAULTY), unsent=_earlier(violations(), kind="closing"))
    assert decide(case, violations(FAULT, number=4), AGENCY, "auto") == Rest("open")


def test_findings_keep_their_numbers():
    """Errors are counted before warnings before hints; a finding that stays keeps its number, a new one goes on."""
    first = numbered({}, [HINT, DOUBT, FAULT])
    assert [first[each.key] for each in (FAULT, DOUBT, HINT)] == [1, 2, 3]
    new = finding("T4-01")
    assert numbered(first, [new, DOUBT]) == {**first, new.key: 4}
