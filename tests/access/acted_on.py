"""For each action a row that it is for, one that it leaves alone, and what it writes.

Where there is no row that it leaves alone the second is None.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from partnerships.models import Partnership
from registrations.models import (
    EditionPlaces,
    EditionQuestions,
    EnteredMunicipality,
    Letter,
    PersonalNeeds,
    PreparedDecision,
    Request,
    VisaData,
)
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    MunicipalityFactory,
    PartnershipFactory,
    later,
    submitted,
)
from tests.partnerships.test_corrections import correction
from tests.people import ADMISSION, approved
from tests.pictures import PictureFactory
from tests.registrations.offered import full, raise_capacity
from tests.signing_in import app_of

Pair = tuple[Any, Any]
# What public pages show is another from now on.
VERSION = {"partnerships_contentversion"}
ACCOUNT = {"otp_totp_totpdevice", "django_admin_log"}
LOG = {"django_admin_log"}
HISTORY = {"registrations_historyentry"}
LETTER = {"registrations_letter", *HISTORY}
PREPARED = {"registrations_prepareddecision", *HISTORY}
DELEGATION = {"registrations_delegation", *HISTORY}
# Places are given or come free: the page of the conference says how many.
PLACES = {*DELEGATION, *LETTER, "registrations_side", *VERSION}
OFFER = {*PLACES, "registrations_offer"}
CORRECTION = {"partnerships_correction", *LOG}
REQUEST = {"registrations_request", *LETTER}


@dataclass(frozen=True)
class Acted:
    """`rows` makes the two; `query` is what brings them into the list."""

    rows: Callable[[], Pair]
    writes: set[str]
    query: str = ""


def boss():
    return get_user_model().objects.get(username="superuser")


def account() -> Pair:
    user = get_user_model().objects.create_user("anna", is_staff=True)
    app_of(user)
    return user, None


def picture() -> Pair:
    agreed = {"consent": "given", "consent_on": date(2027, 1, 1)}
    return PictureFactory(consent="open"), PictureFactory(**agreed)


def suggestion() -> Pair:
    return correction(), correction(outcome="done", answered_at=timezone.now())


def partnership() -> Pair:
    hidden = PartnershipFactory(published_at=None)
    return hidden, Partnership.objects.exclude(published_at=None)[0]


def in_hand() -> Pair:
    return submitted(EditionFactory()), DelegationFactory()


def prepared() -> Pair:
    ready, other = in_hand()
    PreparedDecision.objects.prepare(ready, "decline", by=boss())
    return ready, other


def given_up() -> Pair:
    gone, kept = submitted(EditionFactory()), submitted(EditionFactory())
    gone.withdraw(by=gone.german_side)
    return gone, kept


def waiting() -> Pair:
    holding, first = full(2, (2, 0))
    return first, holding


def offered() -> Pair:
    holding, first = full(2, (2, 0))
    holding.withdraw(by=holding.german_side)
    return first, waiting()[0]


def passed_over() -> Pair:
    """One that is passed over, while the places that came free lie there."""
    holding, first = full(2, (2, 0))
    first.pass_over(by=boss(), reason="Weil.")
    raise_capacity(holding.edition, 4)
    return first, holding


def passed_over_for_now() -> Pair:
    first, _holding = waiting()
    first.pass_over(by=boss(), reason="Weil.")
    return first, waiting()[0]


def reachable() -> Pair:
    return submitted(EditionFactory()), None


def invited() -> Pair:
    return submitted(EditionFactory(), partner=2), DelegationFactory()


def to_look_at() -> Pair:
    return (
        DelegationFactory(state="approved", needs_review_since=timezone.now()),
        DelegationFactory(state="approved"),
    )


def conference() -> Pair:
    coming = DelegationFactory(state="approved").edition
    return (
        EditionPlaces.objects.get(pk=coming.pk),
        EditionPlaces.objects.get(pk=EditionFactory().pk),
    )


def held() -> Pair:
    over = EditionFactory(
        year=2020, starts_on=date(2020, 5, 4), ends_on=date(2020, 5, 6)
    )
    DelegationFactory(edition=over, state="approved")
    return EditionPlaces.objects.get(pk=over.pk), conference()[0]


def asking() -> Pair:
    empty, full_already = (
        EditionQuestions.objects.get(pk=EditionFactory().pk) for _row in range(2)
    )
    full_already.add_usual_questions()
    return empty, full_already


def town() -> Pair:
    entered = MunicipalityFactory(checked_at=None)
    return EnteredMunicipality.objects.get(pk=entered.pk), MunicipalityFactory()


def letter() -> Pair:
    queued, stuck = (
        Letter.objects.write(submitted(EditionFactory()).german_side, "new_link")
        for _row in range(2)
    )
    Letter.objects.filter(pk=stuck.pk).update(state=Letter.State.FAILED)
    return stuck, queued


def sensitive(model) -> Callable[[], Pair]:
    def row() -> Pair:
        found = model.objects.all()[0]
        return found, None

    return row


def request() -> Pair:
    asked, answered = (
        Request.objects.create(
            side=approved().german_side, text="Bitte.", **ADMISSION, **values
        )
        for values in (
            {},
            {"answered_at": later(days=-1), "granted": True, "reason": "Ja."},
        )
    )
    return asked, answered


def decision(name: str, rows: Callable[[], Pair], writes: set[str]):
    return {f"registrations.delegation.{name}": Acted(rows, writes)}


ACTED = {
    "auth.user.reset_second_factor": Acted(account, ACCOUNT),
    "conferences.picture.agree": Acted(
        picture, {"conferences_picture", *LOG, *VERSION}
    ),
    "partnerships.correction.mark_done": Acted(suggestion, CORRECTION),
    "partnerships.correction.mark_not_taken": Acted(suggestion, CORRECTION),
    "partnerships.partnership.publish": Acted(
        partnership, {"partnerships_partnership", *VERSION}
    ),
    **decision("ask_again", passed_over_for_now, DELEGATION),
    **decision("export_participants", in_hand, LOG),
    **decision("looked_at", to_look_at, DELEGATION),
    **decision("offer_places", passed_over, OFFER),
    **decision("pass_over", waiting, DELEGATION),
    **decision("prepare_approval", in_hand, PREPARED),
    **decision("prepare_refusal", in_hand, PREPARED),
    **decision("reopen", given_up, PLACES),
    **decision("send_link", reachable, LETTER),
    **decision("send_partner_link", invited, LETTER),
    **decision("take_back", prepared, PREPARED),
    **decision("withdraw", in_hand, PLACES),
    **decision("withdraw_offer", offered, OFFER),
    "registrations.editionplaces.export_participants": Acted(conference, LOG),
    "registrations.editionplaces.take_over_partnerships": Acted(
        held, {"conferences_edition_attending", *LOG, *VERSION}, "?time=all"
    ),
    "registrations.editionquestions.add_usual_questions": Acted(
        asking,
        {
            *(
                f"registrations_{name}"
                for name in ("question", "option", "secondstage")
            ),
            *VERSION,
        },
    ),
    "registrations.enteredmunicipality.mark_checked": Acted(
        town, {"partnerships_municipality", *VERSION}
    ),
    "registrations.letter.send_again": Acted(letter, {"registrations_letter"}),
    "registrations.personalneeds.export_texts": Acted(
        sensitive(PersonalNeeds), HISTORY
    ),
    "registrations.request.grant": Acted(request, REQUEST),
    "registrations.request.refuse": Acted(request, REQUEST),
    "registrations.visadata.export_texts": Acted(sensitive(VisaData), HISTORY),
}
