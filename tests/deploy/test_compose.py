"""deploy/compose.yaml and what goes with it: what the files say of every container, and that they agree."""

import os
import re
import subprocess
import sys

import pytest
import yaml

from services.settings import CLASSES
from shared.testing.compose import FILE, OURS, SERVICES, SERVING, VARIABLE
from shared.testing.fleet import GONE_SECONDS

DEPLOY = FILE.parent
ROOT = DEPLOY.parent


def settings_in(name: str) -> dict[str, str]:
    """Return the lines of an environment file, those commented out too."""
    return dict(re.findall(r"^#?([A-Z_]+)=(.*)$", (DEPLOY / name).read_text(encoding="utf-8"), re.MULTILINE))


def variables() -> dict[str, str]:
    """Return each variable of the file with `:?` where it must be set, `:-` where it has a default, "" where it may be set."""
    text = FILE.read_text(encoding="utf-8")
    named = {name: how for name, how, _ in VARIABLE.findall(text)}
    passed = {key for each in OURS for key, value in SERVICES[each]["environment"].items() if value is None}
    return {**dict.fromkeys(passed, ""), **named}


def test_the_file_is_a_compose_file():
    """It is valid by the schema of the Compose specification."""
    done = subprocess.run(
        ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", str(FILE)],
        env={**os.environ, "PATH": f"{sys.prefix}/bin:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_is_confined(name):
    """Read-only, without privileges, bounded, of a fixed version, heard on this machine alone, free to have siblings."""
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["pids_limit"]
    assert re.fullmatch(r"[a-z/]+:v?\d+(\.\d+)+(-\w+)?", service["image"])
    assert "container_name" not in service
    assert [port for port in service.get("ports", ()) if not port.startswith("127.0.0.1:")] == []
    assert service["mem_limit"]
    assert "healthcheck" in service or name in {"cli", "setup"}


@pytest.mark.parametrize("name", SERVING)
def test_a_service_may_take_its_time_to_end_and_does_not_restart_for_ever(name):
    """The grace is longer than any service takes; a halt after a flood of dead letters is not run over again and again."""
    assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) > GONE_SECONDS
    assert SERVICES[name]["restart"] == "on-failure:3"
    assert SERVICES[name]["depends_on"] == {"setup": {"condition": "service_completed_successfully"}}


def test_the_profile_for_many_reports_adds_replicas_of_parse_and_validate():
    """They differ from the first ones in number and profile alone, are asked under the same name, and take no port."""
    added = {name: service for name, service in SERVICES.items() if service.get("profiles") == ["scaled"]}
    assert {service["command"][1] for service in added.values()} == {"parse", "validate"}
    for service in added.values():
        first = SERVICES[service["command"][1]]
        assert {key: service.get(key) for key in first} == first
        assert set(service) - set(first) == {"profiles", "networks", "deploy"}
        assert service["networks"]["default"]["aliases"] == [service["command"][1]]
        assert "ports" not in service


def test_what_must_be_set_is_in_the_example_and_has_no_value_there():
    """The example names every variable of the file and no other; what must be set stands open, the demo sets no password."""
    example = settings_in("nianbao.env.example")
    assert set(example) == set(variables())
    required = {name for name, how in variables().items() if how == ":?"}
    open_ = re.findall(r"^([A-Z_]+)=$", (DEPLOY / "nianbao.env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(open_) == required
    secret = {name for name in example if re.search("(PASSWORD|TOKEN|KEY)$", name)}
    assert {name for name in secret if example[name] or variables()[name] == ":-"} == set()
    demo = settings_in("demo.env")
    assert required - secret <= set(demo) <= {*example, "COMPOSE_PROFILES", "COMPOSE_PROJECT_NAME"} - secret


@pytest.mark.parametrize("name", OURS)
def test_every_setting_of_a_container_is_one_of_ours(name):
    """A slip in a variable's name would otherwise be a setting that nobody reads."""
    known = {f"NIANBAO_{name.upper()}" for settings in CLASSES for name in settings.model_fields}
    assert set(SERVICES[name]["environment"]) <= known | {"NIANBAO_OPERATOR"}


def test_the_rule_set_of_the_office_reaches_what_judges():
    """What judges and what shows the rules name it by the same setting and see the same folder; what judges only reads there."""
    folder = "${NIANBAO_FILES:?the folder for lists and backups}:/files"
    for name, mounted in (("validate", f"{folder}:ro"), ("more-validate", f"{folder}:ro"), ("cli", folder)):
        assert SERVICES[name]["environment"]["NIANBAO_RULESET"] is None
        assert SERVICES[name]["volumes"] == [mounted]


def test_what_is_mounted_from_here_is_here():
    """Every folder of this repository that a container is given exists."""
    mounted = [mount for service in SERVICES.values() for mount in service.get("volumes", ()) if mount.startswith("./")]
    assert mounted
    assert [mount for mount in mounted if not (DEPLOY / mount.split(":")[0]).is_dir()] == []


def test_prometheus_and_grafana_find_what_they_ask_by_its_name():
    """The names and folders in their configuration are those that the file gives to containers and mounts."""
    scraping = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text(encoding="utf-8"))
    (asked,) = scraping["scrape_configs"][0]["dns_sd_configs"]
    assert {*asked["names"], *_aliases()} == {SERVICES[name]["command"][1] for name in SERVING}
    (alerted,) = scraping["alerting"]["alertmanagers"][0]["static_configs"][0]["targets"]
    assert alerted.split(":")[0] in SERVICES
    provisioning = DEPLOY / "grafana" / "provisioning"
    (source,) = yaml.safe_load((provisioning / "datasources" / "prometheus.yaml").read_text("utf-8"))["datasources"]
    assert source["url"] == "http://prometheus:9090"
    (shown,) = yaml.safe_load((provisioning / "dashboards" / "nianbao.yaml").read_text("utf-8"))["providers"]
    assert f"./grafana/dashboards:{shown['options']['path']}:ro" in SERVICES["grafana"]["volumes"]


def _aliases() -> set[str]:
    networks = [service["networks"] for service in SERVICES.values() if "networks" in service]
    return {alias for each in networks for alias in each["default"]["aliases"]}


def test_the_image_is_made_of_what_is_let_through_and_runs_as_nobody_of_note():
    """What the Dockerfile copies exists and passes .dockerignore; the account is not root; the command is nianbao."""
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = {
        part for line in lines if line.startswith("COPY ") and "--from" not in line for part in line.split()[1:-1]
    }
    passed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert copied == passed
    assert [part for part in copied if not (ROOT / part).exists()] == []
    assert "USER 10001:10001" in lines
    assert 'ENTRYPOINT ["nianbao"]' in lines
    assert any("--require-hashes --requirement requirements.lock" in line for line in lines)
