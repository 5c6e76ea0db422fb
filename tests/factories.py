"""One factory per model, with harmless defaults: a test states what it relies on."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.utils import timezone
from factory.django import DjangoModelFactory

from conferences.models import Edition, News, Series
from partnerships.models import Country, Municipality, Partnership, Region
from registrations.models import Delegation, Option, Participant, Question, Side

BERLIN = ZoneInfo("Europe/Berlin")


def berlin(text: str) -> datetime:
    """An instant written as the clock in Berlin shows it: "2027-03-31 23:59"."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ["code"]

    code = "AFR"
    name_de = "Afrika"
    name_en = "Africa"
    colour = Region.Palette.TERRACOTTA


class CountryFactory(DjangoModelFactory):
    class Meta:
        model = Country
        django_get_or_create = ["iso2"]

    iso2 = "NA"
    name_de = "Namibia"
    name_en = "Namibia"
    region = factory.SubFactory(RegionFactory)


class GermanyFactory(CountryFactory):
    iso2 = "DE"
    name_de = "Deutschland"
    name_en = "Germany"
    region = None


class MunicipalityFactory(DjangoModelFactory):
    """A German town that staff have checked."""

    class Meta:
        model = Municipality

    country = factory.SubFactory(GermanyFactory)
    kind: str = Municipality.Kind.TOWN
    name = factory.Sequence(lambda number: f"Musterstadt {number}")
    land = "Hessen"
    kreis = "Musterkreis"
    slug = factory.Sequence(lambda number: f"musterstadt-{number}")
    checked_at = factory.LazyFunction(timezone.now)


class PartnerTownFactory(MunicipalityFactory):
    country = factory.SubFactory(CountryFactory)
    kind = ""
    name = factory.Sequence(lambda number: f"Partnertown {number}")
    land = ""
    kreis = ""
    slug = factory.Sequence(lambda number: f"partnertown-{number}-na")


class PartnershipFactory(DjangoModelFactory):
    class Meta:
        model = Partnership

    german = factory.SubFactory(MunicipalityFactory)
    partner = factory.SubFactory(PartnerTownFactory)
    slug = factory.LazyAttribute(lambda row: f"{row.german.slug}--{row.partner.slug}")
    published_at = datetime(2020, 1, 1, tzinfo=UTC)


class SeriesFactory(DjangoModelFactory):
    class Meta:
        model = Series
        django_get_or_create = ["slug"]

    region = factory.SubFactory(RegionFactory)
    slug = "afrika"
    title_de = "Regionalkonferenz Afrika"
    title_en = "Regional conference Africa"
    rhythm_years = 3


class EditionFactory(DjangoModelFactory):
    """A published edition far in the future whose registration is open."""

    class Meta:
        model = Edition

    series = factory.SubFactory(SeriesFactory)
    # Past those of the real ones, which some tests load as well.
    number = factory.Sequence(lambda number: number + 101)
    year = 2100
    slug = factory.Sequence(lambda number: f"2100-{number}")
    starts_on = date(2100, 9, 6)
    ends_on = date(2100, 9, 8)
    city = "Musterstadt"
    published_at = datetime(2020, 1, 1, tzinfo=UTC)
    opens_at = datetime(2020, 1, 1, tzinfo=UTC)
    closes_at = berlin("2100-03-31 23:59")
    changes_until = berlin("2100-05-31 23:59")
    contact_email = "organisation@example.org"
    partner_optional = True


class NewsFactory(DjangoModelFactory):
    """A published item about nothing in particular."""

    class Meta:
        model = News

    slug = factory.Sequence(lambda number: f"meldung-{number}")
    title_de = factory.LazyAttribute(lambda row: f"Titel von {row.slug}")
    title_en = factory.LazyAttribute(lambda row: f"Title of {row.slug}")
    teaser_de = "Worum es geht."
    teaser_en = "What it is about."
    text_de = "Der ganze Text."
    text_en = "The whole text."
    published_at = datetime(2020, 1, 1, tzinfo=UTC)


class DelegationFactory(DjangoModelFactory):
    """A draft in which every step has been answered: two people on each side."""

    class Meta:
        model = Delegation
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionFactory)
    partnership = factory.SubFactory(PartnershipFactory)
    german_municipality = factory.LazyAttribute(
        lambda row: row.partnership.german if row.partnership else None
    )
    reference = factory.LazyAttribute(
        lambda row: Delegation.objects.draw_reference(row.edition)
    )
    form_key = factory.Sequence(lambda number: f"form-key-{number:030d}")

    @factory.post_generation
    def german(delegation, create, extracted, **values):
        contact = {
            "contact_name": "Erika Muster",
            "contact_email": "erika.muster@example.org",
            "language": "de",
            "planned": 2,
            "confirmed_at": timezone.now(),
        }
        Side.objects.create(
            delegation=delegation, which=Side.Which.GERMAN, **{**contact, **values}
        )

    @factory.post_generation
    def partner(delegation, create, extracted, **values):
        contact = {
            "contact_name": "Ama Mensah",
            "contact_email": "ama.mensah@example.org",
            "language": "en",
            "planned": 2,
        }
        Side.objects.create(
            delegation=delegation, which=Side.Which.PARTNER, **{**contact, **values}
        )


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    given_names = "Erika"
    family_name = "Muster"
    organisation_kind = Participant.OrganisationKind.ADMINISTRATION


class QuestionFactory(DjangoModelFactory):
    """An optional line of text about each person, asked with the registration."""

    class Meta:
        model = Question

    edition = factory.SubFactory(EditionFactory)
    key = factory.Sequence(lambda number: f"question-{number}")
    type: str = Question.Type.TEXT
    scope: str = Question.Scope.PERSON
    label_de = factory.LazyAttribute(lambda row: f"Frage {row.key}?")
    label_en = factory.LazyAttribute(lambda row: f"Question {row.key}?")
    order = factory.Sequence(lambda number: number)


class OptionFactory(DjangoModelFactory):
    class Meta:
        model = Option

    label_de = factory.LazyAttribute(lambda row: f"Antwort {row.key}")
    label_en = factory.LazyAttribute(lambda row: f"Answer {row.key}")


def submitted(edition, *, german=2, partner=0, **values):
    """A delegation of an own partnership that was just submitted."""
    delegation = DelegationFactory(
        edition=edition, german__planned=german, partner__planned=partner, **values
    )
    delegation.submit()
    return delegation


def later(**delta):
    return timezone.now() + timedelta(**delta)


def staff(*permissions):
    """A member of staff who may do only what is named: "app.codename"."""
    user = get_user_model().objects.create_user(
        f"staff-{get_user_model().objects.count()}", is_staff=True
    )
    for permission in permissions:
        app, codename = permission.split(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    return user
