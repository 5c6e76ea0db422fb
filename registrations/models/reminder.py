from datetime import datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.models import Edition
from registrations import missing

MINUTE = timedelta(minutes=1)


def kinds():
    """What can be missing; a callable, so that a further kind changes no column."""
    return missing.What.choices


class ReminderRuleQuerySet(models.QuerySet["ReminderRule"]):
    def of(self, edition):
        """The conference's own rules, else those for all conferences."""
        own = list(self.filter(edition=edition))
        return own or list(self.filter(edition=None))

    def due(self, edition, at=None) -> list["ReminderRule"]:
        return [rule for rule in self.of(edition) if rule.is_due(edition, at)]


class ReminderRule(models.Model):
    """When a side is reminded of something: so many days before a deadline."""

    class Deadline(models.TextChoices):
        CLOSES = "closes", _("registration closes")
        CHANGES = "changes", _("end of changes")
        BEGINS = "begins", _("first day of the conference")

    edition = models.ForeignKey(
        Edition,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reminder_rules",
        verbose_name=_("conference"),
        help_text=_("Empty: for all conferences that have no rules of their own."),
    )
    what = models.CharField(_("what is missing"), max_length=20, choices=kinds)
    days = models.PositiveSmallIntegerField(_("days before"))
    deadline = models.CharField(_("which day"), max_length=7, choices=Deadline)
    is_on = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_("A rule that is not in use writes no letter."),
    )

    objects = ReminderRuleQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "what", "-days"]
        verbose_name = _("rule of reminders")
        verbose_name_plural = _("rules of reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["what", "days", "deadline"],
                condition=models.Q(edition=None),
                name="registrations_reminderrule_once_for_all",
                violation_error_message=_("This rule exists already."),
            ),
            models.UniqueConstraint(
                fields=["edition", "what", "days", "deadline"],
                name="registrations_reminderrule_once_per_edition",
                violation_error_message=_("This conference has this rule already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_what_display()}, {self.days}, {self.get_deadline_display()}"

    def ends_at(self, edition) -> datetime | None:
        """The instant from which it is too late; a minute that is shown is included."""
        if self.deadline == self.Deadline.BEGINS:
            first = edition.starts_on
            return datetime.combine(first, time.min, edition.zone) if first else None
        last = edition.closes_at
        if self.deadline == self.Deadline.CHANGES:
            last = missing.last_day_for_changes(edition)
        return last + MINUTE if last else None

    def is_due(self, edition, at=None) -> bool:
        """From as many days before, by the clock of the conference, to the deadline."""
        at = at or timezone.now()
        end = self.ends_at(edition)
        if not self.is_on or end is None:
            return False
        begin = end.astimezone(edition.zone) - timedelta(days=self.days)
        return begin <= at < end


class Reminded(models.Model):
    """What says of a delegation that its sides are left in peace."""

    reminders_off = models.BooleanField(
        _("no reminders"),
        default=False,
        help_text=_("Neither side is reminded by letter of what is missing."),
    )

    class Meta:
        abstract = True


class Reminder(models.Model):
    """A side has been reminded of one thing by one rule: never again."""

    side = models.ForeignKey(
        "registrations.Side",
        models.CASCADE,
        related_name="reminders",
        verbose_name=_("side"),
    )
    rule = models.ForeignKey(
        ReminderRule,
        models.CASCADE,
        related_name="reminders",
        verbose_name=_("rule of reminders"),
    )
    what = models.CharField(_("what is missing"), max_length=20, choices=kinds)
    written_at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        ordering = ["side_id", "written_at", "pk"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["side", "what", "rule"],
                name="registrations_reminder_once",
            ),
        ]

    def __str__(self):
        return f"{self.side}, {self.get_what_display()}"
