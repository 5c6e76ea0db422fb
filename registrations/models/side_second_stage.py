"""What a side says of its people once the delegation is approved."""

from contextlib import contextmanager
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from registrations.models.history import HistoryEntry
from registrations.models.locking import Refused, locked, renew
from registrations.models.second_stage import Consent, PersonalNeeds, VisaData

NEEDS, VISA, CONSENTS = "needs", "visa", "consents"


class SecondStageVerbs(models.Model):
    """Each is saved for one person of the side; what other sides save is apart."""

    # Of the Side that this is a part of.
    delegation: Any
    which: Any
    participants: Any

    class Meta:
        abstract = True

    def save_needs(self, person, *, diet: str, accessibility: str, by) -> None:
        """What a person eats and needs; who says nothing has answered too."""
        with self._second_stage(person, NEEDS, by):
            now = timezone.now()
            says_something = bool(diet or accessibility)
            PersonalNeeds.objects.update_or_create(
                participant=person,
                defaults={
                    "diet": diet,
                    "accessibility": accessibility,
                    "agreed_at": now if says_something else None,
                    "saved_at": now,
                },
            )

    def save_visa_data(self, person, *, needs_letter: bool, by, **texts: str) -> None:
        """What a letter needs; nothing is kept of who needs none."""
        with self._second_stage(person, VISA, by):
            kept = {
                name: texts.get(name, "") if needs_letter else ""
                for name in VisaData.SEALED
            }
            VisaData.objects.update_or_create(
                participant=person,
                defaults={
                    "needs_letter": needs_letter,
                    "saved_at": timezone.now(),
                    **kept,
                },
            )

    def save_consents(self, person, given: dict[str, str], *, by) -> None:
        """What holds from now on, with its words; what is not named is withdrawn.

        Withdrawing stays possible after the conference.
        """
        with self._second_stage(person, CONSENTS, by, at_any_time=True):
            now = timezone.now()
            holding = Consent.objects.given().filter(participant=person)
            holding.exclude(what__in=given).update(withdrawn_at=now)
            before = set(holding.values_list("what", flat=True))
            Consent.objects.bulk_create(
                Consent(participant=person, what=what, wording=wording, given_at=now)
                for what, wording in given.items()
                if what not in before
            )

    @contextmanager
    def _second_stage(self, person, part: str, by, *, at_any_time=False):
        """Hold the edition's row; only of who is coming, and a line says which part."""
        with locked(self.delegation):
            renew(self, self.delegation.side(self.which))
            if not at_any_time:
                self.check_second_stage()  # type: ignore[attr-defined]  # of a Side
            elif self.delegation.state != self.delegation.State.APPROVED:
                raise Refused(_("This is asked only once your delegation is approved."))
            if not self.participants.filter(pk=person.pk).exists():
                raise Refused(_("This person is no longer part of your delegation."))
            yield
            self.delegation.history.record(
                self.delegation,
                HistoryEntry.Verb.SECOND_STAGE,
                by=by,
                changes={"part": part},
            )
