import importlib.metadata
import json

import PIL.features
import pytest

from deploy.licences import (
    CARRIED,
    FREE,
    LEFT_OUT,
    PARTS,
    REASONS,
    STATED,
    WEAK,
    compiled_in,
    declared,
    licence,
    objection,
    recognition,
    runtime,
    satisfied,
)

PACKAGES = sorted(each.name for each in (*runtime(), *recognition()))


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Give a way to have a package installed, with metadata of the test's choice and, if given, an inventory of what is in it."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def install(*metadata, parts=None):
        folder = tmp_path / "invented-1.0.dist-info"
        (folder / "sboms").mkdir(parents=True)
        (folder / "METADATA").write_text("\n".join(["Name: invented", "Version: 1.0", *metadata]), encoding="utf-8")
        (folder / "sboms" / "invented.cyclonedx.json").write_text(
            json.dumps({"components": parts or []}), encoding="utf-8"
        )
        (folder / "RECORD").write_text(f"{folder.name}/sboms/invented.cyclonedx.json,,\n", encoding="utf-8")
        return "invented"

    return install


@pytest.mark.parametrize("name", PACKAGES)
def test_nothing_stands_against_a_package(name):
    """A package that runs with nianbao is free, or weak copyleft with a reason, and so is what is compiled into it."""
    assert objection(name) is None


def test_nothing_is_explained_that_is_not_there():
    """Reasons, notes and licences read by a person are those of packages that are installed and need them."""
    assert {*REASONS, *CARRIED, *STATED} <= set(PACKAGES)
    said = {name: [licence(name), *compiled_in(name).values()] for name in REASONS}
    assert [name for name, all_said in said.items() if all(satisfied(each, FREE) for each in all_said)] == []
    assert [name for name in STATED if satisfied(declared(name) or "", FREE | WEAK)] == []


def test_what_a_wheel_carries_is_noted():
    """A package that brings shared libraries along, put into it when its wheel was made, has a note on them."""
    installed = {name: importlib.metadata.files(name) or [] for name in PACKAGES if declared(name) is not None}
    carrying = {name for name, files in installed.items() if any(".libs" in file.parts[0] for file in files)}
    assert carrying <= CARRIED.keys()


def test_what_is_said_to_be_left_out_is():
    """No library of that name lies in the wheel, and the package itself says that it was made without."""
    for package, parts in LEFT_OUT.items():
        files = [file.name.lower() for file in importlib.metadata.files(package) or []]
        assert [name for name in files for part in parts if name.startswith((part.lower(), f"lib{part.lower()}"))] == []
    assert not PIL.features.check("libimagequant")


def test_a_part_without_a_licence_that_nobody_has_read_is_an_objection(package):
    """Only the parts that were read are known where an inventory is silent."""
    parts = [{"name": next(iter(PARTS)), "version": "1"}, {"name": "silent", "version": "3"}]
    assert "compiled into it is {'silent 3': ''}" in objection(package("License-Expression: MIT", parts=parts))


@pytest.mark.parametrize(
    ("expression", "met"),
    [
        ("MIT", True),
        ("MIT AND Apache-2.0", True),
        ("MIT OR GPL-3.0-only", True),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("MIT OR Apache-2.0 AND GPL-3.0-only", True),
        ("(MIT OR Apache-2.0) AND GPL-3.0-only", False),
        ("(MIT OR GPL-3.0-only) AND (ISC OR AGPL-3.0-only)", True),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("GPL-3.0-only WITH GCC-exception-3.1", False),
        ("", False),
        ("MIT AND", False),
        ("(MIT", False),
        ("MIT License", False),
        ("MIT/GPL-3.0-only", False),
        ("MIT and GPL", False),
    ],
)
def test_an_expression_is_met_by_one_side_of_or_and_both_of_and(expression, met):
    """SPDX expressions are weighed as they are written; what is no expression is not met."""
    assert satisfied(expression, FREE) is met


@pytest.mark.parametrize(
    ("metadata", "says"),
    [
        ([], "no licence known"),
        (["License-Expression: GPL-3.0-or-later"], "GPL-3.0-or-later is not among"),
        (["License-Expression: MIT AND AGPL-3.0-only"], "is not among"),
        (["License: Proprietary"], "Proprietary is not among"),
        (["License: MIT", "Classifier: License :: OSI Approved :: GNU General Public License v3 (GPLv3)"], "no licence known"),
        (["Classifier: License :: OSI Approved :: BSD License"], "BSD License is not among"),
        (["License-Expression: LGPL-3.0-or-later"], "asks for a reason"),
    ],
)  # fmt: skip
def test_what_may_not_run_is_named(package, metadata, says):
    """The GPL and the AGPL, what is unknown or said in two ways, and weak copyleft without a reason are objections."""
    assert says in objection(package(*metadata))


@pytest.mark.parametrize(
    "metadata",
    [
        ["License-Expression: MIT"],
        ["License-Expression: MIT", "License: whatever"],
        ["License: Apache 2", "Classifier: License :: OSI Approved :: Apache Software License"],
        ["Classifier: License :: OSI Approved :: MIT License"],
    ],
)
def test_older_ways_of_saying_it_are_read(package, metadata):
    """An expression goes before all else; without one, a name and a classifier that say the same are enough."""
    assert objection(package(*metadata)) is None


def test_what_is_compiled_in_counts(package):
    """A free package with something in it that is not free is an objection that names the part."""
    parts = [
        {"name": "fine", "version": "1", "licenses": [{"expression": "MIT OR LGPL-2.1-or-later"}]},
        {"name": "hidden", "version": "2", "licenses": [{"license": {"id": "GPL-2.0-only"}}]},
        {"name": "silent", "version": "3"},
    ]
    found = objection(package("License-Expression: MIT", parts=parts))
    assert "hidden 2" in found
    assert "silent 3" in found
    assert "fine" not in found
