"""The flood stop: a consumer that can handle nothing halts instead of emptying its topic into the dead letters."""

from collections import deque

from shared.ops.errors import Halted, RejectReason

_IN_A_ROW = 20
_WINDOW = 200
_SHARE = 0.2
_COUNTED: frozenset[RejectReason] = frozenset({"schema", "bug"})


class FloodStop:
    """Counts the last events of a consumer; only `schema` and `bug` count: they are about us, not about a document."""

    def __init__(self, consumer: str) -> None:
        self._consumer = consumer
        self._recent: deque[bool] = deque(maxlen=_WINDOW)
        self._in_a_row = 0

    def count(self, reason: RejectReason | None) -> None:
        """Count an event handled (None) or dead-lettered."""
        if reason is not None and reason not in _COUNTED:
            return
        self._recent.append(reason is not None)
        self._in_a_row = self._in_a_row + 1 if reason else 0

    def check(self) -> None:
        """Raise Halted at 20 in a row, or at more than 20 % of the last 200."""
        share = sum(self._recent) / _WINDOW if len(self._recent) == _WINDOW else 0.0
        if self._in_a_row >= _IN_A_ROW or share > _SHARE:
            raise Halted(
                f"{self._consumer} 已自行停下：连续或大量事件无法处理，继续只会堆积死信；"
                f"请看 nianbao dead-letters list --consumer {self._consumer}，排除原因后重新启动"
            )
