"""What the waiting list promises, looked at from outside after every step:

* Held is never above a capacity, in any unit; who holds by right holds what it plans.
* Nobody overtakes. A delegation holds places by its submission only if nobody was in
  line, that is waiting or asked, before the step. When one is asked by itself, every
  delegation that still waits under a smaller number was passed over: by staff, or by
  the rule. By the rule is passed over who had an offer in this stay on the list, if it
  could not get more people now than that offer held, and if either no more is free
  than it held, or nothing has come free since. (Staff approve and offer by hand out of
  turn, with a reason; that is no overtaking.)
* After a step that frees places nothing lies idle: nobody waits who could be asked.
* An offer runs exactly where the state says so, and once ended it never changes.
* Every line of the history that calls for a letter has one letter, and no letter more.
"""

from collections import Counter
from dataclasses import dataclass

from conferences.models import Edition
from registrations.models import HistoryEntry, Letter, Offer

UNITS = ("people", "german", "partner", "delegations")
PASSING = {"declined", "expired", "withdrawn"}
# Which letters a line of the history calls for.
LETTERS = {
    "submit": {"submitted", "waiting"},
    "offer": {"offer"},
    "take_offer": {"offer_taken"},
    "decline_offer": {"offer_declined"},
    "expire_offer": {"offer_expired"},
    "withdraw_offer": {"offer_withdrawn"},
    "approve": {"approved"},
    "decline": {"declined"},
    "withdraw": {"withdrawn"},
    "reopen": {"reopened"},
}


@dataclass
class Seen:
    """A delegation as it was after a step."""

    state: str
    number: int | None
    german: int
    partner: int
    held: tuple[int, int]
    is_past: bool  # passed over by staff


@dataclass
class Mark:
    """What an offer held that ended without being taken, and what was free since."""

    held: int
    lowest: int


def share(free: dict, german: int, partner: int) -> tuple[int, int]:
    """By turns, German first; written down anew, so that it can contradict the code."""
    got = [0, 0]
    wanted, kinds = [german, partner], ["german", "partner"]
    while True:
        before = sum(got)
        for side in (0, 1):
            fits = got[side] < min(wanted[side], free[kinds[side]])
            if fits and sum(got) < free["people"]:
                got[side] += 1
        if sum(got) == before:
            break
    possible = got[0] > 0 and free["delegations"] > 0
    return (got[0], got[1]) if possible else (0, 0)


def room(free: dict) -> int:
    return min(free["people"], free["german"] + free["partner"])


