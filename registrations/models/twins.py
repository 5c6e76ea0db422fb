"""Two delegations of one partnership, or of one municipality that comes alone."""

from django.apps import apps

from partnerships.statement import Statement


def _live(field: str):
    rows = apps.get_model("registrations.Delegation").objects.live()
    same = rows.filter(edition=0).filter(kind="").filter(**{field: 0})
    return same.exclude(pk=0).order_by()


_OF_PARTNERSHIP = Statement(lambda: _live("partnership"))
_OF_MUNICIPALITY = Statement(lambda: _live("german_municipality"))


def first_of(delegation):
    """The live one that came first for the same; None: there is none.

    Guests are nobody's twins. The database lets only one live.
    """
    kinds = delegation.Kind
    if delegation.kind == kinds.PARTNERSHIP:
        statement, same = _OF_PARTNERSHIP, delegation.partnership_id
    elif delegation.kind == kinds.MUNICIPALITY:
        statement, same = _OF_MUNICIPALITY, delegation.german_municipality_id
    else:
        return None
    edition, key = delegation.edition_id, delegation.pk
    found = statement.ask(*delegation.LIVE, edition, delegation.kind, same, key)
    return found[0] if found else None
