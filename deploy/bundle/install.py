"""把 nianbao 装进本文件夹的 venv：不连网络，每个安装包都按 requirements.lock 核对。由 install.bat 或 install.sh 运行。"""

import pathlib
import platform
import shutil
import subprocess
import sys
import sysconfig
import venv

HERE = pathlib.Path(__file__).resolve().parent
PLACE = HERE / "venv"
WINDOWS = sys.platform == "win32"
PYTHON = PLACE / ("Scripts/python.exe" if WINDOWS else "bin/python")
REPORTS = HERE / "报告"


def main() -> None:
    """Install, and say in Chinese what to do next or what stands in the way."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    hindrance = unfit()
    if hindrance:
        sys.exit(hindrance)
    print("正在安装，大约一分钟……", flush=True)
    install()
    REPORTS.mkdir(exist_ok=True)
    ending = "bat" if WINDOWS else "sh"
    print(f"装好了。把年度报告放进“报告”文件夹，然后运行 check.{ending}；详见 使用说明.html。")


def unfit() -> str:
    """Return why it cannot be installed here, nothing where it can."""
    if not (HERE / "wheels").is_dir():
        return "旁边没有 wheels 文件夹：请把整个文件夹复制过来，不要只复制其中的几个文件，也不要在压缩包里直接运行。"
    if WINDOWS and not str(HERE).isascii():
        return f"请把整个文件夹移到只含英文字母和数字的位置，例如 C:\\nianbao，再安装：内置数据库在这里未必能启动。\n{HERE}"
    version = f"{sys.version_info.major}{sys.version_info.minor}"
    if not any((HERE / "wheels").glob(f"*-cp{version}-{tag()}.whl")):
        return (
            f"这里的安装包不适用于本机的 Python {platform.python_version()}（{sysconfig.get_platform()}）。\n"
            "需要64位的 Python，版本见 使用说明.html；电脑可以是 Windows（x64）或 Linux（x86_64、aarch64，glibc 2.28 以上）。"
        )
    return ""


def tag() -> str:
    """Return the pattern of the platform tags of wheels for this computer."""
    if WINDOWS:
        return sysconfig.get_platform().replace("-", "_")
    return f"manylinux*_{platform.machine()}*"


def install() -> None:
    """Make the environment anew, so that one of an older version, or of a folder that was moved, leaves nothing behind."""
    try:
        shutil.rmtree(PLACE)
    except FileNotFoundError:
        pass
    except OSError:
        sys.exit("旧的程序还在运行：请先关闭 start 的窗口，再安装。")
    try:
        venv.create(PLACE, with_pip=True)
    except (subprocess.CalledProcessError, ModuleNotFoundError):
        sys.exit("这个 Python 不能建立虚拟环境：Debian、Ubuntu、UOS、麒麟请先安装软件包 python3-venv。")
    pip("--require-hashes", "--requirement", str(HERE / "requirements.lock"))


def pip(*wanted: str) -> None:
    """Install from the folder of wheels and from nowhere else."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    found = subprocess.run([*command, "--find-links", str(HERE / "wheels"), *wanted], check=False)  # noqa: S603 - our own arguments
    if found.returncode:
        sys.exit("没有装成，原因见上面；文件可能没有复制完整，请重新复制整个文件夹再试。")


if __name__ == "__main__":
    main()
