"""A conference as the pattern of the next one of its series, without its people.

Every column and every relation of an edition stands in one of the lists below, or in
those of `registrations.cloning`: a test holds them against the model, so who adds a
field decides here whether the next conference begins with it.
"""

from typing import TypeVar

from django.db import models, transaction

from conferences.models import Edition, Series

Row = TypeVar("Row", bound=models.Model)

# What stays much the same from one conference to the next.
TAKEN_OVER = (
    "series",
    "time_zone",
    "introduction",
    "audience",
    "costs",
    "programme",
    "practical",
    "conference_languages",
    "contact_email",
    "contact_phone",
    "countries",
    "capacity_people",
    "capacity_german",
    "capacity_partner",
    "capacity_delegations",
    "german_most",
    "partner_most",
    "partner_paid",
    "needs_administration",
    "partner_optional",
    "has_person_pages",
    "offer_days",
    "offer_land",
    "attendance",
    "interpretation",
)
# What staff say of the new one when they make it.
ASKED = ("number", "year", "slug")
# What belongs to one conference alone; the next one begins without it.
LEFT = (
    "title",
    "motto",
    "theme",
    "cooperation",
    "month",
    "season",
    "starts_on",
    "ends_on",
    "city",
    "venue",
    "opens_at",
    "closes_at",
    "changes_until",
    "choice_opens_at",
    "choice_closes_at",
    "results",
    "next_steps",
    "attending",
    "source",
    "note",
    "is_demonstration",
    "published_at",
)
ROWS_TAKEN_OVER = ("rooms",)
ROWS_LEFT = (
    "hosts",
    "speakers",
    "sessions",
    "news",
    "figures",
    "publications",
    "pictures",
)


@transaction.atomic
def clone(edition: Edition, *, number: int, year: int, slug: str) -> Edition:
    """The next conference of the series, hidden, with what is taken over.

    The series is locked. Raises ValidationError where it has this number or this
    address already.
    """
    Series.objects.select_for_update().get(pk=edition.series_id)
    new = Edition(**_columns(edition), number=number, year=year, slug=slug)
    new.validate_constraints()
    new.save()
    new.countries.set(edition.countries.all())
    for room in edition.rooms.all():
        copied(room, edition_id=new.pk)
    return new


def suggestion(edition: Edition) -> dict[str, int | str]:
    """Number, year and address that the next conference of the series would have."""
    editions = Edition.objects.filter(series=edition.series_id)
    last = editions.counted().aggregate(
        number=models.Max("number"), year=models.Max("year")
    )
    found: dict[str, int | str] = {"number": (last["number"] or 0) + 1}
    if edition.series.rhythm_years:
        year = (last["year"] or edition.year) + edition.series.rhythm_years
        is_taken = editions.filter(slug=year).exists()
        found |= {"year": year, "slug": f"{year}-2" if is_taken else str(year)}
    return found


def copied(row: Row, **changed) -> Row:
    """A new row with all columns of another, but for those that are given."""
    columns = [field for field in row._meta.concrete_fields if not field.primary_key]
    values = {field.attname: getattr(row, field.attname) for field in columns}
    return type(row)._default_manager.create(**{**values, **changed})


def _columns(edition: Edition) -> dict:
    """What is taken over; of translated texts in every language."""
    return {
        field.attname: getattr(edition, field.attname)
        for field in edition._meta.concrete_fields
        if getattr(field, "translated_field", field).name in TAKEN_OVER
    }
