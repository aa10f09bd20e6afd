"""What a command prints, on standard output or in a file: the same bytes on every system."""

import pathlib
import shutil
import sys

from shared.ops.errors import UsageError, system_said

_COLUMNS_IN_A_FILE = 100


def refuse_folder_missing(output: pathlib.Path | None) -> None:
    """Refuse a file in a folder that is not there, before anything is read for it: UsageError."""
    if output is not None and not output.parent.is_dir():
        raise UsageError(f"输出文件所在的文件夹不存在：{output.parent}")


def write(text: str, output: pathlib.Path | None) -> None:
    """Write the text as UTF-8 into the file, or to standard output."""
    # A file name that is no valid Unicode must not stop the output; line ends are the same on every system.
    data = text.encode("utf-8", "replace")
    if output is not None:
        output.write_bytes(data)
        return
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_new(data: bytes, path: pathlib.Path) -> None:
    """Write a file that is not there yet, such as a template to be filled in; UsageError where it is, or cannot be written."""
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as fault:
        raise UsageError(f"文件已经存在：{path}") from fault
    except OSError as fault:
        raise UsageError(f"写不了 {path}：{system_said(fault)}") from fault


def width_and_colour(output: pathlib.Path | None) -> tuple[int, bool]:
    """Return how many columns a line may have, and whether it may be coloured: only on a terminal."""
    on_terminal = sys.stdout.isatty() and output is None
    return (shutil.get_terminal_size().columns if on_terminal else _COLUMNS_IN_A_FILE), on_terminal
