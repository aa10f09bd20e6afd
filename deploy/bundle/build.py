"""Makes the folder that installs nianbao on a computer without internet: `make bundle`.

All wheels for each platform and Python version stand in it, with the hashes of the lock file, scripts and a guide.
Needs the network; an sdist is never taken, so what has no wheel for a platform stops the making with its name.
"""

import argparse
import hashlib
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence

from packaging.requirements import Requirement

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
LOCK = ROOT / "requirements.lock"
OUTPUT = ROOT / "dist" / "nianbao-bundle"

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
OLDEST_GLIBC, NEWEST_GLIBC = 5, 28
SYSTEMS = {
    "win_amd64": ("win32", "nt", "AMD64"),
    "x86_64": ("linux", "posix", "x86_64"),
    "aarch64": ("linux", "posix", "aarch64"),
}
"""Platform -> what the markers of a requirement ask there: sys_platform, os_name, platform_machine."""

FOR_WINDOWS = ("install.bat", "check.bat", "start.bat", "nianbao.bat")
FOR_LINUX = ("install.sh", "check.sh", "start.sh", "nianbao.sh")
FOR_ALL = ("install.py", "使用说明.html")


class MissingWheelError(Exception):
    """A package has no wheel for a platform and a Python version."""


def main() -> None:
    """Make the bundle, or say in one line which wheel there is not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=pathlib.Path, default=OUTPUT)
    parser.add_argument(
        "--platform", choices=SYSTEMS, action="append", help="one of them instead of all; may be repeated"
    )
    parser.add_argument(
        "--python", choices=PYTHONS, action="append", help="one of them instead of all; may be repeated"
    )
    asked = parser.parse_args()
    try:
        make(asked.output, asked.platform or tuple(SYSTEMS), asked.python or PYTHONS)
    except MissingWheelError as fault:
        sys.exit(str(fault))


def make(output: pathlib.Path, platforms: Sequence[str], pythons: Sequence[str], lock: pathlib.Path = LOCK) -> None:
    """Write the bundle to `output` whole or not at all; MissingWheelError where a wheel is not to be had."""
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent) as folder:
        draft = pathlib.Path(folder, output.name)
        wheels = draft / "wheels"
        wheels.mkdir(parents=True)
        for platform in platforms:
            for python in pythons:
                download(lock, platform, python, wheels)
        _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT))
        (draft / "requirements.lock").write_text(_with_ourselves(lock, wheels), encoding="utf-8", newline="\n")
        _copy_scripts(draft)
        shutil.rmtree(output, ignore_errors=True)
        draft.rename(output)
    _tell(output)


def download(lock: pathlib.Path, platform: str, python: str, wheels: pathlib.Path) -> None:
    """Put the wheels that the lock file asks for on a platform and Python version into a folder, their hashes checked."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = pathlib.Path(folder, "requirements.txt")
        wanted.write_text("\n".join(requirements(lock, platform, python)), encoding="utf-8")
        fault = _pip(
            "download", "--no-deps", "--require-hashes", "--only-binary=:all:", "--implementation=cp",
            f"--python-version={python}", *(f"--platform={tag}" for tag in tags(platform)),
            f"--dest={wheels}", f"--requirement={wanted}", may_fail=True,
        )  # fmt: skip
    missing = re.search(r"No matching distribution found for (\S+)", fault)
    if missing:
        raise MissingWheelError(f"{missing[1]} has no wheel for {platform}, Python {python}")
    if fault:
        sys.exit(fault)


def requirements(lock: pathlib.Path, platform: str, python: str) -> Iterator[str]:
    """Yield each line of the lock file that holds on a platform and Python version, with its hashes and without its marker.

    pip itself asks the markers of the machine it runs on, whatever --platform says, and would leave out colorama on Windows.
    """
    for line in lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        wanted, *hashes = re.split(r"\s+--hash=", line.strip())
        if wanted and not wanted.startswith("#"):
            requirement = Requirement(wanted)
            if _holds(requirement, platform, python):
                pinned = f"{requirement.name}{requirement.specifier}"
                yield " ".join([pinned, *(f"--hash={each}" for each in hashes)])


def _holds(requirement: Requirement, platform: str, python: str) -> bool:
    """Return whether it is wanted on the first or on a late patch release of this Python."""
    system, name, machine = SYSTEMS[platform]
    fixed = {
        "sys_platform": system,
        "os_name": name,
        "platform_machine": machine,
        "platform_system": {"win32": "Windows", "linux": "Linux"}[system],
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "python_version": python,
    }
    patches = (f"{python}.0", f"{python}.99")
    return requirement.marker is None or any(
        requirement.marker.evaluate(fixed | {"python_full_version": patch, "implementation_version": patch})
        for patch in patches
    )


def tags(platform: str) -> Sequence[str]:
    """Return the platform tags whose wheels run there: on Linux those of every glibc up to 2.28 (UOS 20, Debian 10)."""
    if platform.startswith("win"):
        return (platform,)
    older = ("manylinux2014", "manylinux2010", "manylinux1")
    named = [f"manylinux_2_{minor}" for minor in range(NEWEST_GLIBC, OLDEST_GLIBC - 1, -1)]
    return [f"{tag}_{platform}" for tag in (*named, *older)]


def _with_ourselves(lock: pathlib.Path, wheels: pathlib.Path) -> str:
    """Return the lock file with a line for our own wheel: copied over an older bundle, that one's wheel stays behind."""
    (wheel,) = wheels.glob("nianbao-*.whl")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{lock.read_text(encoding='utf-8')}nianbao=={wheel.name.split('-')[1]} --hash=sha256:{digest}\n"


def _pip(*arguments: str, may_fail: bool = False) -> str:
    """Run pip and return what it said where it failed, else nothing."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603 - our own arguments
    if run.returncode and not may_fail:
        sys.exit(run.stderr)
    return run.stderr if run.returncode else ""


def _copy_scripts(draft: pathlib.Path) -> None:
    """Copy the scripts, each with the line ends of its system: cmd.exe loses its place in a file with the other ones."""
    for name in (*FOR_WINDOWS, *FOR_LINUX, *FOR_ALL):
        text = (HERE / name).read_text(encoding="utf-8")
        (draft / name).write_text(text, encoding="utf-8", newline="\r\n" if name in FOR_WINDOWS else "\n")
    for name in FOR_LINUX:
        (draft / name).chmod(0o755)
    shutil.copyfile(ROOT / "LICENSE", draft / "LICENSE")


def _tell(output: pathlib.Path) -> None:
    files = [path for path in output.rglob("*") if path.is_file()]
    mebibytes = sum(path.stat().st_size for path in files) / 2**20
    wheels = len(list(output.glob("wheels/*.whl")))
    print(f"{wheels} wheels, {mebibytes:.0f} MiB:\n{output}")


if __name__ == "__main__":
    main()
