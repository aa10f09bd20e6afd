"""Errors are instructions to whoever runs the work; a fault in a report is a finding, never an error.

NianbaoError
├── Transient            wait and try again in place; never dead-lettered
├── Rejected(reason)     dead-letter at once; reasons are a closed list
└── UsageError           one clear line for the person at the command line, exit code 2
"""

from typing import Literal, get_args

RejectReason = Literal["envelope", "schema", "document_missing", "bug"]
REJECT_REASONS: tuple[RejectReason, ...] = get_args(RejectReason)


class NianbaoError(Exception):
    """Root of the errors of this project."""


class Transient(NianbaoError, ConnectionError):  # noqa: N818 - the name is the instruction
    """Infrastructure is away (database, broker, mail server): wait and try again."""


class Rejected(NianbaoError, ValueError):  # noqa: N818 - the name is the instruction
    """The event can never be handled: dead-letter it under `reason`."""

    def __init__(self, reason: RejectReason, message: str) -> None:
        super().__init__(message)
        self.reason: RejectReason = reason


class UsageError(NianbaoError, ValueError):
    """What a person asked for cannot be done as asked; the message is one line for them."""
