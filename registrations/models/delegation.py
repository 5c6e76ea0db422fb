from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from conferences.models import Edition
from partnerships.models import Municipality, Partnership
from partnerships.statement import Statement
from registrations import places
from registrations.models.draft import DraftVerbs
from registrations.models.invitation import Invitation
from registrations.models.locking import renew
from registrations.models.offer_verbs import OfferVerbs
from registrations.models.reminder import Reminded
from registrations.models.review_verbs import ReviewQuerySet, ReviewVerbs
from registrations.models.side import Side
from registrations.models.side_choice import Choosing
from registrations.models.verbs import DelegationVerbs

# How long after a conference the personal links still open.
LINKS_LAST = timedelta(days=90)


class DelegationQuerySet(ReviewQuerySet):
    def draft(self):
        return self.filter(state=Delegation.State.DRAFT)

    def submitted(self):
        return self.filter(state=Delegation.State.SUBMITTED)

    def waiting(self):
        return self.filter(state=Delegation.State.WAITING).order_by("queue_number")

    def offered(self):
        return self.filter(state=Delegation.State.OFFERED)

    def in_line(self):
        """Those that wait, and those that are asked at the moment."""
        return self.filter(state__in=places.IN_LINE)

    def holding(self):
        """Those that hold places."""
        return self.filter(state__in=Delegation.HOLDING)

    def live(self):
        return self.filter(state__in=Delegation.LIVE)

    def handed_in(self):
        return self.exclude(state=Delegation.State.DRAFT)

    def found(self, text: str):
        """By reference, contact, or another spelling of one of its towns."""
        contact = Side.objects.filter(
            Q(contact_name__icontains=text) | Q(contact_email__icontains=text)
        )
        return self.filter(
            Q(reference__icontains=text)
            | Q(pk__in=contact.values("delegation"))
            | Q(partnership__in=Partnership.objects.found(text).values("pk"))
            | Q(german_municipality__in=Municipality.objects.found(text).values("pk"))
        )

    def with_all(self):
        return self.select_related(
            "edition__series__region",
            "german_municipality__country",
            "partnership__german__country",
            "partnership__partner__country",
        ).prefetch_related("sides__participants")


FromQuerySet = models.Manager.from_queryset(DelegationQuerySet)


class DelegationManager(FromQuerySet):
    def is_full(self) -> bool:
        """Of `edition.delegations`: whether who registers now would have to wait."""
        return places.is_full(self.instance)  # type: ignore[attr-defined]  # related


