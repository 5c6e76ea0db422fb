"""What of a change matters to staff, told without saying who somebody is."""

from collections import Counter

# Changes of these are looked at by staff; another spelling of an address is not.
MATTERS = frozenset(
    {
        "german_planned",
        "partner_planned",
        "german_online",
        "partner_online",
        "people_added",
        "people_replaced",
        "people_taken_out",
        "roles_changed",
        "partner_contact",
        "partnership",
    }
)


def of_person(old, new) -> Counter[str]:
    """What of a person changed, as counts that name nobody. None: nobody there."""
    if old is None or new is None:
        key = "people_added" if old is None else "people_taken_out"
        return Counter({key: int(old is not new)})
    return Counter(
        people_replaced=int(old.full_name.casefold() != new.full_name.casefold()),
        roles_changed=int(
            (old.role, old.organisation_kind) != (new.role, new.organisation_kind)
        ),
    )


def of_contact(side, contact: dict[str, str]) -> dict[str, bool]:
    """The partner's contact is another person: the rest is no matter of staff's."""
    name = contact.get("contact_name", side.contact_name)
    is_other = name.casefold() != side.contact_name.casefold()
    return {"partner_contact": True} if is_other and not side.is_german else {}
