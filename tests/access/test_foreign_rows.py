"""A form of the admin that names the row of somebody else leaves that row alone."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from conferences.models import Figure, Host, Picture
from partnerships.models import Municipality, MunicipalityName, OdaListing
from registrations.models import Option, SecondStage
from tests.access import rows
from tests.access.addresses import addresses, model_admins, usual_pages
from tests.access.table_staff import ROWS
from tests.access.test_staff import usual_address
from tests.access.who import CHIEF
from tests.pictures import PictureFactory
from tests.signing_in import StaffClient
from tests.texts.filling import filled, rolled_back
from tests.texts.test_admin_forms import sent_with

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# Rows of which the world has none, below another row.
MADE = {
    Figure: lambda above: Figure.objects.create(
        edition=above, what="participants", value=9
    ),
    Host: lambda above: Host.objects.create(
        edition=above, municipality=Municipality.objects.all()[0]
    ),
    MunicipalityName: lambda above: MunicipalityName.objects.create(
        municipality=above, name="Kiew"
    ),
    OdaListing: lambda above: OdaListing.objects.create(
        country=above, group="LDC", listed_from=date(2020, 1, 1)
    ),
    Option: lambda above: Option.objects.create(question=above, label="Ja"),
    SecondStage: lambda above: SecondStage.objects.create(edition_id=above.pk),
}
NO_KEYS = ("", "x", "-1", "9" * 30, "\0")
ANSWERED = (200, 302, 400)
# Who takes a list of people has looked, and is written down.
LOOKED = {"django_admin_log"}
WITH_ROWS = [model for model, page in model_admins().items() if page.inlines]
LISTS = [model for model, page in model_admins().items() if page.list_editable]


def below(answer) -> list:
    """The forms for rows below a row, where somebody may change them."""
    found = [one.formset for one in answer.context["inline_admin_formsets"]]
    return [one for one in found if one.empty_form.fields.keys() - {one.fk.name}]


def foreign(formset):
    """A row below another row than that of the page."""
    model, above = formset.model, formset.instance.pk
    there = model._base_manager.exclude(**{formset.fk.name: above}).first()
    others = formset.fk.related_model._base_manager.exclude(pk=above)
    return there or MADE[model](others.order_by("-pk")[0])


def forged(formset, key, above, **more) -> dict:
    """One more row that is said to be there: its key, and the row that it is below."""
    prefix, count = formset.prefix, len(formset.initial_forms)
    fields = filled(formset.empty_form, "Anders")
    row = {
        name.replace("__prefix__", str(count)): value for name, value in fields.items()
    }
    names = {formset.model._meta.pk.name: key, formset.fk.name: above or "", **more}
    return {
        f"{prefix}-TOTAL_FORMS": count + 1,
        f"{prefix}-INITIAL_FORMS": count + 1,
        **row,
        **{f"{prefix}-{count}-{name}": value for name, value in names.items()},
    }


def not_below(formset, above) -> set[str]:
    """The rows of the same kind that are none of this page's."""
    found = formset.model._base_manager.exclude(**{formset.fk.name: above})
    return {repr(row) for row in found.values_list()}


@pytest.mark.parametrize("model", WITH_ROWS)
def test_a_row_below_another_one_is_not_reached(world, model):
    client, path = world.clients[CHIEF], usual_address(world, model, "change")
    page = client.get(path)

    for formset in below(page):
        row = foreign(formset)
        its, ours = getattr(row, formset.fk.attname), formset.instance.pk
        before = not_below(formset, ours)
        for sent in (
            *(forged(formset, row.pk, above) for above in (ours, its)),
            forged(formset, row.pk, ours, DELETE="on"),
            {**forged(formset, row.pk, ours), f"{formset.prefix}-INITIAL_FORMS": 0},
        ):
            with rolled_back():
                answer = client.post(path, {**sent_with(page, "Wort"), **sent})
                assert answer.status_code in ANSWERED
                assert before <= not_below(formset, ours), (formset.prefix, sent)


