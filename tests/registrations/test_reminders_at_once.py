"""Two workers look at the same moment whom to remind: each letter is written once."""

import pytest

from registrations import missing, reminders
from registrations.models import Letter, Reminder, ReminderRule
from tests.answered import answered
from tests.factories import EditionFactory, berlin
from tests.registrations.test_at_once import at_once, meet

__all__ = ["meet"]
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
AT = berlin("2100-05-20 12:00")


def test_two_workers_write_one_reminder(meet):
    ReminderRule.objects.create(what="names", days=28, deadline="changes")
    answered(EditionFactory(), german=1)
    meet(missing, "by")

    outcomes = at_once(*[lambda: reminders.write_due(AT)] * 2)

    assert sorted(map(str, outcomes)) == ["0", "1"]
    assert Reminder.objects.count() == 1
    assert Letter.objects.filter(kind=Letter.Kind.REMINDER).count() == 1
