"""Who of the staff sees, adds, changes and deletes what in the admin."""

import pytest
from django.urls import NoReverseMatch, reverse

from tests.access.addresses import addresses, model_admins, usual_pages
from tests.access.table_staff import ADDED_WITH, NO_PAGE_TO_ADD, PAGES, ROWS
from tests.access.who import OUTSIDE, STAFF

pytestmark = pytest.mark.django_db

SIGN_IN = "/admin/login/"
IN, REFUSED = "in", 403
# What the usual pages are for: to look, or to write.
FOR = {"changelist": "see", "change": "see", "history": "see"}
FOR |= {"add": "add", "delete": "delete"}
ROWS_AND_PAGES = [
    (model, page)
    for model in ROWS
    for page, name in usual_pages(model).items()
    if page in FOR and name in addresses()
    if (model, page) not in [(one, "add") for one in NO_PAGE_TO_ADD]
]


def outcome(response):
    """Let in, by a page or a way on; led to the sign-in; or the refusal."""
    if response.status_code == 302:
        return SIGN_IN if response.url.startswith(SIGN_IN) else IN
    return IN if response.status_code == 200 else response.status_code


def expected(who, *, refused=REFUSED):
    """Who is let in, among all who ask."""
    got = {one: IN if one in who else refused for one in STAFF}
    return {**got, **dict.fromkeys(OUTSIDE, SIGN_IN)}


def usual_address(world, model, page):
    name = usual_pages(model)[page]
    if page == "add":
        return reverse(name) + ADDED_WITH.get(model, "").format(**world.words)
    row = world.row(model_admins()[model].model)
    return reverse(name, args=[] if page == "changelist" else [row])


def asked(world, method, found, *data):
    return {
        who: outcome(getattr(client, method)(found, *data))
        for who, client in world.clients.items()
    }


@pytest.mark.parametrize(("model", "page"), ROWS_AND_PAGES)
def test_only_who_may_opens_the_page_of_the_rows(world, unchanged, model, page):
    who = getattr(ROWS[model], FOR[page])

    with unchanged(*(ROWS[model].noted if page == "change" else ())):
        got = asked(world, "get", usual_address(world, model, page))

    assert got == expected(who)


@pytest.mark.parametrize(
    ("model", "page"),
    [pair for pair in ROWS_AND_PAGES if pair[1] in ("add", "change", "delete")],
)
def test_who_may_not_write_changes_nothing(world, unchanged, model, page):
    found = usual_address(world, model, page)
    may = getattr(ROWS[model], page)
    sent = {"post": "yes", "edition": world.words["shown_id"]}

    with unchanged():
        for who, client in world.clients.items():
            if who not in may:
                got = outcome(client.post(found, sent))
                assert got == (REFUSED if who in STAFF else SIGN_IN), who


@pytest.mark.parametrize(
    "model", [model for model, page in ROWS_AND_PAGES if page == "change"]
)
def test_who_may_change_rows_is_not_refused(world, model):
    found = usual_address(world, model, "change")

    for who in ROWS[model].change:
        assert outcome(world.clients[who].post(found)) not in (REFUSED, SIGN_IN), who


@pytest.mark.parametrize(
    "model", [model for model in ROWS if usual_pages(model)["old"] in addresses()]
)
def test_the_old_address_of_a_row_leads_staff_on(world, unchanged, model):
    name = usual_pages(model)["old"]
    row = world.row(model_admins()[model].model)

    with unchanged():
        got = asked(world, "get", "/" + name.replace("<path:object_id>", str(row)))

    assert got == expected(STAFF)


def path(world, name, words):
    try:
        return reverse(name, args=world.arguments(words))
    except NoReverseMatch:  # the one that catches all that is none
        return f"/admin/{words}"


@pytest.mark.parametrize("name", PAGES)
def test_only_who_may_opens_a_page_of_its_own(world, unchanged, name):
    row = PAGES[name]
    found = path(world, name, row.of)

    with unchanged(*row.noted):
        got = asked(world, "get", found)

    if row.is_sent:
        assert got == {**dict.fromkeys(STAFF, 405), **dict.fromkeys(OUTSIDE, SIGN_IN)}
        return
    let_in = row.get if row.get >= 400 else IN
    staff = {who: let_in if who in row.who else REFUSED for who in STAFF}
    assert got == {**staff, **dict.fromkeys(OUTSIDE, SIGN_IN)}


@pytest.mark.parametrize("name", PAGES)
def test_who_may_not_open_a_page_sends_nothing_to_it(world, unchanged, name):
    row = PAGES[name]
    found = path(world, name, row.of)

    with unchanged():
        for who, client in world.clients.items():
            if who not in row.who:
                got = client.post(found, {"do": "draw", "who": "side", "into": "1"})
                assert outcome(got) == (REFUSED if who in STAFF else SIGN_IN), who


@pytest.mark.parametrize("name", [name for name in PAGES if PAGES[name].not_of])
def test_a_row_of_something_else_is_not_found(world, unchanged, name):
    row = PAGES[name]

    with unchanged():
        for words in row.not_of:
            for who in row.who:
                ask = world.clients[who].post if row.is_sent else world.clients[who].get
                got = ask(path(world, name, words))
                assert got.status_code == 404, (who, words)


@pytest.mark.parametrize("model", sorted(NO_PAGE_TO_ADD))
def test_what_is_there_from_the_start_nobody_adds(world, unchanged, model):
    found = reverse(usual_pages(model)["add"])

    with unchanged():
        got = asked(world, "get", found), asked(world, "post", found)

    nobody = {**dict.fromkeys(STAFF, 404), **dict.fromkeys(OUTSIDE, SIGN_IN)}
    assert got == (nobody, nobody)
