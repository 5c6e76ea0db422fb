"""The answers of a draft: who comes, with whom; and which question is open."""

import secrets

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registrations import questions
from registrations.models.history import HistoryEntry
from registrations.models.letter import Letter
from registrations.models.locking import AlreadyRegistered, Refused, locked
from registrations.models.side import Side

# Signs of a reference: no 0, O, 1, I, which are read aloud as one another.
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

# In place of a municipality: the one that it has once nobody else can change it.
_AS_BEFORE = object()


class DraftQuerySet(models.QuerySet):
    """How a delegation begins."""

    def draw_reference(self, edition) -> str:
        start = f"{edition.series.region.code}{edition.year % 100:02d}-"
        while True:
            reference = start + "".join(secrets.choice(SIGNS) for _sign in range(4))
            if not self.filter(reference=reference).exists():
                return reference

    @transaction.atomic
    def start(self, edition, *, form_key, contact, by=None):
        """The draft of a form that was shown once; the same key finds the same draft.

        Both sides exist from here on. `contact`: the fields of the German side.
        `by`: a member of staff who enters it on behalf; the address then counts as
        confirmed. Returns the draft and whether it is new.
        """
        delegation, is_new = self.get_or_create(
            form_key=form_key,
            defaults={
                "edition": edition,
                "reference": self.draw_reference(edition),
                "entered_by": by,
            },
        )
        if is_new:
            confirmed_at = timezone.now() if by else None
            german = Side.objects.create(
                delegation=delegation,
                which=Side.Which.GERMAN,
                confirmed_at=confirmed_at,
                **contact,
            )
            Side.objects.create(
                delegation=delegation,
                which=Side.Which.PARTNER,
                language=german.language,
            )
            HistoryEntry.objects.record(
                delegation, HistoryEntry.Verb.START, by=by or german
            )
            Letter.objects.write(german, Letter.Kind.CONTINUE_LINK)
        return delegation, is_new


class DraftVerbs(models.Model):
    """What can be answered as long as a delegation is a draft."""

    class Meta:
        abstract = True

    @property
    def open_question(self) -> str:
        """The first step that has no answer yet; "check" when all have one."""
        if self.kind != self.Kind.GUESTS and self.german_municipality_id is None:
            return "municipality"
        if self.kind == self.Kind.PARTNERSHIP and self.partnership_id is None:
            return "partnership"
        if self.lacks_partner_contact:
            return "partner"
        if self.german_side.planned == 0:
            return "people"
        if questions.missing_for_submission(self):
            return "questions"
        return "check"

    def choose_municipality(self, municipality) -> None:
        """Another municipality than before is asked for its partnership again."""
        if self.german_municipality == municipality:
            return
        self._answer(self.Kind.PARTNERSHIP, municipality, None)

    def choose_partnership(self, partnership) -> None:
        """Raises AlreadyRegistered, and changes nothing, where somebody was first."""
        self._answer(self.Kind.PARTNERSHIP, partnership.german, partnership)

    def come_alone(self) -> None:
        """The municipality has no partnership yet: nobody comes from a partner."""
        self._answer(self.Kind.MUNICIPALITY, _AS_BEFORE, None)

    def come_as_guests(self) -> None:
        """Speakers, ministries, press: staff enter them."""
        self._answer(self.Kind.GUESTS, None, None)

    def _answer(self, kind, municipality, partnership) -> None:
        """Save an answer; who comes second is told, and the first gets a letter."""
        with locked(self):
            if not self.is_draft:
                raise Refused(_("This delegation has been submitted already."))
            if municipality is _AS_BEFORE:
                municipality = self.german_municipality
            if not (_is_still_there(municipality) and _is_still_there(partnership)):
                raise Refused(
                    _("This entry has just been changed. Please choose once more.")
                )
            self.kind = kind
            self.german_municipality = municipality
            self.partnership = partnership
            first = self.twin()
            if first is None:
                self.saved_at = timezone.now()
                chosen = ["kind", "german_municipality", "partnership"]
                self.save(update_fields=[*chosen, "saved_at"])
                if kind != self.Kind.PARTNERSHIP:
                    self._forget_partner()
            else:
                self.tell_the_first(first)
                self.refresh_from_db()
        if first is not None:
            raise AlreadyRegistered(first)

    def _forget_partner(self) -> None:
        partner = self.partner_side
        partner.participants.all().delete()
        partner.contact_name = partner.contact_email = partner.contact_phone = ""
        partner.organisation = ""
        partner.planned = partner.online = 0
        partner.save()


def _is_still_there(row) -> bool:
    """Whether staff have not merged or deleted it; from here on they have to wait."""
    rows = type(row)._default_manager.select_for_update(no_key=True) if row else None
    return rows is None or rows.filter(pk=row.pk).exists()
