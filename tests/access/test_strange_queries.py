"""Whatever stands in the query of a list, it is a page or a plain refusal."""

import pytest
from django.urls import reverse

from tests.access.addresses import model_admins, usual_pages
from tests.access.asked import asked, taken
from tests.access.table_public import PUBLIC
from tests.access.table_staff import ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_files")]

QUERIES = [
    *("o=-1", "o=1.-2.99.x", "o=password", "o=1'--", f"o={'9' * 30}"),
    *("q='%22);--", "q=%25_%5C", "q=%00", "q=%ED%A0%80", "q=" + "(" * 3000),
    *("p=-1", "p=x", f"p={'9' * 30}", "e=x", "e=1", "all=x", "all=", "page=0'--"),
    *("_connector=OR 1=1", "_negated=1", "_facets=x", "_popup=1", "_to_field=id"),
    *("_to_field=password", "pk__in=1", "id__exact=x", "id__gt=1", "pk=x"),
    *("password__startswith=p", "user__password__regex=^a", "pk__range=1", "x__y__z=1"),
    *("pk__regex=(", "pk__isnull=x", "pk__contains=%00x", "pk__search=x"),
    *("sides__links__digest__startswith=0", "contact_email__contains=@", "__=1"),
    *("a[]=1&a[]=2", "%00=1", "%ff=%ff", "o=1&o=2&q=a&q=b&p=0&p=1"),
]
# What public pages know, and what they are asked by mistake.
WORDS = "q view page day kind language goal region country land p when behalf done"
VALUES = ["%00", "%ED%A0%80", "9" * 30, "-1", "'--", "x" * 3000, "2027-13-45"]
# Django leads a list to itself with ?e=1 where a filter makes no sense.
ANSWERED = (200, 302, 400)


@pytest.mark.parametrize("model", ROWS)
def test_a_list_of_the_admin_answers_any_query(world, model):
    name = usual_pages(model)["changelist"]
    filters = [
        f"{one}={value}" for one in _filtered_by(model) for value in ("'", "9" * 8)
    ]

    for query in (*QUERIES, *filters):
        page = asked(world, name)
        answer = page.client.get(f"{page.path}?{query}")
        assert answer.status_code in ANSWERED, query


def _filtered_by(model) -> list[str]:
    """What the filters of a list, and its search, look at."""
    page = model_admins()[model]
    named = [
        one[0] if isinstance(one, tuple) else one for one in page.list_filter if one
    ]
    words = [
        one if isinstance(one, str) else one.parameter_name
        for one in named
        if isinstance(one, str) or getattr(one, "parameter_name", None)
    ]
    return [*words, *(f"{word}__exact" for word in words), "at__year", "at__month"]


@pytest.mark.parametrize("query", QUERIES)
def test_a_field_that_offers_rows_answers_any_query(world, query):
    about = "app_label=partnerships&model_name=partnership&field_name=german"
    client = asked(world, "admin:index").client

    for more in (f"{about}&term=a&{query}", f"{query}&{about}", query):
        answer = client.get(f"{reverse('admin:autocomplete')}?{more}")
        assert answer.status_code in (200, 400, 403, 404), more


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_answers_any_query(world, name):
    for value in VALUES:
        query = "&".join(f"{word}={value}" for word in WORDS.split())
        page = asked(world, name)
        answer = page.client.get(f"{page.path}?{query}")
        taken(answer)
        assert answer.status_code in (PUBLIC[name].get, 404), query
