"""What is there before the story of two towns begins."""

from registrations import seeding
from registrations.models import SecondStage
from tests.factories import (
    CountryFactory,
    EditionFactory,
    PartnershipFactory,
    QuestionFactory,
    RegionFactory,
    SeriesFactory,
    staff,
    submitted,
)
from tests.signing_in import PASSWORD, app_of


def full_edition():
    """All places are held by others, whom Erika Muster's town waits for."""
    seeding.load()
    edition = edition_of_four_places()
    nicaragua = CountryFactory(
        iso2="NI",
        name_de="Nicaragua",
        name_en="Nicaragua",
        region=edition.series.region,
    )
    fulda, _giessen = [
        PartnershipFactory(
            german__name=german, partner__name=partner, partner__country=nicaragua
        )
        for german, partner in (("Fulda", "Masaya"), ("Gießen", "San Juan"))
    ]
    submitted(
        edition,
        german=3,
        partner=1,
        partnership=fulda,
        german__contact_email="fulda@example.org",
        partner__contact_email="masaya@example.org",
    )
    it_asks_more_after_the_approval(edition)
    there_is_staff()
    return edition


def edition_of_four_places():
    region = RegionFactory(code="LAT", name_de="Lateinamerika")
    series = SeriesFactory(
        region=region,
        slug="lateinamerika",
        title_de="Regionalkonferenz Lateinamerika",
        title_en="Regional conference Latin America",
        title_es="Conferencia regional América Latina",
    )
    return EditionFactory(series=series, capacity_people=4, partner_optional=False)


def it_asks_more_after_the_approval(edition):
    SecondStage.objects.create(edition=edition, visa_for="partner")
    QuestionFactory(
        edition=edition,
        key="travels-from",
        stage="second",
        required_for="both",
        label_de="Anreise aus",
        label_en="Travels from",
        label_es="Viaja desde",
    )


def there_is_staff():
    user = staff(
        "registrations.view_delegation",
        "registrations.view_participant",
        "registrations.change_delegation",
        "registrations.view_prepareddecision",
        "registrations.change_prepareddecision",
    )
    user.username = "anna"
    user.set_password(PASSWORD)
    user.save()
    app_of(user)
