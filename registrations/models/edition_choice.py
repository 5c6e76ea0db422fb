"""What staff do with the wishes of a conference: draw, give places, tell, mend.

Every verb holds the row of the edition, as those who choose or leave do.
"""

import hashlib
import json
import secrets
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences import programme, slots
from conferences.models import Edition
from registrations import allotment
from registrations.allotment import Result
from registrations.models import seating
from registrations.models.history import HistoryEntry
from registrations.models.letter import Letter
from registrations.models.locking import Refused
from registrations.models.participant import Participant
from registrations.models.seat import Allotment, Seat, Wish

Verb = HistoryEntry.Verb


@dataclass(frozen=True)
class Outlook:
    """What giving the places would do now."""

    results: list[Result]
    seen: str  # another word as soon as anything that counts is another


class EditionChoice(Edition):
    """An edition as those see it who give places in workshops."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("choice of workshops")
        verbose_name_plural = gettext_lazy("choice of workshops")

    @contextmanager
    def _held(self):
        """The row of the edition, locked and as it is now."""
        with transaction.atomic():
            yield EditionChoice.objects.select_for_update().get(pk=self.pk)

    def lots(self) -> Allotment | None:
        return Allotment.objects.filter(edition=self).first()

    def ask_to_choose(self) -> int:
        """A letter to each person, or contact of several, who was not asked yet.

        Returns how many. Raises Refused while nobody can choose.
        """
        with self._held() as edition:
            if not edition.choice_is_open():
                raise Refused(_("Workshops cannot be chosen now."))
            if not slots.of_edition(edition):
                raise Refused(_("There are no released sessions to choose from."))
            asked = set(
                Letter.objects.filter(
                    kind=Letter.Kind.CHOOSE, side__delegation__edition=edition
                ).values_list("side", "participant")
            )
            new = 0
            for person in Participant.objects.coming_to(edition):
                person.side.delegation.edition = edition
                side, reader = seating.reader(person)
                if (side.pk, reader and reader.pk) not in asked:
                    asked.add((side.pk, reader and reader.pk))
                    Letter.objects.write(side, Letter.Kind.CHOOSE, participant=reader)
                    new += 1
        return new

    def draw(self) -> bool:
        """Draw the lots, once and for all. False: they are drawn already."""
        with self._held() as edition:
            edition._check_closed()
            _row, is_new = Allotment.objects.get_or_create(
                edition=edition, defaults={"seed": secrets.token_hex(16)}
            )
        return is_new

    def outlook(self) -> Outlook:
        """What giving the places would do now; asked once the lots are drawn."""
        lots = Allotment.objects.get(edition=self)
        offered = [
            allotment.Slot(slot.key, _places(slot)) for slot in slots.of_edition(self)
        ]
        coming = Participant.objects.coming_to(self).order_by()
        rows = Wish.objects.filter(
            participant__in=coming.values("pk"), session__edition=self
        )
        wishes = sorted(rows.values_list("participant", "session", "rank"))
        by_staff = Seat.objects.of(self).by_staff()
        kept = sorted(by_staff.values_list("participant", "session"))
        results = allotment.allot(
            lots.seed, offered, [allotment.Wished(*wish) for wish in wishes], kept
        )
        counted = [lots.seed, str(lots.made_at), wishes, kept]
        counted += [[slot.key, sorted(slot.places.items())] for slot in offered]
        return Outlook(
            results, hashlib.sha256(json.dumps(counted).encode()).hexdigest()
        )

    def give_places(self, *, has_seen: str) -> int | None:
        """Give the places by lot; returns how many are given.

        None, and nothing is done, where wishes or places are others than were seen,
        or somebody else has given them meanwhile. Until the letters are sent it can
        be done anew; what staff gave stays.
        """
        with self._held() as edition:
            edition._check_closed()
            lots = edition.lots()
            if lots is None:
                raise Refused(_("The lots are not drawn yet."))
            if lots.sent_at:
                raise Refused(_("The letters are sent: places change one by one now."))
            outlook = edition.outlook()
            if outlook.seen != has_seen:
                return None
            Seat.objects.of(edition).exclude(how=Seat.How.STAFF).delete()
            Seat.objects.bulk_create(_seat(result) for result in outlook.results)
            lots.made_at = timezone.now()
            lots.save(update_fields=["made_at"])
        return sum(result.waiting is None for result in outlook.results)

    def tell_all(self) -> int:
        """Tell everybody who wished for something, once; returns how many letters."""
        with self._held() as edition:
            lots = Allotment.objects.made().filter(edition=edition).first()
            if lots is None:
                raise Refused(_("The places are not given yet."))
            if lots.sent_at:
                return 0
            coming = Participant.objects.coming_to(edition)
            people = coming.filter(
                pk__in=Wish.objects.filter(session__edition=edition).values(
                    "participant"
                )
            ) | coming.filter(pk__in=Seat.objects.of(edition).values("participant"))
            lots.sent_at = timezone.now()
            lots.save(update_fields=["sent_at"])
            return seating.tell(edition, people)

    def fill(self) -> int:
        """Give places that a release added to who waits; returns how many moved up."""
        with self._held() as edition:
            return len(seating.fill(edition))

    def seat(self, person, session, *, by, reason) -> None:
        """Staff give a person this place, instead of any other at that time."""
        with self._held() as edition:
            edition._check_reason(reason)
            person = edition._coming(person)
            slot = edition._slot_of(session)
            [item] = [item for item in slot.items if item.pk == session.pk]
            taken = Seat.objects.filter(session=session).taken()
            if taken.filter(participant=person).exists():
                raise Refused(_("This person has this place already."))
            if taken.count() >= item.capacity:
                raise Refused(_("All places of this session are taken."))
            for row in edition._in_the_way(person, slot):
                row.delete()
            row = Seat.objects.create(
                participant=person, session=session, how=Seat.How.STAFF, reason=reason
            )
            seating.record(row, Verb.SEAT, by=by, reason=reason)
            edition._settle([person], reason)

    def take_out(self, person, session, *, by, reason) -> None:
        """Staff take a place, or the wait for one, back; the next moves up."""
        with self._held() as edition:
            edition._check_reason(reason)
            person = edition._coming(person)
            row = Seat.objects.filter(participant=person, session=session).first()
            if row is None:
                raise Refused(_("This person has no place there any more."))
            seating.record(row, Verb.UNSEAT, by=by, reason=reason)
            row.delete()
            edition._settle([person], reason)

    def clear(self, session, *, by, reason) -> int:
        """Take back all places of a session that does not take place."""
        with self._held() as edition:
            edition._check_reason(reason)
            offered = {i.pk for slot in slots.of_edition(edition) for i in slot.items}
            if session.pk in offered:
                raise Refused(_("This session takes place and is still for choice."))
            rows = Seat.objects.filter(session=session).select_related("session")
            people = list(
                Participant.objects.coming_to(edition).filter(
                    pk__in=rows.values("participant")
                )
            )
            for row in rows.select_related("participant__side__delegation", "session"):
                seating.record(row, Verb.UNSEAT, by=by, reason=reason)
            rows.delete()
            edition._settle(people, reason)
        return len(people)

    def _settle(self, people, reason) -> None:
        """After a change by staff: who it is about is told, and who waits moves up."""
        lots = Allotment.objects.made().filter(edition=self).first()
        if lots is None:
            return
        if lots.sent_at:
            seating.tell(self, people, reason)
        seating.fill(self)

    def _coming(self, person) -> Participant:
        found = Participant.objects.coming_to(self).filter(pk=person.pk).first()
        if found is None:
            raise Refused(_("This person is not coming any more."))
        return found

    def _slot_of(self, session):
        for slot in slots.of_edition(self):
            if any(item.pk == session.pk for item in slot.items):
                return slot
        raise Refused(_("This session is not for choice any more."))

    def _in_the_way(self, person, slot):
        """What the person has at this time, also where it was cancelled."""
        at_this_time = [
            item.pk
            for item in programme.released(self)
            if item.starts_at < slot.ends_at and slot.starts_at < item.ends_at
        ]
        return Seat.objects.filter(participant=person, session__in=at_this_time)

    def _check_closed(self) -> None:
        if not self.choice_has_closed():
            raise Refused(_("The choice is not over yet: lots are drawn afterwards."))

    def _check_reason(self, reason) -> None:
        if not reason.strip():
            raise Refused(_("The reason is missing."))


def _places(slot) -> dict[int, int]:
    return {item.pk: item.capacity or 0 for item in slot.items}


def _seat(result: Result) -> Seat:
    grounds = {
        "lot": result.lot,
        "last": result.last,
        "came_forward": result.came_forward,
    }
    return Seat(
        participant_id=result.person,
        session_id=result.session,
        how=result.how.value,
        waiting_number=result.waiting,
        grounds=grounds,
    )
