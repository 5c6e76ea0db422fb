"""Sessions between which a participant chooses, because they lie at one time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from conferences import programme
from conferences.programme import Item


@dataclass(frozen=True)
class Slot:
    """Sessions for choice that overlap, or are linked by others that do.

    Sessions of two slots never overlap: whoever has one place in each is never
    needed in two rooms at a time.
    """

    items: tuple[Item, ...]

    @property
    def key(self) -> int:
        return min(item.pk for item in self.items)

    @property
    def starts_at(self) -> datetime:
        return self.items[0].starts_at

    @property
    def ends_at(self) -> datetime:
        return max(item.ends_at for item in self.items)


def of(items: Iterable[Item]) -> list[Slot]:
    """The slots of a released programme, in the order of time.

    What was cancelled is nobody's choice any more.
    """
    slots: list[list[Item]] = []
    for item in sorted(filter(is_offered, items), key=attrgetter("starts_at", "pk")):
        if slots and item.starts_at < max(one.ends_at for one in slots[-1]):
            slots[-1].append(item)
        else:
            slots.append([item])
    return [Slot(tuple(slot)) for slot in slots]


def of_edition(edition) -> list[Slot]:
    return of(programme.released(edition))


def is_offered(item: Item) -> bool:
    return item.is_by_choice and not item.is_cancelled
