"""Values that are made at the first question and kept."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Self, TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class once(cached_property[T_co]):  # noqa: N801 (a decorator, as `property` is)
    """
    A `cached_property` for objects that one thread has for itself.

    Until Python 3.12 the one of the library takes a lock each time: too much where millions of
    small objects ask once.
    """

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> T_co: ...

    def __get__(self, instance: object, owner: type[Any] | None = None) -> Self | T_co:
        """Return the value, making it where there is none yet."""
        if instance is None:
            return self
        value: T_co = self.func(instance)
        instance.__dict__[self.func.__name__] = value
        return value
