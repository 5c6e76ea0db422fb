"""Two members of staff release at the same moment: each change is published once."""

import pytest

from conferences import release
from tests.conferences.sessions import released
from tests.registrations.test_at_once import at_once, meet

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
__all__ = ["meet"]  # the fixture


def test_two_who_release_the_same_publish_it_once(meet):
    session = released()
    session.title_en = "Safe water"
    session.save()
    edition = session.edition
    seen = release.seen(release.changes(release.prepared(edition)))
    meet(release, "changes")

    outcomes = at_once(
        lambda: release.release(edition, has_seen=seen),
        lambda: release.release(edition, has_seen=seen),
    )

    session.refresh_from_db()
    assert sorted(outcomes, key=str) == [1, None]
    assert session.sequence == 1
