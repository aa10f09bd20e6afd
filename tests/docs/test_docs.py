import pathlib
import re
import subprocess
import sys

import pytest

from services.__main__ import COMMANDS
from services.parse.reasons import REASONS as DOCUMENT_REASONS
from services.settings import CLASSES
from services.validate.rules import RULES
from shared.documents import PROBLEMS
from shared.model.reasons import REASONS
from shared.ops.metrics import METRICS
from shared.stream.topics import TOPICS

ROOT = pathlib.Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def text(name: str) -> str:
    """Return a page."""
    return (ROOT / name).read_text(encoding="utf-8")


def test_generated_parts_are_fresh():
    """What `make docs` would write is what stands there."""
    run = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, f"stale, run `make docs`: {run.stdout}{run.stderr}"


def test_nothing_is_undocumented():
    """Every command, setting, rule, topic, metric and code has its place in the docs."""
    assert [name for name in COMMANDS if f"\n### nianbao {name}\n" not in text("docs/commands.md")] == []
    settings = {name for settings_class in CLASSES for name in settings_class.model_fields}
    assert [name for name in settings if f"| `{name}` |" not in text("docs/settings.md")] == []
    assert [rule.id for rule in RULES if f"### {rule.id} " not in text("docs/rules.md")] == []
    assert [topic.name for topic in TOPICS if f"`{topic.name}`" not in text("docs/events.md")] == []
    assert [each.name for each in METRICS if f"| `{each.name}` |" not in text("docs/metrics.md")] == []
    codes = (*DOCUMENT_REASONS, *PROBLEMS, *REASONS)
    assert [code for code in codes if f"| `{code}` |" not in text("docs/output.md")] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_and_commands_of_a_page(page: pathlib.Path):
    """Every link of a page leads somewhere, and every command that it names exists."""
    written = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", written)
    assert [link for link in links if not (page.parent / link).exists()] == []
    named = re.findall(r"(?:`|    |/)nianbao ([a-z-]+)", written)
    assert [name for name in named if name not in COMMANDS] == []


def test_readmes_say_the_same():
    """The English and the Chinese README name the same commands and the same pages."""
    english, chinese = text("README.md"), text("README.zh.md")
    for pattern in (
        r"(?:`|    |/)(nianbao [a-z-]+(?: (?:import|list|migrate|release|show|hold|template|explain))?)",
        r"\]\((docs/[^)]+)\)",
        r"    make [a-z]+",
    ):
        assert set(re.findall(pattern, english)) == set(re.findall(pattern, chinese))


def test_make_has_what_the_docs_name():
    """Every `make` target that a page names is in the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    named = {
        name for page in PAGES for name in re.findall(r"(?:`|    )make ([a-z]+)", page.read_text(encoding="utf-8"))
    }
    assert named <= targets
