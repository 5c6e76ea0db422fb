"""What staff press in the admin, and what they are told."""

import re

from django.contrib.messages import get_messages
from django.urls import reverse

from registrations import prepared
from registrations.models import PreparedDecision


def page_of(verb, *rows, model="delegation"):
    chosen = ",".join(str(row.pk) for row in rows)
    return reverse(f"admin:registrations_{model}_{verb}") + f"?chosen={chosen}"


def act(client, verb, *rows, model="delegation", **form):
    chosen = ",".join(str(row.pk) for row in rows)
    address = reverse(f"admin:registrations_{model}_{verb}")
    return client.post(address, {"chosen": chosen, **form})


def states(*delegations):
    for delegation in delegations:
        delegation.refresh_from_db()
    return [delegation.state for delegation in delegations]


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def buttons(response):
    page = response.content.decode()
    return re.findall(r'<input (?:class="default" )?type="submit".* value="(.*)"', page)


def prepare(delegation, verdict="approve", by=None, reason=""):
    return PreparedDecision.objects.prepare(delegation, verdict, by=by, reason=reason)


def outlook_of(*rows):
    """What can be sent, and what not and why, by delegation."""
    found = prepared.outlook(rows[0].edition)
    ready = [row.delegation for row in found.ready]
    return ready, {row.delegation: why for row, why in found.held_back}


def sent(edition, by):
    """What sending all that is ready does: the same questions, by the verbs."""
    return [
        row.delegation for row in prepared.outlook(edition).ready if row.send(by=by)
    ]
