"""What a person is told, and corrects, about the own data."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from registrations.models import reviewing
from registrations.models.history import HistoryEntry
from registrations.models.letter import Letter
from registrations.models.link import opens
from registrations.models.locking import Refused, locked, renew

# Nobody gets links more often than this, whoever asks for them.
PAUSE_BETWEEN_LINKS = timedelta(minutes=5)
MOST_LINKS = 10


class ParticipantQuerySet(models.QuerySet):
    def opened_by(self, token: str, at=None):
        """The person whose own page a link opens; nothing for a dead link."""
        found = self.filter(**opens(token, at, "links__"))
        return found.select_related(
            "side__delegation__edition__series__region",
            "side__delegation__german_municipality",
            "side__delegation__partnership__german",
            "side__delegation__partnership__partner",
        )

    def coming_to(self, edition):
        """The named people of approved delegations, with what letters to them need."""
        coming = self.filter(
            side__delegation__edition=edition, side__delegation__state="approved"
        )
        return coming.select_related("side__delegation").order_by(
            "side__delegation__reference", "side__which", "pk"
        )

    def uninformed(self):
        """Those with an address to which nothing was written yet."""
        return self.filter(informed_at=None).exclude(email="")

    def send_links(self, email: str, reference: str = "", at=None) -> int:
        """A fresh link to every own page of this address, but not every minute."""
        now = at or timezone.now()
        recent = Letter.objects.filter(
            Q(written_at__gt=now - PAUSE_BETWEEN_LINKS), participant__isnull=False
        )
        people = self.filter(email__iexact=email, informed_at__isnull=False)
        if reference:
            people = people.filter(side__delegation__reference__iexact=reference)
        people = people.exclude(pk__in=recent.values("participant"))
        people = people.select_related("side__delegation__edition").order_by("-pk")
        asked = [one for one in people[:100] if not one.edition.is_over()]
        for person in asked[:MOST_LINKS]:
            person.send_link()
        return len(asked[:MOST_LINKS])


class PersonVerbs(models.Model):
    """The own page of a person: the letter with its link, and what it changes."""

    entered_by: str
    informed_at: datetime | None

    class Meta:
        abstract = True

    @property
    def edition(self):
        return self.side.delegation.edition

    @property
    def can_correct(self) -> bool:
        """Whether the person may still change the own data without asking."""
        delegation = self.side.delegation
        return delegation.is_live and delegation.can_change()

    def inform(self) -> None:
        """Under the lock: tell the person who entered what, with a link."""
        self.informed_at = timezone.now()
        self.save(update_fields=["informed_at"])
        self.send_link()

    def send_link(self) -> None:
        Letter.objects.write(self.side, Letter.Kind.PERSON_LINK, participant=self)

    def begin_anew(self) -> None:
        """Somebody else reads the letters from now on: old links die at once."""
        self.links.all().delete()
        self.letters.filter(state=Letter.State.QUEUED).delete()
        self.informed_at = None

    @transaction.atomic
    def correct(self, **values) -> str | None:
        """Take over what the person wrote; a new address begins anew.

        Returns the token of a link for the page that is open now, or None where
        the old ones still hold. Raises Refused after the time for changes.
        """
        delegation = self.side.delegation
        with locked(delegation):
            mine = type(self).objects.select_for_update().get(pk=self.pk)
            renew(self, mine)
            if not self.can_correct:
                raise Refused(
                    _("The time for changes is over: please ask the organiser.")
                )
            if all(getattr(self, name) == value for name, value in values.items()):
                return None
            moved = self.email.casefold() != values["email"].casefold()
            for name, value in values.items():
                setattr(self, name, value)
            if moved:
                self.begin_anew()
            self.entered_by = HistoryEntry.ActorKind.PERSON
            self.save()
            what = {"side": self.side.which, **reviewing.of_person(mine, self)}
            changes = {name: value for name, value in what.items() if value}
            delegation.changed(self, HistoryEntry.Verb.CHANGE_PEOPLE, changes)
            return self.links.mint(self) if moved else None
