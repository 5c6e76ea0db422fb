"""Makes one municipality of two, with all that hangs on the one that goes."""

from collections import defaultdict

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from conferences.models import Edition
from partnerships.models import Municipality, Partnership, raise_content_version
from registrations.models import Delegation, HistoryEntry, Refused

# What the remaining partnership takes over where it has nothing of its own.
FILLED = [
    "since",
    "source",
    "note",
    "published_at",
    *(f"topics_{code}" for code, _name in settings.LANGUAGES),
]


@transaction.atomic
def merge(municipality: Municipality, into: Municipality, *, by) -> None:
    """Move names, partnerships, hosts and delegations over, and delete the row.

    The editions are locked first, as every verb of a delegation does, so nobody
    chooses the one that goes, or submits, meanwhile; then both rows.
    Raises Refused, and changes nothing, where two of one edition would become one.
    """
    list(Edition.objects.select_for_update().order_by("pk").values_list("pk"))
    pair = [municipality.pk, into.pk]
    locked = Municipality.objects.select_for_update().order_by("pk").in_bulk(pair)
    if len(locked) < 2:
        raise Refused(_("Choose another municipality."))
    municipality, into = locked[municipality.pk], locked[into.pk]
    if municipality.is_german != into.is_german:
        raise Refused(_("A German municipality cannot become a foreign one."))
    partnerships = list(
        Partnership.objects.of(municipality).select_for_update().order_by("pk")
    )
    _refuse_partnership_with_itself(partnerships, municipality, into)
    _refuse_two_live_delegations(municipality, into)
    _move_names(municipality, into)
    for partnership in partnerships:
        _move_partnership(partnership, municipality, into, by)
    _move_delegations(
        Delegation.objects.filter(german_municipality=municipality),
        by,
        german_municipality=into,
    )
    municipality.hosted.update(municipality=into)
    municipality.corrections.update(municipality=into)
    municipality.delete()
    raise_content_version()


def _pair(partnership, municipality, into) -> tuple[int, int]:
    """The two municipalities of a partnership as they will be."""
    german, partner = partnership.german_id, partnership.partner_id
    return (
        into.pk if german == municipality.pk else german,
        into.pk if partner == municipality.pk else partner,
    )


def _refuse_partnership_with_itself(partnerships, municipality, into) -> None:
    for partnership in partnerships:
        german, partner = _pair(partnership, municipality, into)
        if german == partner:
            raise Refused(_("These two are partners: they cannot be one."))


def _refuse_two_live_delegations(municipality, into) -> None:
    towns = [municipality, into]
    pairs = Partnership.objects.filter(german__in=towns) | Partnership.objects.filter(
        partner__in=towns
    )
    concerned = Delegation.objects.filter(
        german_municipality__in=towns
    ) | Delegation.objects.filter(partnership__in=pairs)
    together = defaultdict(list)
    for delegation in concerned.live().select_related("partnership").order_by("pk"):
        together[_who(delegation, municipality, into)].append(delegation.reference)
    for who, references in together.items():
        if who is not None and len(references) > 1:
            raise Refused(
                _("%(first)s and %(second)s are both registered: withdraw one first.")
                % {"first": references[0], "second": references[1]}
            )


def _who(delegation, municipality, into):
    """What only one live delegation of an edition may stand for, after the merge."""
    kinds = Delegation.Kind
    if delegation.kind == kinds.PARTNERSHIP and delegation.partnership:
        pair = _pair(delegation.partnership, municipality, into)
        return delegation.edition_id, "partnership", pair
    if delegation.kind == kinds.MUNICIPALITY:
        german = delegation.german_municipality_id
        german = into.pk if german == municipality.pk else german
        return delegation.edition_id, "municipality", german
    return None


def _move_names(municipality, into) -> None:
    spellings = [municipality.name, *(row.name for row in municipality.names.all())]
    for spelling in spellings:
        if spelling != into.name:
            into.names.get_or_create(name=spelling)


def _move_partnership(partnership, municipality, into, by) -> None:
    german, partner = _pair(partnership, municipality, into)
    same = Partnership.objects.filter(german=german, partner=partner).first()
    if same is None:
        partnership.german_id, partnership.partner_id = german, partner
        partnership.save(update_fields=["german", "partner"])
        return
    delegations = Delegation.objects.filter(partnership=partnership)
    _move_delegations(delegations, by, partnership=same)
    partnership.hosted.update(partnership=same)
    partnership.corrections.update(partnership=same)
    for edition in Edition.objects.filter(attending=partnership):
        edition.attending.add(same)
    same.programmes.add(*partnership.programmes.all())
    same.goals.add(*partnership.goals.all())
    for name in FILLED:
        if not getattr(same, name):
            setattr(same, name, getattr(partnership, name))
    same.save(update_fields=FILLED)
    partnership.delete()


def _move_delegations(delegations, by, **change) -> None:
    [(name, row)] = change.items()
    for delegation in list(delegations):
        setattr(delegation, name, row)
        delegation.save(update_fields=[name])
        if not delegation.is_draft:
            delegation.history.record(
                delegation,
                HistoryEntry.Verb.CHANGE_PARTNERSHIP,
                by=by,
                changes={name: row.pk},
            )
