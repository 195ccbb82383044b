"""Remember something of each of the last few thousand names that were heard of, for all threads of a process."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Final, Generic, TypeVar

MOST: Final = 4096

Value = TypeVar("Value")


class BoundedCache(Generic[Value]):
    """Hold at most `MOST` values; those that were put in longest ago go first."""

    def __init__(self) -> None:
        self._values: OrderedDict[str, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str, default: Value) -> Value:
        """The value of a name; `default` where there is none any more."""
        with self._lock:
            return self._values.get(name, default)

    def put(self, name: str, value: Value) -> None:
        """Remember the value of a name."""
        with self._lock:
            self._values[name] = value
            self._values.move_to_end(name)
            while len(self._values) > MOST:
                self._values.popitem(last=False)
