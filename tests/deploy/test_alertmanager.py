"""Who hears of an alert: the routes as amtool reads them, and mails of a real Alertmanager."""

import re

import pytest
import yaml

from shared.testing.alertmanager import alertmanager
from shared.testing.mailserver import mail_server
from shared.testing.promtool import DEPLOY, installed, told
from shared.testing.waiting import until

pytestmark = pytest.mark.skipif(not installed("amtool"), reason="prometheus-alertmanager is not installed")

CONFIGURATION = "alertmanager/alertmanager.yml"
SINCE = "2026-01-20T01:30:00Z"


def read(name):
    """Return a file of deploy/."""
    return yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))


ALERTS = {rule["alert"]: rule for group in read("prometheus/rules/alerts.yml")["groups"] for rule in group["rules"]}
CASES = [
    case
    for path in sorted((DEPLOY / "prometheus" / "tests").glob("*.yml"))
    for test in read(path.relative_to(DEPLOY))["tests"]
    for case in test["alert_rule_test"]
]
RECEIVERS = {"page": "on-call@example.invalid", "ticket": "office@example.invalid"}


def firing(name, **more):
    """Return an alert as Prometheus hands it over, with the labels and the words of its first case."""
    fired = next(case["exp_alerts"][0] for case in CASES if case["alertname"] == name and case["exp_alerts"])
    labels = {"alertname": name, **fired["exp_labels"]}
    return {"labels": labels, "annotations": fired["exp_annotations"], "startsAt": SINCE, **more}


def test_alertmanager_takes_it():
    """`amtool check-config` finds no fault."""
    code, said = told("amtool", "check-config", CONFIGURATION)
    assert code == 0, said


@pytest.mark.parametrize("alert", ALERTS)
def test_an_alert_goes_to_whom_its_urgency_says(alert):
    """A page to whoever is on call, a ticket to the office."""
    severity = ALERTS[alert]["labels"]["severity"]
    labels = [f"{name}={value}" for name, value in firing(alert)["labels"].items()]
    route = ("config", "routes", "test", f"--config.file={CONFIGURATION}", f"--verify.receivers={severity}")
    code, said = told("amtool", *route, *labels)
    assert code == 0, said
    receivers = {each["name"]: each["email_configs"][0]["to"] for each in read(CONFIGURATION)["receivers"]}
    assert receivers == RECEIVERS


def test_what_nobody_foresaw_reaches_the_office():
    """An alert without a severity is not dropped."""
    route = ("config", "routes", "test", f"--config.file={CONFIGURATION}", "--verify.receivers=ticket")
    assert told("amtool", *route, "alertname=New")[0] == 0


def test_only_what_exists_is_held_back():
    """A slip in a name would hold back nothing, or never; what is about one service is held back by that service's cause alone."""
    for rule in read(CONFIGURATION)["inhibit_rules"]:
        (causes,), (effects,) = (
            [_named(matcher) for matcher in rule[side]] for side in ("source_matchers", "target_matchers")
        )
        assert causes | effects <= ALERTS.keys()
        of_the_whole = {name for name in effects if ALERTS[name]["labels"].get("stage") == "pipeline"}
        assert (effects - of_the_whole, of_the_whole, rule.get("equal")) in [
            (effects, set(), ["stage"]),
            (set(), effects, None),
        ]


def _named(matcher):
    return set(re.fullmatch(r'alertname=~?"([\w|]+)"', matcher)[1].split("|"))


@pytest.fixture
async def mailing(tmp_path):
    """Give a running Alertmanager with the configuration of deploy/ that waits for nothing, and its mail server."""
    async with mail_server() as mails:
        configuration = read(CONFIGURATION)
        configuration["global"] |= {"smtp_smarthost": f"{mails.host}:{mails.port}", "smtp_require_tls": False}
        configuration["route"] |= {"group_wait": "0s", "group_interval": "1s"}
        with alertmanager(tmp_path, configuration) as server:
            await until(server.is_ready)
            yield server, mails


def letters(mails):
    """Return recipient, subject and text of the mails that came."""
    return [(message["To"], str(message["Subject"]), message.get_body().get_content()) for message in mails.messages]


async def came(mails, count):
    """Return whether so many mails came."""
    return len(mails.taken) >= count


async def are(server, state, *names):
    """Return whether these alerts are in a state."""
    states = await server.states()
    return {states.get(name) for name in names} == {state}


async def test_a_cause_is_told_and_what_follows_from_it_is_not(mailing):
    """While a service is down its backlog and late reports are no news; another's backlog is. When it is back, that is told too."""
    server, mails = mailing
    down, behind = firing("ServiceDown"), firing("ConsumerLagGrowing")
    assert (down["labels"]["stage"], behind["labels"]["stage"]) == ("parse", "validate")
    await server.take([down])
    await until(lambda: came(mails, 1))
    follows = ("ConsumerStuck", "WorkTooOld", "E2ELatencyBurnFast", "E2ELatencyBurnSlow")
    await server.take([*map(firing, follows), behind])
    await until(lambda: are(server, "suppressed", *follows))
    await until(lambda: came(mails, 2))
    await server.take([{**down, "endsAt": "2026-01-20T01:50:00Z"}])
    await until(lambda: came(mails, 3))
    (page, subject, text), (ticket, growing, _), (_, back, resolved) = letters(mails)[:3]
    assert (page, ticket) == (RECEIVERS["page"], RECEIVERS["ticket"])
    assert subject == f"【立即处理】{down['annotations']['summary']}"
    assert growing == f"【待处理】{behind['annotations']['summary']}"
    assert "自 2026-01-20 09:30 起。怎么办：docs/runbooks/ServiceDown.md" in text
    assert back == "【已恢复】ServiceDown"
    assert "2026-01-20 09:30 至 2026-01-20 09:50" in resolved
