"""Who is at the command line: the name that stands beside a release, a hold or a changed mailbox."""

import getpass
import os


def operator_name() -> str:
    """Return NIANBAO_OPERATOR where it is set (several people behind one account), else the account's name."""
    named = os.environ.get("NIANBAO_OPERATOR", "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # an account without a name, as containers have
        return "unknown"
