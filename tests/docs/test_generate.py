"""`make docs` writes down what is additive, and refuses what would stop a reader."""

import json
import pathlib
import shutil
import subprocess
import sys

import pytest

DOCS = pathlib.Path(__file__).parents[2] / "docs"
EVENT = "nianbao.notice.status.v1"


@pytest.fixture
def docs(tmp_path):
    """Give a copy of the documentation with its generator and what that reads beside the code."""
    shutil.copytree(DOCS, tmp_path / "docs")
    shutil.copytree(DOCS.parent / "deploy" / "prometheus", tmp_path / "deploy" / "prometheus")
    return tmp_path / "docs"


def generated(docs):
    """Run the generator of a copy."""
    return subprocess.run(
        [sys.executable, str(docs / "generate.py")], cwd=DOCS.parent, capture_output=True, text=True, check=False
    )


def known_with(docs, **fields):
    """Make a copy's committed schema know other fields than the code has; None takes one away."""
    path = docs / "events" / f"{EVENT}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    for name, field in fields.items():
        schema["properties"].pop(name, None)
        schema["required"] = [each for each in schema["required"] if each != name]
        if field:
            schema["properties"][name] = field
            schema["required"].append(name)
    path.write_text(json.dumps(schema), encoding="utf-8")
    return path


def test_a_change_that_is_not_additive_is_refused_and_nothing_written(docs):
    """A committed field that the code has no more is named with the way out; the committed schema stays."""
    path = known_with(docs, reply={"type": "string"})
    known = path.read_text(encoding="utf-8")
    done = generated(docs)
    assert done.returncode == 1
    assert f"{EVENT}: reply is gone" in done.stdout
    assert ".v2" in done.stdout
    assert path.read_text(encoding="utf-8") == known


def test_an_event_that_is_gone_is_refused(docs):
    """A committed schema without an event is named."""
    (docs / "events" / "nianbao.gone.v1.schema.json").write_text("{}", encoding="utf-8")
    done = generated(docs)
    assert done.returncode == 1
    assert "nianbao.gone.v1.schema.json has no event any more" in done.stdout


def test_an_additive_change_is_written_down(docs):
    """A committed schema that lacks what is optional now is brought up to date."""
    path = docs / "events" / "nianbao.report.raw.v1.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    del schema["properties"]["held"]
    path.write_text(json.dumps(schema), encoding="utf-8")
    done = generated(docs)
    assert done.returncode == 0, done.stdout
    assert "nianbao.report.raw.v1.schema.json" in done.stdout
    assert path.read_text(encoding="utf-8") == (DOCS / "events" / path.name).read_text(encoding="utf-8")
