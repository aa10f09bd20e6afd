"""The bearer token of uploads: made once, kept in a file that only its owner can read."""

import os
import pathlib
import secrets
import stat
import tempfile

from services.ingest.settings import IngestSettings
from shared.ops.errors import UsageError

FILE = "upload-token"


def token(settings: IngestSettings) -> str | None:
    """Return the token of the settings, else that of the token file; None where there is neither.

    Raises UsageError for a file that others can read.
    """
    if settings.upload_token is not None:
        return settings.upload_token.get_secret_value()
    path = settings.data_dir / FILE
    try:
        text = path.read_text("ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"上传令牌文件无法读取：{path}") from fault
    # Windows keeps no such bits; there the user's own data folder is what protects the file.
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError(f"上传令牌文件可被他人读取，请执行 chmod 600 {path}")
    if not text:
        raise UsageError(f"上传令牌文件是空的，请删除后重新启动：{path}")
    return text


def token_or_new(settings: IngestSettings) -> str:
    """Return the token, made now if there is none; of several processes that make one at once, one wins and all get its."""
    known = token(settings)
    if known is not None:
        return known
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(settings.data_dir / FILE, secrets.token_urlsafe(32))
    return token(settings) or ""


def _write(path: pathlib.Path, text: str) -> None:
    """Create the file whole or not at all, unless it is there already; mkstemp makes it for its owner only."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    draft = pathlib.Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{text}\n")
            file.flush()
            os.fsync(descriptor)
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
