"""Every page of the site with a row or link of one's own: where markup could show."""

from collections.abc import Iterator

from django.urls import reverse

from tests.access.addresses import model_admins, usual_pages
from tests.access.table_links import BUTTON, LINKED
from tests.access.table_public import PUBLIC
from tests.access.table_staff import PAGES, ROWS
from tests.access.test_links import address
from tests.access.test_staff import ROWS_AND_PAGES, path, usual_address

FOUND = {"conferences:search", "partnerships:list"}  # they show what was searched for


def public(world, payload: str) -> Iterator[str]:
    for name, row in PUBLIC.items():
        query = {"q": payload} if name in FOUND else {}
        yield reverse(name, args=row.of.split(), query=query)
    for name, linked in LINKED.items():
        for who in linked.whose if linked.get != BUTTON else ():
            token = world.stages[linked.stage].links[who]
            yield address(world, name, token, who=who)


def of_staff(world) -> Iterator[str]:
    for model, page in ROWS_AND_PAGES:
        yield usual_address(world, model, page)
    chosen = ",".join(str(one.delegation.pk) for one in world.stages.values())
    for name, row in PAGES.items():
        if not row.is_sent:
            yield f"{path(world, name, row.of)}?chosen={chosen}"


def deletions(world) -> Iterator[tuple[str, dict]]:
    """The list of each kind of row, and what asks there whether to delete one."""
    for model, rows in ROWS.items():
        if rows.delete:
            key = world.row(model_admins()[model].model)
            chosen = {"action": "delete_selected", "_selected_action": key}
            yield reverse(usual_pages(model)["changelist"]), chosen
