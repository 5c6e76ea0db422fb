"""Reminders by rule: to the side that owes something, once, in time, in its words."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command

from registrations import letters, reminders, seeding
from registrations.models import (
    Delegation,
    HistoryEntry,
    Letter,
    Reminder,
    ReminderRule,
    Side,
)
from tests.answered import answered
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    ParticipantFactory,
    berlin,
    staff,
)

pytestmark = pytest.mark.django_db
Kind = Letter.Kind
SECOND = timedelta(seconds=1)
# The first instant of the 28 days before the end of changes, 31 May 2100, 23:59.
BEGIN = berlin("2100-05-04 00:00")
END = berlin("2100-06-01 00:00")


@pytest.fixture
def rule():
    values = {"what": "names", "days": 28, "deadline": "changes"}
    return ReminderRule.objects.get_or_create(**values)[0]


@pytest.fixture
def loaded(db):
    """The words of letters, and the rules, as the seed brings them."""
    seeding.load()


def delegation_of(edition=None, **values):
    """Owes one name on its German side; handed in long before any deadline."""
    delegation = answered(
        edition or EditionFactory(), **{"german": 1, "partner": 0, **values}
    )
    Letter.objects.all().delete()
    return delegation


def written():
    found = Letter.objects.filter(kind=Kind.REMINDER).order_by("pk")
    return [(letter.side.which, letter.language) for letter in found]


@pytest.mark.parametrize(
    ("at", "count"),
    [(BEGIN - SECOND, 0), (BEGIN, 1), (END - SECOND, 1), (END, 0)],
    ids=["too early", "first second", "last second", "too late"],
)
def test_a_reminder_is_written_from_its_day_to_the_deadline(rule, at, count):
    delegation_of()

    assert reminders.write_due(at) == count
    assert len(written()) == count


@pytest.mark.parametrize(
    ("deadline", "begin", "end"),
    [
        ("closes", "2100-03-04 00:00", "2100-04-01 00:00"),
        ("changes", "2100-05-04 00:00", "2100-06-01 00:00"),
        ("begins", "2100-08-09 00:00", "2100-09-06 00:00"),
    ],
)
def test_a_rule_counts_from_the_deadline_that_it_names(deadline, begin, end):
    edition = EditionFactory()
    rule = ReminderRule(what="names", days=28, deadline=deadline)

    assert [
        rule.is_due(edition, at)
        for edge in (berlin(begin), berlin(end))
        for at in (edge - SECOND, edge)
    ] == [False, True, True, False]


@pytest.mark.parametrize(
    ("zone", "begin"),
    [("Europe/Berlin", "2100-03-04 00:00"), ("America/Bogota", "2100-03-04 00:00")],
)
def test_days_before_are_days_of_the_clock_at_the_conference(zone, begin):
    """28 days before the first of April, across the change of the clock in Berlin."""
    edition = EditionFactory(time_zone=zone)
    last = berlin("2100-03-31 23:59").replace(tzinfo=edition.zone)
    edition.closes_at = last
    rule = ReminderRule(what="names", days=28, deadline="closes")
    first = berlin(begin).replace(tzinfo=edition.zone)

    assert [rule.is_due(edition, at) for at in (first - SECOND, first)] == [False, True]


def test_without_the_day_of_its_deadline_a_rule_never_reminds():
    edition = EditionFactory(closes_at=None, opens_at=None, changes_until=None)
    rules = [
        ReminderRule(what="names", days=365, deadline=deadline)
        for deadline in ("closes", "changes")
    ]

    assert not any(rule.is_due(edition) for rule in rules)


def test_each_side_that_owes_something_gets_one_letter_in_its_language(rule):
    delegation_of(partner=1)

    assert reminders.write_due(BEGIN) == 2
    assert written() == [("german", "de"), ("partner", "en")]


def test_nobody_is_reminded_of_the_same_thing_twice(rule):
    delegation_of()

    assert [reminders.write_due(BEGIN) for _time in range(2)] == [1, 0]
    assert len(written()) == 1


def test_the_next_rule_reminds_of_it_again(rule):
    ReminderRule.objects.create(what="names", days=7, deadline="changes")
    delegation_of()

    days = [28, 20, 7, 6]
    counts = [reminders.write_due(END - timedelta(days=number)) for number in days]

    assert counts == [1, 0, 1, 0]


def test_several_rules_at_once_write_one_letter(rule):
    for what, days in (("names", 20), ("confirmation", 28)):
        ReminderRule.objects.create(what=what, days=days, deadline="changes")
    delegation_of(german__confirmed_at=None)

    assert reminders.write_due(berlin("2100-05-20 12:00")) == 1
    assert Reminder.objects.count() == 3


def test_what_was_done_meanwhile_is_not_reminded_of(rule):
    ParticipantFactory(side=delegation_of().german_side)

    assert reminders.write_due(BEGIN) == 0


def test_a_rule_reminds_of_its_own_thing_only(rule):
    delegation = delegation_of(german__confirmed_at=None)
    ParticipantFactory(side=delegation.german_side)

    assert reminders.write_due(BEGIN) == 0


@pytest.mark.parametrize("verb", ["withdraw", "decline"])
def test_who_no_longer_comes_is_not_reminded(rule, verb):
    delegation = delegation_of()
    getattr(delegation, verb)(by=staff(), reason="Nein")

    assert reminders.remind(delegation, BEGIN) == 0


def test_a_draft_is_not_reminded(rule):
    assert reminders.remind(DelegationFactory(), BEGIN) == 0


def test_a_delegation_that_is_left_in_peace_is_not_reminded(rule):
    delegation = delegation_of()
    Delegation.objects.update(reminders_off=True)

    assert reminders.write_due(BEGIN) == 0
    assert reminders.remind(delegation, BEGIN) == 0


@pytest.mark.parametrize(("hours", "count"), [(47, 0), (48, 1)])
def test_who_has_just_registered_is_left_in_peace_for_two_days(rule, hours, count):
    delegation = delegation_of()
    Delegation.objects.update(submitted_at=BEGIN - timedelta(hours=hours))

    assert reminders.write_due(BEGIN) == count
    assert reminders.remind(delegation, BEGIN) == 0


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"german__confirmed_at": None}, [("german", "de")]),
        ({}, [("german", "de"), ("partner", "en")]),
    ],
)
def test_a_partner_is_written_to_once_the_german_contact_is_known(
    rule, values, expected
):
    delegation_of(partner=1, **values)

    reminders.write_due(BEGIN)

    assert written() == expected


def test_a_side_without_address_is_not_written_to(rule):
    delegation_of(partner=1)
    Side.objects.filter(which="partner").update(contact_email="")

    reminders.write_due(BEGIN)

    assert written() == [("german", "de")]


def test_rules_of_a_conference_stand_instead_of_the_general_ones(rule):
    edition, other = EditionFactory(), EditionFactory()
    ReminderRule.objects.create(
        edition=edition, what="names", days=7, deadline="changes"
    )
    delegation_of(edition)
    of_other = delegation_of(other)

    reminders.write_due(BEGIN)

    assert [one.side.delegation for one in Reminder.objects.all()] == [of_other]


def test_a_rule_out_of_use_reminds_nobody(rule):
    ReminderRule.objects.update(is_on=False)
    delegation_of()

    assert reminders.write_due(BEGIN) == 0


def test_a_reminder_stands_in_the_history(rule):
    delegation = delegation_of()

    reminders.write_due(BEGIN)

    line = delegation.history.get(verb=HistoryEntry.Verb.REMIND)
    assert (line.actor_kind, line.changes) == ("system", {"letter": "reminder"})


def test_the_command_reminds_and_says_how_many(rule, capsys):
    delegation_of()

    with time_machine.travel(BEGIN):
        call_command("send_reminders")
        call_command("send_reminders")

    assert capsys.readouterr().out == "reminders: 1 written\nreminders: 0 written\n"


@pytest.mark.usefixtures("loaded")
def test_the_worker_that_sends_letters_reminds(postbox):
    delegation_of(german__confirmed_at=None)

    with time_machine.travel(BEGIN, tick=False):
        call_command("send_letters", once=True)

    assert Letter.objects.get().state == Letter.State.SENT


def test_the_seed_brings_rules_and_leaves_those_of_staff_alone(loaded):
    ReminderRule.objects.exclude(days=7).delete()
    left = ReminderRule.objects.count()

    seeding.load()

    assert left == 6
    assert ReminderRule.objects.count() == left


@pytest.mark.usefixtures("loaded")
def test_the_letter_lists_all_that_the_side_owes_now(rule):
    delegation = delegation_of(german=3, german__confirmed_at=None)
    reminders.write_due(BEGIN)
    ParticipantFactory(side=delegation.german_side)

    with time_machine.travel(BEGIN, tick=False):
        mail = letters.rendered(Letter.objects.get())

    until = "bis zum 31. Mai 2100, 23:59 Uhr (Berlin)"
    assert f"- Bestätigen Sie Ihre E-Mail-Adresse, {until}" in mail.body.replace(
        "\n", " "
    )
    assert f"- Nennen Sie noch 2 Personen, {until}" in mail.body.replace("\n", " ")


@pytest.mark.usefixtures("loaded")
def test_a_reminder_that_nobody_needs_any_more_is_not_sent(rule, postbox):
    delegation = delegation_of()
    reminders.write_due(BEGIN)
    ParticipantFactory(side=delegation.german_side)

    with time_machine.travel(BEGIN, tick=False):
        letters.send_due()

    assert (postbox.mails, Letter.objects.count()) == ([], 0)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(("at", "left"), [(END - SECOND, 1), (END, 0)])
def test_a_reminder_that_is_too_late_is_not_sent(rule, postbox, at, left):
    delegation_of()
    reminders.write_due(BEGIN)

    with time_machine.travel(at, tick=False):
        letters.send_due()

    assert Letter.objects.filter(state=Letter.State.SENT).count() == left


@pytest.mark.usefixtures("loaded")
def test_a_reminder_switched_off_meanwhile_is_not_sent(rule, postbox):
    delegation_of()
    reminders.write_due(BEGIN)
    Delegation.objects.update(reminders_off=True)

    with time_machine.travel(BEGIN, tick=False):
        letters.send_due()

    assert Letter.objects.count() == 0


def test_staff_switch_reminders_off_on_the_page_of_a_delegation(admin_client):
    delegation = delegation_of()
    address = f"/admin/registrations/delegation/{delegation.pk}/change/"
    form = admin_client.get(address).context["adminform"].form
    inlines = {
        f"{prefix}-{name}": 0
        for prefix in ("sides", "history")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }

    admin_client.post(address, {**inlines, "reminders_off": "on", "note": "Ruhe"})

    delegation.refresh_from_db()
    assert sorted(form.fields) == ["note", "reminders_off"]
    assert (delegation.reminders_off, delegation.note) == (True, "Ruhe")


def test_staff_add_a_rule_for_one_conference(admin_client):
    edition = EditionFactory()
    values = {"what": "names", "days": 10, "deadline": "begins", "is_on": "on"}

    admin_client.post(
        "/admin/registrations/reminderrule/add/", {**values, "edition": edition.pk}
    )

    assert str(ReminderRule.objects.get().edition) == str(edition)


@pytest.mark.parametrize("edition", [True, False])
def test_the_same_rule_twice_is_refused_in_words(admin_client, edition):
    of = {"edition": EditionFactory()} if edition else {}
    values = {"what": "names", "days": 10, "deadline": "begins"}
    ReminderRule.objects.create(**values, **of)
    keys = {name: row.pk for name, row in of.items()}

    response = admin_client.post(
        "/admin/registrations/reminderrule/add/", {**values, **keys}
    )

    assert len(response.context["adminform"].form.non_field_errors()) == 1
    assert ReminderRule.objects.count() == 1
