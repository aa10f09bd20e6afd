import importlib.metadata
import itertools
import re
import subprocess
import sys
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.lock import OCR, ROOT, RUNTIME, TOOLS, locked

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FILES = pytest.mark.parametrize("file", [RUNTIME, OCR, TOOLS], ids=lambda file: file.name)


def group(name):
    """Return what a dependency group asks for, the groups that it includes too."""
    for each in PROJECT["dependency-groups"][name]:
        if isinstance(each, str):
            yield Requirement(each)
        else:
            yield from group(each["include-group"])


def asked(file):
    """Return what pyproject.toml asks a lock file for."""
    if file == TOOLS:
        return list(group("dev"))
    if file == OCR:
        return list(group("ocr"))
    project = PROJECT["project"]
    extras = (each for name, extra in project["optional-dependencies"].items() if name != "ocr" for each in extra)
    return [Requirement(each) for each in (*project["dependencies"], *extras, *PROJECT["build-system"]["requires"])]


def here(file):
    """Return what a lock file wants on this platform and Python."""
    return [each for each in locked(file) if each.requirement.marker is None or each.requirement.marker.evaluate()]


@FILES
def test_every_package_is_held_to_one_version_and_its_hashes(file):
    """Every line of a lock file belongs to a package with one version and SHA-256 hashes."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line[:1] not in {" ", "#"}]
    found = list(locked(file))
    assert len(found) == len(lines) > 0
    assert [each.name for each in found if str(each.requirement.specifier) != f"=={each.version}"] == []
    hashes = [each for package in found for each in package.hashes]
    assert [each for each in hashes if not re.fullmatch(r"sha256:[0-9a-f]{64}", each)] == []
    assert len(hashes) == file.read_text(encoding="utf-8").count("--hash=")


@FILES
def test_no_place_is_named(file):
    """A lock file names no address, no folder and no option of pip: whoever installs chooses where from."""
    text = file.read_text(encoding="utf-8")
    assert re.findall(r"^-.*|.*(?://|\\\w| @ |\.org|\.com|\.net|\.cn).*", text, re.MULTILINE) == []


def test_the_group_that_is_locked_is_the_extra():
    """The extra `ocr` and the group from which it is locked ask for the same."""
    assert PROJECT["dependency-groups"]["ocr"] == PROJECT["project"]["optional-dependencies"]["ocr"]


@FILES
def test_lock_and_project_are_in_step(file):
    """What pyproject.toml asks for is locked at a version that it allows, and nothing is locked for its sake that it asks no more."""
    versions = {each.name: each.version for each in locked(file)}
    wanted = {canonicalize_name(each.name): each.specifier for each in asked(file)}
    assert {name for name, allowed in wanted.items() if name not in versions or versions[name] not in allowed} == set()
    # What builds nianbao reaches the lock by standard input, which leaves no name.
    ours = {each.name for each in locked(file) if not each.via or any(name.startswith("nianbao ") for name in each.via)}
    assert ours == wanted.keys(), "run `make lock`"


@FILES
def test_nothing_is_locked_that_nobody_asks_for(file):
    """Every package is asked for by the project or by another one of the same file."""
    names = {each.name for each in locked(file)}
    outside = ("nianbao ", "-c ")
    asking = {each.name: {name for name in each.via if not name.startswith(outside)} for each in locked(file)}
    assert {name for name, others in asking.items() if not others <= names} == set()


@pytest.mark.parametrize("pair", list(itertools.combinations((RUNTIME, OCR, TOOLS), 2)), ids=lambda pair: pair[1].name)
def test_all_files_hold_one_version(pair):
    """What two files name has the same version, the same hashes and the same platforms in both."""
    one, other = ({each.name: (each.requirement, set(each.hashes)) for each in locked(file)} for file in pair)
    assert {name for name in one.keys() & other.keys() if one[name] != other[name]} == set()


def test_this_environment_is_the_locked_one():
    """The tests run on exactly the locked versions: what is locked for this platform is installed, and no other version of it."""
    installed = {canonicalize_name(each.name): each.version for each in importlib.metadata.distributions()}
    wanted = {each.name: each.version for file in (RUNTIME, OCR, TOOLS) for each in here(file)}
    other = {name: (version, installed.get(name)) for name, version in wanted.items() if installed.get(name) != version}
    assert other == {}, "run `make setup`: (locked, installed)"


def test_the_lock_is_complete():
    """Pip finds nothing missing and nothing at odds in what was installed without looking for dependencies."""
    check = [sys.executable, "-m", "pip", "check"]
    run = subprocess.run(check, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_make_and_image_install_by_hash():
    """Each way to install takes the lock file and asks for hashes; only what stands beside the product is installed otherwise."""
    for name in ("Makefile", "deploy/Dockerfile"):
        installs = re.findall(r"pip install .*", (ROOT / name).read_text(encoding="utf-8"))
        locking = [line for line in installs if "--require-hashes" in line and "--requirement requirements" in line]
        ourselves = [line for line in installs if "--no-deps --no-build-isolation" in line]
        beside = [line for line in installs if re.search(r'"(?:uv|pip)>=|--group bench', line)]
        assert locking
        assert sorted(installs) == sorted([*locking, *ourselves, *beside])
