"""The table of what a personal link opens: whose link, how far, and about whom.

Every other link, living or dead, gives 404, and changes nothing. `about` says whose
people stand in the address; anybody else's give 404 too.
"""

from dataclasses import dataclass

from tests.access.who import BOTH, GERMAN, PARTNER, PERSON

# How far the delegation is whose page it is.
DRAFT, SUBMITTED, APPROVED, OFFERED = "draft", "submitted", "approved", "offered"
OWN = "a person of the side whose link it is"
BEHALF = "a person that the German side entered for its partner"
LEADS_ON = 302  # to the page that is due instead
BUTTON = 405  # it is only sent, never opened


@dataclass(frozen=True)
class Linked:
    whose: tuple[str, ...]
    stage: str
    about: str = ""
    get: int = 200
    # Of a person who is not one's own: taking out twice is taking out once, and so
    # nobody is told whether there was anybody to take out.
    post_about_others: int = 404


ONLY_GERMAN, ONLY_PARTNER, ONLY_PERSON = (GERMAN,), (PARTNER,), (PERSON,)

LINKED = {
    # The steps of a draft: the partner is not written to yet.
    "registrations:municipality": Linked(ONLY_GERMAN, DRAFT),
    "registrations:municipality-enter": Linked(ONLY_GERMAN, DRAFT),
    "registrations:guests": Linked(ONLY_GERMAN, DRAFT, get=LEADS_ON),  # for staff
    "registrations:partnership": Linked(ONLY_GERMAN, DRAFT),
    "registrations:partner-town": Linked(ONLY_GERMAN, DRAFT),
    "registrations:partner-town-enter": Linked(ONLY_GERMAN, DRAFT),
    "registrations:admission": Linked(ONLY_GERMAN, DRAFT, get=LEADS_ON),
    "registrations:names": Linked(ONLY_GERMAN, DRAFT),
    "registrations:check": Linked(ONLY_GERMAN, DRAFT),
    "registrations:submit": Linked(ONLY_GERMAN, DRAFT, get=BUTTON),
    # What a registered delegation sees and changes.
    "registrations:delegation": Linked(BOTH, SUBMITTED),
    "registrations:contact": Linked(BOTH, SUBMITTED),
    "registrations:partner": Linked(ONLY_GERMAN, SUBMITTED),
    "registrations:partner-link": Linked(ONLY_GERMAN, SUBMITTED, get=BUTTON),
    "registrations:people": Linked(BOTH, SUBMITTED),
    "registrations:questions": Linked(BOTH, SUBMITTED),
    "registrations:confirm": Linked(BOTH, SUBMITTED, get=BUTTON),
    "registrations:change": Linked(BOTH, SUBMITTED),
    "registrations:withdraw": Linked(ONLY_GERMAN, SUBMITTED),
    "registrations:calendar": Linked(BOTH, SUBMITTED),
    "registrations:come": Linked(ONLY_PARTNER, SUBMITTED, get=BUTTON),
    "registrations:not-coming": Linked(ONLY_PARTNER, SUBMITTED),
    "registrations:hand-over": Linked(BOTH, SUBMITTED),
    "registrations:offer": Linked(ONLY_GERMAN, OFFERED),
    "registrations:offer-decline": Linked(ONLY_GERMAN, OFFERED),
    # Its people: each side its own, the German one also whom it entered itself.
    "registrations:person-add": Linked(BOTH, SUBMITTED),
    "registrations:person": Linked(BOTH, SUBMITTED, OWN),
    "registrations:person-questions": Linked(BOTH, SUBMITTED, OWN),
    "registrations:replace": Linked(BOTH, SUBMITTED, OWN),
    "registrations:take-out": Linked(BOTH, SUBMITTED, OWN, post_about_others=302),
    "registrations:partner-person-add": Linked(ONLY_GERMAN, SUBMITTED),
    "registrations:partner-person": Linked(ONLY_GERMAN, SUBMITTED, BEHALF),
    "registrations:partner-replace": Linked(ONLY_GERMAN, SUBMITTED, BEHALF),
    "registrations:partner-take-out": Linked(
        ONLY_GERMAN, SUBMITTED, BEHALF, post_about_others=302
    ),
    # What is asked after the approval.
    "registrations:second-stage": Linked(BOTH, APPROVED),
    "registrations:second-questions": Linked(BOTH, APPROVED),
    "registrations:second-person": Linked(BOTH, APPROVED, OWN),
    "registrations:needs": Linked(BOTH, APPROVED, OWN),
    "registrations:visa": Linked(BOTH, APPROVED, OWN),
    "registrations:consents": Linked(BOTH, APPROVED, OWN),
    "registrations:choice": Linked(BOTH, APPROVED),
    "registrations:choose": Linked(BOTH, APPROVED, OWN),
    # All that we know of a side.
    "registrations:data": Linked(BOTH, SUBMITTED),
    "registrations:data-file": Linked(BOTH, SUBMITTED),
    "registrations:erase": Linked(BOTH, SUBMITTED),
    # The own page of one person, which opens no side; no side opens it.
    "registrations:own-page": Linked(ONLY_PERSON, APPROVED),
    "registrations:own-person-questions": Linked(ONLY_PERSON, APPROVED),
    "registrations:own-choice": Linked(ONLY_PERSON, APPROVED),
    "registrations:own-second-person": Linked(ONLY_PERSON, APPROVED),
    "registrations:own-needs": Linked(ONLY_PERSON, APPROVED),
    "registrations:own-visa": Linked(ONLY_PERSON, APPROVED),
    "registrations:own-consents": Linked(ONLY_PERSON, APPROVED),
    "registrations:own-data": Linked(ONLY_PERSON, APPROVED),
    "registrations:own-data-file": Linked(ONLY_PERSON, APPROVED),
    "registrations:own-erase": Linked(ONLY_PERSON, APPROVED),
}
