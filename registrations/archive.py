"""What the record of a conference takes over from its delegations once it is over."""

from django.db import transaction
from django.utils.translation import gettext as _

from conferences.models import Edition
from partnerships.models import Partnership
from registrations.models import Delegation, Refused


@transaction.atomic
def take_over_partnerships(edition: Edition) -> int:
    """Record the partnerships of the approved delegations as those that took part.

    Returns how many are new; what staff recorded themselves stays. Raises Refused as
    long as the conference is not over: nobody has taken part yet.
    """
    Edition.objects.select_for_update().only("pk").get(pk=edition.pk)
    if not edition.is_over():
        raise Refused(_("The conference is not over yet."))
    approved = edition.delegations.filter(state=Delegation.State.APPROVED)
    came = Partnership.objects.filter(pk__in=approved.values("partnership"))
    new = came.exclude(pk__in=edition.attending.values("pk"))
    count = len(new)
    edition.attending.add(*new)
    return count