class Delegation(
    DraftVerbs,
    DelegationVerbs,
    OfferVerbs,
    ReviewVerbs,
    Choosing,
    Invitation,
    Reminded,
    models.Model,
):
    """What registers for an edition: two sides of one partnership, or a municipality.

    Every change of state is one verb (`registrations.models.verbs`) that locks the
    edition's row first.
    """

    class Kind(models.TextChoices):
        PARTNERSHIP = "partnership", _("partnership")
        MUNICIPALITY = "municipality", _("municipality without a partnership")
        GUESTS = "guests", _("guests")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        WAITING = "waiting", _("on the waiting list")
        OFFERED = "offered", _("places offered")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    HOLDING = tuple(map(State, places.HOLDING))
    LIVE = (*HOLDING, State.WAITING)
    ENDED = (State.DECLINED, State.WITHDRAWN)

    edition = models.ForeignKey(
        Edition,
        models.PROTECT,
        related_name="delegations",
        verbose_name=_("conference"),
    )
    reference = models.CharField(
        _("reference"), max_length=12, unique=True, editable=False
    )
    form_key = models.CharField(
        _("key of the first form"), max_length=40, unique=True, editable=False
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind, default=Kind.PARTNERSHIP
    )
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.DRAFT, editable=False
    )
    german_municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name=_("German municipality"),
    )
    partnership = models.ForeignKey(
        Partnership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name=_("partnership"),
    )
    queue_number = models.PositiveIntegerField(
        _("number of the waiting list"), null=True, blank=True, editable=False
    )
    passed_over_at = models.DateTimeField(
        _("passed over by staff since"), null=True, blank=True, editable=False
    )
    started_at = models.DateTimeField(_("begun at"), default=timezone.now)
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    submitted_at = models.DateTimeField(  # type: ignore[assignment]  # set by a verb
        _("submitted at"), null=True, blank=True, editable=False
    )
    needs_review_since = models.DateTimeField(  # type: ignore[assignment]  # also
        _("to be looked at since"), null=True, blank=True
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered on behalf by"),
    )
    note = models.TextField(_("note for staff"), blank=True)

    objects = DelegationManager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "partnership"],
                condition=Q(
                    state__in=["submitted", "waiting", "offered", "approved"],
                    kind="partnership",
                ),
                name="registrations_delegation_one_live_per_partnership",
            ),
            models.UniqueConstraint(
                fields=["edition", "german_municipality"],
                condition=Q(
                    state__in=["submitted", "waiting", "offered", "approved"],
                    kind="municipality",
                ),
                name="registrations_delegation_one_live_per_municipality",
            ),
            models.UniqueConstraint(
                fields=["edition", "queue_number"],
                name="registrations_delegation_queue_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(queue_number__isnull=False),
                name="registrations_delegation_waits_with_a_number",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(kind="guests")
                | Q(kind="municipality", german_municipality__isnull=False)
                | Q(kind="partnership", partnership__isnull=False),
                name="registrations_delegation_says_who_comes",
            ),
        ]

    def __str__(self):
        return self.reference

    @cached_property
    def _sides(self) -> dict[str, Side]:
        return self._by_which(self.sides.all())

    def _by_which(self, sides) -> dict[str, Side]:
        for side in sides:
            side.delegation = self
        return {side.which: side for side in sides}

    def know_sides(self, sides) -> None:
        """Take both sides that were loaded with it."""
        self._sides = self._by_which(sides)

    def renew_with_sides(self) -> None:
        """All as it is now, in the objects that others hold already.

        Raises DoesNotExist where it was erased meanwhile.
        """
        renew(self, ROW.one(self.pk))
        known = self.__dict__.setdefault("_sides", {})
        for fresh in _SIDES.ask(self.pk):
            side = known.setdefault(fresh.which, fresh)
            renew(side, fresh)
            side.delegation = self
            side.forget_people()

    def side(self, which: str) -> Side:
        return self._sides[which]

    @property
    def german_side(self) -> Side:
        return self._sides["german"]

    @property
    def partner_side(self) -> Side:
        return self._sides["partner"]

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_live(self):
        return self.state in self.LIVE

    @property
    def holds_places(self):
        return self.state in self.HOLDING

    @property
    def has_partner(self):
        return self.kind == self.Kind.PARTNERSHIP

    @property
    def is_of_guests(self):
        return self.kind == self.Kind.GUESTS

    @property
    def lacks_partner_contact(self):
        return self.has_partner and not self.partner_side.contact_email

    @property
    def state_template(self) -> str:
        """The piece of the status page that says what its state means."""
        return f"registrations/states/{self.state}.html"

    @property
    def names(self) -> str:
        """Who comes: both municipalities, or the one."""
        if self.partnership:
            return str(self.partnership)
        return str(self.german_municipality or "")

    @property
    def position(self) -> int | None:
        return places.position(self)

    @property
    def links_expire_at(self):
        if (last := self.edition.ends_on) is None:
            return timezone.now() + timedelta(days=365)
        end = datetime.combine(last, time(23, 59), self.edition.zone) + LINKS_LAST
        return max(end, timezone.now() + timedelta(days=1))

    def can_change(self, at=None) -> bool:
        """Whether its sides may change people and numbers without asking."""
        open_states = (*self.LIVE, self.State.DRAFT)
        return self.state in open_states and self.edition.can_change(at)


# What every page reads first, and every verb once more under the lock.
ROW = Statement(lambda: Delegation.objects.filter(pk=0).order_by())
_SIDES = Statement(lambda: Side.objects.filter(delegation=0).order_by())
