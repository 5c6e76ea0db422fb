"""One of everything: what the tables name by a word, and what hangs on it."""

from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from conferences.models import Contribution, Edition, Page, Publication
from partnerships.models import Goal, Programme
from registrations.models import EditionFigures, LetterText, ReminderRule
from tests.access.delegations import Stage, stages
from tests.access.who import CHIEF, DISMISSED, HALF, NOBODY, STAFF
from tests.conferences.sessions import (
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    let_out,
)
from tests.factories import (
    EditionFactory,
    MunicipalityFactory,
    NewsFactory,
    PartnershipFactory,
    PartnerTownFactory,
    QuestionFactory,
)
from tests.partnerships.test_corrections import correction
from tests.people import everything_about
from tests.pictures import PictureFactory
from tests.registrations import workshops
from tests.signing_in import StaffClient

PUBLIC_FILE, HIDDEN_FILE = "0" * 32, "1" * 32


@dataclass
class World:
    """`words`: what stands in addresses; `rows`: the row of a model that is opened."""

    words: dict[str, object] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    stages: dict[str, Stage] = field(default_factory=dict)
    clients: dict[str, StaffClient] = field(default_factory=dict)

    def arguments(self, words: str) -> list[object]:
        """A word of the table is a key of a row, or stands in the address itself."""
        return [self.words.get(word, word) for word in words.split()]

    def row(self, model) -> int:
        """The one that is named, else the first that was made: users have no order."""
        first = model._default_manager.order_by("pk").values_list("pk", flat=True)
        return self.rows.get(model._meta.label_lower) or first[0]


def made() -> World:
    world = World()
    shown = workshops.edition(slug="shown")
    hidden = EditionFactory(slug="hidden", published_at=None)
    other = EditionFactory(slug="other")
    _programmes(world, shown, hidden, other)
    _places(world)
    _files_and_news(shown, hidden)
    world.stages = stages(shown)
    _of_staff(world, shown, other)
    world.clients = _clients()
    return world


def _programmes(world, shown, hidden, other):
    talk = workshops.workshop(shown, slug="talk", places=9)
    paula = SpeakerFactory(edition=shown, slug="paula")
    SpeakerFactory(edition=shown, slug="silent")
    Contribution.objects.create(session=talk, speaker=paula)
    RoomFactory(edition=shown)
    SessionFactory(edition=hidden, slug="secret")
    elsewhere = SessionFactory(edition=other, slug="elsewhere")
    for edition in (shown, hidden, other):
        let_out(edition)
    prepared = SessionFactory(edition=shown, slug="draft")
    keys = {"shown": shown, "other": other, "talk": talk, "elsewhere": elsewhere}
    world.words.update({f"{word}_id": row.pk for word, row in keys.items()})
    world.words["type"] = ContentType.objects.get_for_model(Edition).pk
    world.rows["conferences.session"] = prepared.pk


def _places(world):
    town = MunicipalityFactory(slug="town")
    PartnershipFactory(slug="pair", german=town, partner=PartnerTownFactory())
    PartnershipFactory(slug="hidden-pair", published_at=None)
    unchecked = MunicipalityFactory(slug="unchecked", checked_at=None)
    Goal.objects.create(number=6, name="Wasser")
    Programme.objects.create(name="Klimapartnerschaft")
    correction(municipality=town)
    world.words.update(town_id=town.pk, entered=unchecked.pk)
    world.rows["registrations.enteredmunicipality"] = unchecked.pk


def _files_and_news(shown, hidden):
    for edition, digest, number in (
        (shown, PUBLIC_FILE, 85),
        (hidden, HIDDEN_FILE, 86),
    ):
        PictureFactory(edition=edition, digest=digest)
        book = Publication.objects.create(
            edition=edition, series="Material", number=number
        )
        book.files.create(language="de", digest=digest, size=1)
    NewsFactory(slug="news")
    NewsFactory(slug="hidden-news", published_at=None)
    for key in Page.Key:
        Page.objects.get_or_create(key=key)


def _of_staff(world, shown, other):
    """What only the admin shows: all that hangs on a delegation, rules and texts."""
    everything = everything_about(other)
    EditionFigures.objects.freeze(other)
    ReminderRule.objects.create(
        edition=other, what="contact", days=9, deadline="closes"
    )
    text = LetterText.objects.create(
        kind="submitted", language="de", edition=other, subject="A", body="B"
    )
    approved = world.stages["approved"]
    world.words.update(
        delegation=everything.pk,
        side=everything.german_side.pk,
        person=approved.people["German side"],
        user=get_user_model().objects.get(username="staff").pk,
    )
    world.rows["registrations.lettertext"] = text.pk
    world.rows["registrations.question"] = QuestionFactory(edition=other).pk


def _clients() -> dict[str, StaffClient]:
    """A browser of everybody, signed in as far as they get."""
    call_command("staff_groups")
    make = get_user_model().objects.create_user
    clients = {NOBODY: StaffClient()}
    for name in (*sorted(STAFF - {CHIEF}), HALF, DISMISSED):
        user = make(name, is_staff=True)
        user.groups.set(Group.objects.filter(name=name))
        clients[name] = StaffClient()
        if name == HALF:
            user.groups.set(Group.objects.all())
            clients[name].force_password(user)
        else:
            clients[name].force_login(user)
    user.groups.set(Group.objects.all())
    type(user).objects.filter(pk=user.pk).update(is_staff=False)
    clients[CHIEF] = StaffClient()
    clients[CHIEF].force_login(make(CHIEF, is_staff=True, is_superuser=True))
    return clients