@pytest.mark.parametrize("model", WITH_ROWS)
def test_a_key_that_is_none_is_no_fault(world, model):
    client, path = world.clients[CHIEF], usual_address(world, model, "change")
    page = client.get(path)

    for key in NO_KEYS:
        sent = sent_with(page, "Wort")
        for formset in below(page):
            sent |= forged(formset, key, formset.instance.pk)
        with rolled_back():
            assert client.post(path, sent).status_code in ANSWERED, key


def test_by_the_page_of_its_own_row_it_is_reached(world):
    client, path = (
        world.clients[CHIEF],
        usual_address(world, "partnerships.country", "change"),
    )
    [formset] = below(client.get(path))
    row = MADE[OdaListing](formset.instance)
    page = client.get(path)
    [formset] = below(page)

    sent = {f"{formset.prefix}-0-DELETE": "on"}
    client.post(path, {**sent_with(page, "Wort"), **sent})

    assert not OdaListing.objects.filter(pk=row.pk).exists()


def listed(key, **more) -> dict:
    """A list as it is saved, with one row of this key."""
    row = {"id": key, "alt_de": "Anders", "order": 77, **more}
    kept = {f"form-0-{name}": value for name, value in row.items()}
    return {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "_save": "1", **kept}


def test_one_list_can_be_changed_and_is_looked_at_here():
    assert LISTS == ["conferences.picture"]


def test_a_list_changes_no_row_that_it_does_not_show(world, unchanged):
    """A portrait is changed where its person is, not in the gallery."""
    client, path = world.clients[CHIEF], reverse(usual_pages(LISTS[0])["changelist"])
    speaker = model_admins()["conferences.speaker"].model.objects.all()[0]
    portrait = PictureFactory(edition=None, speaker=speaker)
    before = rows.standing()

    for sent in (
        *(listed(key) for key in (portrait.pk, *NO_KEYS)),
        {**listed(portrait.pk), "form-INITIAL_FORMS": 0},
        {**listed(""), "form-INITIAL_FORMS": 0},
    ):
        answer = client.post(path, sent)
        assert answer.status_code in ANSWERED, sent
    assert rows.written(before, rows.standing()) == {}


def test_a_list_changes_a_row_that_it_shows(world):
    client, path = world.clients[CHIEF], reverse(usual_pages(LISTS[0])["changelist"])
    shown = Picture.objects.gallery()[0]

    client.post(path, listed(shown.pk))

    shown.refresh_from_db()
    assert shown.order == 77


@pytest.fixture
def viewer(world):
    """Somebody who may see every row, and change none."""
    user = get_user_model().objects.create_user("looks", is_staff=True)
    may = Permission.objects.filter(codename__startswith="view_")
    user.user_permissions.set(may)
    client = StaffClient()
    client.force_login(user)
    return client


@pytest.mark.parametrize("model", ROWS)
def test_who_may_only_look_writes_nothing_by_any_form(world, viewer, model):
    pages, row = usual_pages(model), world.row(model_admins()[model].model)
    shown = {
        page: usual_address(world, model, page)
        for page in ("add", "change", "delete", "changelist")
        if pages[page] in addresses()
    }
    got = world.clients[CHIEF].get(shown.get("change", shown["changelist"]))
    sent = (
        sent_with(got, "Anders") if got.context and "adminform" in got.context else {}
    )
    for formset in below(got) if sent else ():
        sent |= forged(formset, "", row) | {f"{formset.prefix}-INITIAL_FORMS": 0}
    chosen = {"_selected_action": row, "post": "yes", "confirmed": "yes"}
    acts = model_admins()[model].get_actions(got.wsgi_request)
    before = rows.standing()

    answers = [viewer.post(path, {**sent, **chosen}) for path in shown.values()]
    answers += [viewer.post(shown["changelist"], listed(row))]
    answers += [
        viewer.post(shown["changelist"], {**chosen, "action": one}) for one in acts
    ]

    assert rows.written(before, rows.standing()).keys() <= LOOKED
    assert {one.status_code for one in answers} <= {200, 302, 403, 404}