class Claims:
    """The delegations of an edition as they were after the last step."""

    asked = 0

    def __init__(self):
        super().__init__()
        self.seen: dict[int, Seen] = {}
        self.marks: dict[int, Mark] = {}
        self.ended: dict[int, str] = {}
        self.frees = self.by_hand = False  # what the step is, that is looked at

    def check(self):
        before, self.seen = self.seen, self.look()
        self.edition = Edition.objects.get(pk=self.edition.pk)
        free = self.left("submitted", "approved", "offered")
        in_all = room(self.left("submitted", "approved"))
        self.check_held(free)
        self.check_turns(before, free, in_all)
        self.check_offers()
        self.check_letters()
        for mark in self.marks.values():
            mark.lowest = min(mark.lowest, in_all)
        self.note_ended_offers(in_all)

    def look(self):
        found = {}
        for row in self.edition.delegations.prefetch_related("sides"):
            german, partner = row.german_side, row.partner_side
            found[row.pk] = Seen(
                state=row.state,
                number=row.queue_number,
                german=german.planned,
                partner=partner.planned,
                held=(german.held, partner.held),
                is_past=row.passed_over_at is not None,
            )
        return {key: one for key, one in found.items() if one.state != "draft"}

    def left(self, *states) -> dict:
        """What the delegations in these states leave of each capacity."""
        holding = [one for one in self.seen.values() if one.state in states]
        german = sum(one.held[0] for one in holding)
        partner = sum(one.held[1] for one in holding)
        taken = (german + partner, german, partner, len(holding))
        limits = [getattr(self.edition, f"capacity_{unit}") for unit in UNITS]
        return {
            unit: 10**6 if limit is None else limit - count
            for unit, limit, count in zip(UNITS, limits, taken, strict=True)
        }

    def check_held(self, free):
        assert min(free.values()) >= 0, f"oversold: {free}"
        for one in self.seen.values():
            if one.state in ("submitted", "approved"):
                assert one.held == (one.german, one.partner)
            elif one.state != "offered":
                assert one.held == (0, 0)

    def check_turns(self, before, free, in_all):
        was = {key: before[key].state if key in before else None for key in self.seen}
        new = (None, "declined", "withdrawn")
        in_line = {"waiting", "offered"} & {one.state for one in before.values()}
        for key, one in self.seen.items():
            if one.state == "submitted" and was[key] in new:
                assert not in_line, "holds places although others were in line"
        asked = [
            one
            for key, one in self.seen.items()
            if one.state == "offered" and was[key] != "offered"
        ]
        type(self).asked += len(asked)
        if self.by_hand:
            return
        for key, waits in self.seen.items():
            if waits.state != "waiting":
                continue
            after = [one for one in asked if one.number > waits.number]
            if after:
                freed = self.with_held(free, after)
                assert self.is_past(key, waits, freed, in_all), "overtaken"
            elif self.frees and share(free, waits.german, waits.partner)[0]:
                assert self.is_past(key, waits, free, in_all), "idle places"

    def with_held(self, free, delegations):
        german = sum(one.held[0] for one in delegations)
        partner = sum(one.held[1] for one in delegations)
        more = (german + partner, german, partner, len(delegations))
        return {
            unit: free[unit] + count for unit, count in zip(UNITS, more, strict=True)
        }

    def is_past(self, key, waits, free, in_all) -> bool:
        part = share(free, waits.german, waits.partner)
        mark = self.marks.get(key) or self.mark_of_this_step(key, in_all)
        if waits.is_past or part[0] == 0:
            return True
        if mark is None or sum(part) > mark.held:
            return False
        return room(free) <= mark.held or in_all <= mark.lowest

    def mark_of_this_step(self, key, in_all):
        """The mark of an offer that ended just now, in the step that is looked at."""
        last = Offer.objects.filter(delegation=key).order_by("pk").last()
        if last and last.outcome in PASSING and last.pk not in self.ended:
            return Mark(last.people, in_all)
        return None

    def note_ended_offers(self, in_all):
        for offer in Offer.objects.exclude(outcome="").order_by("pk"):
            if offer.pk not in self.ended:
                self.ended[offer.pk] = offer.outcome
                self.marks[offer.delegation_id] = Mark(offer.people, in_all)
        for key, one in self.seen.items():
            if one.state != "waiting":
                self.marks.pop(key, None)

    def check_offers(self):
        running = Offer.objects.running().values_list("delegation", flat=True)
        offered = [key for key, one in self.seen.items() if one.state == "offered"]
        assert sorted(running) == sorted(offered)
        now = dict(Offer.objects.exclude(outcome="").values_list("pk", "outcome"))
        assert {key: now[key] for key in self.ended} == self.ended, "ended twice"

    def check_letters(self):
        lines = Counter(HistoryEntry.objects.values_list("delegation", "verb"))
        german = Letter.objects.filter(side__which="german")
        letters = Counter(german.values_list("side__delegation", "kind"))
        for key in self.seen:
            for verb, kinds in LETTERS.items():
                written = sum(letters[key, kind] for kind in kinds)
                assert written == lines[key, verb], f"{written} letters for {verb}"
        offers = Counter(Offer.objects.values_list("delegation", flat=True))
        for key in self.seen:
            assert offers[key] == lines[key, "offer"]
