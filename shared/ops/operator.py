"""Who is at the command line: the name that stands beside a release, a hold or a changed mailbox."""

import getpass
import os
import sys

from shared.ops.errors import UsageError

_ANSWERS = {"y": True, "yes": True, "是": True, "n": False, "no": False, "否": False, "": False}


def operator_name() -> str:
    """Return NIANBAO_OPERATOR where it is set (several people behind one account), else the account's name."""
    named = os.environ.get("NIANBAO_OPERATOR", "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # an account without a name, as containers have
        return "unknown"


def confirmed(question: str) -> bool:
    """Ask on standard error and return the answer, no where there is only a line end; UsageError where nobody answers."""
    while True:
        print(f"{question}（是/否，y/n）", end="", file=sys.stderr, flush=True)  # noqa: T201 - a question, not a log
        line = sys.stdin.readline()
        if not line:
            print(file=sys.stderr)  # noqa: T201 - ends the line of the question
            raise UsageError("没有得到回答，什么也没有做；不想逐次回答可以用 --yes")
        answer = _ANSWERS.get(line.strip().lower())
        if answer is not None:
            return answer
