"""No address and no action without a row in a table, and no row without one."""

from tests.access.addresses import actions, addresses, model_admins, usual_pages
from tests.access.table_links import LINKED
from tests.access.table_public import PUBLIC
from tests.access.table_staff import (
    ACTIONS,
    OFFERING,
    OVERVIEW,
    PAGES,
    ROWS,
    WAY_IN,
)

TABLES = [*PUBLIC, *LINKED, *PAGES, *WAY_IN, OFFERING, OVERVIEW]


def in_a_table() -> set[str]:
    usual = {page for model in ROWS for page in usual_pages(model).values()}
    return {*TABLES, *usual}


def test_every_address_stands_in_a_table():
    assert [one for one in addresses() if one not in in_a_table()] == []


def test_every_row_of_a_table_is_an_address():
    """Of what Django makes, each of ours may leave pages out."""
    assert sorted(set(TABLES) - set(addresses())) == []
    assert sorted(set(ROWS) ^ set(model_admins())) == []


def test_every_action_stands_in_the_table():
    assert [one for one in actions() if one not in ACTIONS] == []
    assert sorted(set(ACTIONS) - set(actions())) == []


def test_no_address_stands_in_two_tables():
    assert len(TABLES) == len(set(TABLES))
