"""Makes the pictures of the README anew from the real program: `make screenshots`.

It needs Debian's `chromium` and `fonts-noto-cjk`. Look at every picture before committing it.
"""

import base64
import fcntl
import html
import io
import os
import pathlib
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

IMAGES = pathlib.Path(__file__).parent
NIANBAO = pathlib.Path(sys.executable).with_name("nianbao")
REPORT = "demo-output/reports/样例市示范区人民政府办公室-2024.txt"
COLUMNS = 112

_MONO = "'Noto Sans Mono CJK SC', 'Sarasa Mono SC', monospace"
_SANS = "'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"


def terminal(folder: pathlib.Path, *arguments: str) -> str:
    """Return a page that shows a command and what it prints on a terminal of COLUMNS columns."""
    printed = _on_terminal(folder, [str(NIANBAO), *arguments])
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), color_system="truecolor")
    prompt = Text("~/nianbao-try$ ", style="bold #7fb98a").append(
        f"nianbao {' '.join(arguments)}", style="bold #ffffff"
    )
    console.print(prompt, soft_wrap=True)
    console.print(Text.from_ansi(printed), soft_wrap=True)
    body = console.export_html(theme=DIMMED_MONOKAI, inline_styles=True, code_format="{code}").rstrip()
    return _page(
        f"<pre style='margin:16px 20px;font:inherit'>{body}</pre>",
        f"background:#1e2329;color:#d8dee6;font:14px/1.5 {_MONO};text-spacing-trim:space-all",
    )


def _on_terminal(folder: pathlib.Path, command: list[str]) -> str:
    """Return what a command writes to a terminal of its own, line ends as in a file."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    environment = {
        **os.environ,
        "TERM": "xterm-256color",
        "COLUMNS": str(COLUMNS),
        "PATH": f"{NIANBAO.parent}:{os.environ['PATH']}",
    }
    with subprocess.Popen(command, cwd=folder, stdin=its, stdout=its, stderr=its, env=environment) as process:  # noqa: S603 - our own program
        os.close(its)
        written = b"".join(iter(lambda: _read(ours), b""))
        process.wait()
    os.close(ours)
    # Of a line of progress the last state is seen.
    return re.sub(r"[^\n]*\r\x1b\[K", "", written.decode().replace("\r\n", "\n")).rstrip("\n")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # how Linux says that nobody writes any more
        return b""


def mail(folder: pathlib.Path) -> str:
    """Return a page that shows the demo's mail about the report as a mail program does."""
    (file,) = (folder / "demo-output" / "mails").glob(f"*{pathlib.Path(REPORT).stem}*.eml")
    message = message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    part = message.get_body(("html",))
    assert part is not None
    content = base64.b64encode(part.get_content().encode()).decode()
    told = {
        "发件人": message["From"],
        "收件人": message["To"],
        "时间": f"{message['Date'].datetime:%Y-%m-%d %H:%M}",
        "主题": message["Subject"],
    }
    rows = "".join(
        f"<tr><td style='color:#59636e;padding-right:16px'>{name}</td><td>{html.escape(str(value))}</td></tr>"
        for name, value in told.items()
    )
    return _page(
        f"<table style='margin:16px 24px;border-spacing:0 2px'>{rows}</table><div id='mail'></div>"
        f"<script>const bytes = Uint8Array.from(atob('{content}'), c => c.charCodeAt(0));"
        "const shadow = document.getElementById('mail').attachShadow({mode: 'open'});"
        "shadow.innerHTML = new TextDecoder().decode(bytes).replace(/<body/, '<div').replace(/<\\/body>/, '</div>');</script>",
        f"background:#f0f2f5;font:14px/1.6 {_SANS}",
    )


def _page(body: str, style: str) -> str:
    return f'<!doctype html><meta charset=utf-8><body style="margin:0;{style}">{body}</body>'


def page(folder: pathlib.Path) -> str:
    """Return the page that a check writes for the report."""
    _on_terminal(folder, [str(NIANBAO), "check", "--format", "html", "--output", "check.html", REPORT])
    return (folder / "check.html").read_text(encoding="utf-8")


PICTURES: dict[str, tuple[Callable[[pathlib.Path], str], int, int | None]] = {
    "terminal-demo": (lambda folder: terminal(folder, "demo"), 960, None),
    "terminal-check": (lambda folder: terminal(folder, "check", REPORT), 960, None),
    "check-page": (page, 1440, 1150),
    "mail": (mail, 820, 1000),
}
"""Picture -> its page, width and height; without a height as high as the page. The demo comes first: the others show what it wrote."""


def picture(name: str, shown: str, width: int, height: int | None, folder: pathlib.Path) -> None:
    """Write a page as it looks in a window of this size."""
    file = folder / f"{name}.html"
    file.write_text(shown, encoding="utf-8")
    _chromium(
        f"--window-size={width},{height or _height(file, width)}", f"--screenshot={IMAGES / name}.png", file.as_uri()
    )


def _height(file: pathlib.Path, width: int) -> int:
    measured = file.with_suffix(".measured.html")
    script = "<script>document.title = document.documentElement.getBoundingClientRect().height</script>"
    measured.write_text(file.read_text(encoding="utf-8") + script, encoding="utf-8")
    title = re.search(
        r"<title>([\d.]+)</title>", _chromium(f"--window-size={width},200", "--dump-dom", measured.as_uri())
    )
    assert title is not None
    return round(float(title[1]))


def _chromium(*arguments: str) -> str:
    browser = shutil.which("chromium") or "google-chrome"
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own pages


def main() -> None:
    """Make every picture in a folder of its own, in the order of PICTURES."""
    with tempfile.TemporaryDirectory() as folder:
        for name, (shown, width, height) in PICTURES.items():
            picture(name, shown(pathlib.Path(folder)), width, height, pathlib.Path(folder))
            print(f"{IMAGES / name}.png")


if __name__ == "__main__":
    main()
