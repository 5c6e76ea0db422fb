"""Who asks for it is erased at once: a person, or a whole side."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command

from registrations import erasure_log, forgetting, restored
from registrations.models import (
    Answer,
    Consent,
    Delegation,
    HistoryEntry,
    Letter,
    Offer,
    Participant,
    PersonalLink,
    PersonalNeeds,
    PersonLink,
    Refused,
    Request,
    Side,
    VisaData,
)
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    ParticipantFactory,
    staff,
    submitted,
)
from tests.people import everything_about, logged
from tests.registrations.test_at_once import at_once

pytestmark = pytest.mark.django_db
at_the_same_moment = pytest.mark.django_db(transaction=True)
State = Delegation.State
Verb = HistoryEntry.Verb


def coming(edition=None, *, people=2, **values):
    """A delegation with named people on both sides."""
    values = {"german": people, "partner": people, **values}
    delegation = submitted(edition or EditionFactory(), **values)
    for side in delegation.sides.all():
        for number in range(people):
            ParticipantFactory(
                side=side, given_names=f"{side.which}{number}", family_name="Okonkwo"
            )
    return Delegation.objects.get(pk=delegation.pk)


def over():
    return EditionFactory(
        year=2020, starts_on=date(2020, 1, 10), ends_on=date(2020, 1, 12)
    )


def numbers(delegation):
    return {
        side.which: (side.planned, side.held, side.participants.count())
        for side in delegation.sides.all()
    }


def test_the_place_of_an_erased_person_comes_free():
    delegation = coming()
    person = delegation.german_side.participants.first()

    is_done = forgetting.erase_person(person, by=person)

    assert is_done is True
    assert numbers(delegation) == {"german": (1, 1, 1), "partner": (2, 2, 2)}


def test_the_queue_moves_on_when_a_person_is_erased():
    edition = EditionFactory(capacity_people=4)
    holding = coming(edition, partner=2)
    waiting = submitted(edition, german=1, partner=0)
    person = holding.german_side.participants.first()

    forgetting.erase_person(person, by=person)

    waiting.refresh_from_db()
    assert waiting.state == State.OFFERED
    assert Offer.objects.get().delegation == waiting


def test_the_last_of_a_german_side_leaves_an_open_place():
    delegation = coming(people=1)
    person = delegation.german_side.participants.get()

    forgetting.erase_person(person, by=person)

    assert numbers(delegation)["german"] == (1, 1, 0)
    assert Delegation.objects.get().state == State.SUBMITTED


def test_a_person_is_erased_after_the_time_for_changes_too():
    delegation = coming(EditionFactory(changes_until="2020-01-01T00:00:00Z"))
    person = delegation.partner_side.participants.first()

    forgetting.erase_person(person, by=person)

    assert numbers(delegation)["partner"] == (1, 1, 1)


def test_after_the_conference_the_numbers_stay():
    delegation = everything_about(over())
    person = Participant.objects.get()

    forgetting.erase_person(person, by=person)

    assert numbers(delegation)["german"] == (2, 2, 0)


def test_all_that_belongs_to_an_erased_person_goes():
    delegation = everything_about(over())
    person = Participant.objects.get()
    person.links.mint(person)
    person.side.delegation = delegation
    Letter.objects.write(person.side, Letter.Kind.PERSON_LINK, participant=person)

    forgetting.erase_person(person, by=person)

    rows = (Participant, PersonalNeeds, VisaData, Consent, Answer, PersonLink)
    assert [model.objects.count() for model in rows] == [0] * len(rows)
    assert Letter.objects.filter(kind=Letter.Kind.PERSON_LINK).count() == 0


def test_what_others_wrote_forgets_the_name():
    delegation = coming()
    side = delegation.partner_side
    person = side.participants.first()
    person.family_name, person.email = "Achebe", "a.achebe@example.org"
    person.save()
    Letter.objects.write(delegation.german_side, Letter.Kind.REMINDER, reason="Achebe")
    Letter.objects.filter(kind=Letter.Kind.REMINDER).update(state="queued")
    sent = Letter.objects.write(delegation.german_side, Letter.Kind.APPROVED)
    Letter.objects.filter(pk=sent.pk).update(
        state="sent", body="Frau Achebe kommt.", subject="Für Achebe", error="x"
    )
    Request.objects.create(side=side, kind="change", text="Achebe statt Mensah")
    delegation.history.record(delegation, Verb.APPROVE, reason="wegen ACHEBE")
    Delegation.objects.update(note="Achebe anrufen")

    forgetting.erase_person(person, by=person)

    texts = [
        *Letter.objects.values_list("context", "body", "subject"),
        *Request.objects.values_list("text"),
        *HistoryEntry.objects.values_list("reason"),
        *Delegation.objects.values_list("note"),
    ]
    assert "achebe" not in str(texts).casefold()
    assert Letter.objects.filter(pk=sent.pk).exists()
    assert HistoryEntry.objects.filter(verb=Verb.APPROVE).count() == 1


def test_a_text_that_only_sounds_like_the_name_stays():
    delegation = coming()
    person = delegation.partner_side.participants.first()
    person.given_names, person.family_name = "", "Li"
    person.save()
    Delegation.objects.update(note="Lieber Ali zweimal anrufen")

    forgetting.erase_person(person, by=person)

    assert Delegation.objects.get().note == "Lieber Ali zweimal anrufen"


def test_the_other_people_stay_as_they_are():
    delegation = coming()
    first, second = delegation.german_side.participants.all()
    before = Participant.objects.filter(pk=second.pk).values().get()

    forgetting.erase_person(first, by=first)

    assert Participant.objects.filter(pk=second.pk).values().get() == before


def test_the_history_says_that_somebody_was_erased_and_not_who():
    delegation = coming()
    person = delegation.german_side.participants.first()

    forgetting.erase_person(person, by=person)

    line = delegation.history.last()
    assert (line.verb, line.actor_kind, line.reason) == (
        Verb.ERASE_PERSON,
        "person",
        "",
    )
    assert line.changes == {"side": "german"}


def test_a_letter_under_way_makes_an_erasure_wait_for_the_night():
    delegation = coming()
    person = delegation.german_side.participants.first()
    Letter.objects.update(state=Letter.State.SENDING)

    is_done = forgetting.erase_person(person, by=person)
    left = Participant.objects.filter(pk=person.pk).count()
    Letter.objects.update(state=Letter.State.SENT)
    forgetting.erase_again()

    assert (is_done, left) == (False, 1)
    assert Participant.objects.filter(pk=person.pk).count() == 0


def test_who_comes_instead_is_not_erased_with_the_one_before():
    delegation = coming()
    side = delegation.german_side
    person = side.participants.first()
    before = Participant.objects.get(pk=person.pk)
    person.given_names, person.family_name = "Paula", "Neu"
    side.save_person(person, by=side)

    forgetting.erase_person(before, by=before)

    assert Participant.objects.get(pk=person.pk).family_name == "Neu"


def test_a_german_side_that_is_erased_withdraws_and_the_queue_moves_on():
    edition = EditionFactory(capacity_people=4)
    delegation = coming(edition, partner=2)
    waiting = submitted(edition, german=1, partner=0)
    side = delegation.german_side

    forgetting.erase_side(side, by=side)

    states = dict(Delegation.objects.values_list("pk", "state"))
    assert states == {delegation.pk: State.WITHDRAWN, waiting.pk: State.OFFERED}


def test_nothing_of_an_erased_side_is_left():
    delegation = everything_about(over())
    side = delegation.german_side

    forgetting.erase_side(side, by=side)

    side = Side.objects.get(pk=side.pk)
    assert (side.contact_name, side.contact_email, side.contact_phone) == ("", "", "")
    assert (side.planned, side.held) == (2, 2)
    counts = [
        rows.count()
        for rows in (
            Participant.objects.all(),
            side.letters.all(),
            PersonalLink.objects.filter(side=side),
            Answer.objects.all(),
            HistoryEntry.objects.exclude(reason=""),
            Request.objects.exclude(text="", reason=""),
        )
    ]
    assert counts == [0] * 6


def test_the_history_of_an_erased_side_keeps_what_happened():
    delegation = everything_about(over())
    side = delegation.german_side
    before = set(delegation.history.values_list("at", "verb", "actor_kind"))

    forgetting.erase_side(side, by=side)

    after = set(delegation.history.values_list("at", "verb", "actor_kind"))
    assert before < after


def test_letters_that_wait_for_an_erased_side_are_not_sent():
    delegation = coming()
    side = delegation.german_side
    Letter.objects.write(side, Letter.Kind.NEW_LINK)

    forgetting.erase_side(side, by=side)

    waiting = Letter.objects.filter(state=Letter.State.QUEUED)
    assert set(waiting.values_list("side__which", flat=True)) <= {"partner"}


def test_a_partner_side_that_is_erased_does_not_come():
    delegation = coming()
    side = delegation.partner_side

    forgetting.erase_side(side, by=side)

    kept = Delegation.objects.get()
    assert numbers(kept) == {"german": (2, 2, 2), "partner": (0, 0, 0)}
    assert (kept.state, kept.partner_side.contact_name) == (State.SUBMITTED, "")
    assert kept.needs_review_since is not None
    assert kept.german_side.contact_name == "Erika Muster"
    assert kept.german_side.letters.filter(kind="partner_declined").count() == 1


def test_a_partner_is_erased_while_an_offer_is_answered():
    edition = EditionFactory(capacity_people=2)
    holding = submitted(edition, german=2, partner=0)
    delegation = coming(edition, partner=2)
    holding.withdraw(by=holding.german_side)
    delegation = Delegation.objects.get(pk=delegation.pk)
    side = delegation.partner_side

    is_done = forgetting.erase_side(side, by=side)

    kept = Delegation.objects.get(pk=delegation.pk)
    assert (is_done, kept.state) == (True, State.OFFERED)
    assert (kept.partner_side.planned, kept.partner_side.contact_name) == (2, "")


def test_a_draft_that_is_erased_goes_as_a_whole():
    delegation = DelegationFactory()
    logged(delegation)
    side = delegation.german_side

    forgetting.erase_side(side, by=side)

    assert (Delegation.objects.count(), LogEntry.objects.count()) == (0, 0)


def test_the_log_holds_no_name_and_no_address():
    delegation = coming()
    person, side = Participant.objects.first(), delegation.partner_side
    keys = [person.key, side.key]
    forgetting.erase_person(person, by=person)
    forgetting.erase_side(side, by=staff())

    found = list(erasure_log.entries())
    assert [(one.what, one.reference, one.key) for one in found] == [
        ("person", delegation.reference, keys[0]),
        ("side", delegation.reference, keys[1]),
    ]
    assert all(set(vars(one)) == {"at", "what", "reference", "key"} for one in found)


def test_a_restored_backup_erases_again():
    delegation = coming()
    person = delegation.german_side.participants.first()
    side = delegation.partner_side
    backup = [*Participant.objects.all(), *Side.objects.all()]
    forgetting.erase_person(person, by=person)
    forgetting.erase_side(side, by=side)

    for row in backup:
        row.save()
    count = forgetting.erase_again()

    assert count == 2
    assert Participant.objects.count() == 1
    assert Side.objects.get(pk=side.pk).contact_name == ""


@pytest.mark.parametrize("moved", [False, True])
def test_nobody_who_was_erased_is_in_a_database_that_is_put_right(moved):
    person = coming().german_side.participants.first()
    backup = Participant.objects.get(pk=person.pk)
    forgetting.erase_person(person, by=person)
    backup.save()

    done = restored.put_right(moved=moved)

    assert done["who asked for it erased"] == 1
    assert not Participant.objects.filter(key=backup.key).exists()
    assert forgetting.erase_again() == 0


def test_who_registers_anew_on_an_erased_side_is_not_erased_again():
    delegation = coming()
    side = delegation.partner_side
    forgetting.erase_side(side, by=side)
    Side.objects.filter(pk=side.pk).update(contact_name="Neu")

    forgetting.erase_again()

    assert Side.objects.get(pk=side.pk).contact_name == "Neu"


def test_a_line_that_a_power_cut_left_does_not_hide_the_others(settings):
    delegation = coming()
    person = delegation.german_side.participants.first()
    erasure_log.note("side", delegation.reference, "somebody-else")
    [file] = settings.ERASURES_ROOT.iterdir()
    file.write_text(file.read_text() + '{"at": "2027')
    erasure_log.note("person", delegation.reference, person.key)

    assert forgetting.erase_again() == 1


def test_nothing_is_erased_that_cannot_be_written_down(settings, tmp_path):
    (tmp_path / "full").write_text("")
    settings.ERASURES_ROOT = tmp_path / "full" / "erasures"
    person = coming().german_side.participants.first()

    with pytest.raises(Refused):
        forgetting.erase_person(person, by=person)

    assert Participant.objects.filter(pk=person.pk).exists()


def test_nothing_is_erased_of_which_only_half_is_written_down(settings, small_files):
    """The disk takes the beginning of a line, and says so by a number alone."""
    person = coming().german_side.participants.first()
    erasure_log.note("side", "AFR00-0001", "somebody-else")
    [file] = settings.ERASURES_ROOT.iterdir()
    file.write_text(file.read_text().ljust(1000, "\n"))

    with small_files(), pytest.raises(Refused):
        forgetting.erase_person(person, by=person)

    assert Participant.objects.filter(pk=person.pk).exists()
    assert len(list(erasure_log.entries())) == 1


def test_each_person_and_side_has_a_key_of_its_own():
    coming()

    keys = [*Participant.objects.values_list("key", flat=True)]
    keys += [*Side.objects.values_list("key", flat=True)]
    assert len(set(keys)) == len(keys) == 6


@pytest.mark.postgresql
@at_the_same_moment
def test_who_is_erased_twice_at_the_same_moment_frees_one_place():
    delegation = coming()
    key = delegation.german_side.participants.first().pk

    def erase():
        person = Participant.objects.select_related("side__delegation").get(pk=key)
        return forgetting.erase_person(person, by=person)

    at_once(erase, erase)

    assert numbers(delegation)["german"] == (1, 1, 1)
    assert delegation.history.filter(verb=Verb.ERASE_PERSON).count() == 1


def test_the_nightly_command_erases_who_asked(capsys):
    delegation = coming()
    person = delegation.german_side.participants.first()
    erasure_log.note("person", delegation.reference, person.key)

    call_command("erase", again=True)

    assert not Participant.objects.filter(pk=person.pk).exists()
    assert capsys.readouterr().out.splitlines()[0] == "who asked for it: 1 erased"
