"""A page that is answered from memory is the page that would be made now."""

import gzip
import threading
from datetime import timedelta

import brotli
import pytest
import time_machine
from django.db import connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.urls import reverse

from conferences.models import Edition, Page
from partnerships import page_cache
from partnerships.models import raise_content_version
from partnerships.page_cache import Answer, Pages, cached_page
from registrations import questions
from registrations.models import EditionPlaces
from tests.factories import (
    EditionFactory,
    PartnershipFactory,
    QuestionFactory,
    berlin,
    staff,
    submitted,
)

pytestmark = pytest.mark.django_db(transaction=True)
NINE = berlin("2027-03-22 09:00")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NINE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def page():
    return Page.objects.create(key=Page.Key.CONTACT, title_de="Kontakt", text_de="Alt.")


def text(client, path="/de/kontakt/", **headers):
    return client.get(path, headers=headers).content.decode()


def test_a_page_that_is_known_costs_one_query(client, page, django_assert_num_queries):
    first = text(client)

    with django_assert_num_queries(1):  # the content version
        assert text(client) == first


def test_a_known_page_keeps_the_headers_of_every_page(client, page):
    first, second = (dict(client.get("/de/kontakt/").headers) for _time in range(2))

    assert second == first
    assert "default-src 'none'" in second["Content-Security-Policy"]
    assert second["Content-Language"] == "de"


def test_an_edit_shows_at_the_next_request(client, page):
    assert "Alt." in text(client)

    page.text_de = "Neu."
    page.save()

    assert "Neu." in text(client)


def test_what_another_process_changed_shows_at_the_next_request(client, page):
    assert "Alt." in text(client)

    Page.objects.update(text_de="Neu.")  # sends no signal here, as over there
    raise_content_version()

    assert "Neu." in text(client)


def test_a_browser_that_has_the_page_is_told_so(client, page):
    etag = client.get("/de/kontakt/")["ETag"]

    again = client.get("/de/kontakt/", headers={"If-None-Match": etag})
    page.text_de = "Neu."
    page.save()
    changed = client.get("/de/kontakt/", headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")
    assert (changed.status_code, changed["ETag"] != etag) == (200, True)


def test_browsers_ask_each_time(client, page):
    assert client.get("/de/kontakt/")["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("accepted", "encoding", "decode"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_a_page_is_compressed_as_the_browser_takes_it(
    client, page, accepted, encoding, decode
):
    plain = client.get("/de/kontakt/").content
    for _time in range(2):
        answer = client.get("/de/kontakt/", headers={"Accept-Encoding": accepted})

        assert answer.headers.get("Content-Encoding") == encoding
        assert decode(answer.content) == plain
        assert "Accept-Encoding" in answer["Vary"]


def test_an_unknown_parameter_is_no_page_of_its_own(
    client, page, django_assert_num_queries
):
    first = text(client)

    with django_assert_num_queries(1):
        assert text(client, "/de/kontakt/?utm_source=<b>x</b>&q=1") == first


def test_a_known_parameter_is(client):
    PartnershipFactory(german__name="Hildesheim")
    PartnershipFactory(german__name="Gießen")

    assert "Hildesheim" not in text(client, "/de/partnerschaften/?q=Gießen")
    assert "Hildesheim" in text(client, "/de/partnerschaften/?q=Hildesheim")


def test_each_language_is_a_page_of_its_own(client, page):
    found = [text(client, path)[:40] for path in ("/de/kontakt/", "/en/contact/")]

    assert ['lang="de"' in found[0], 'lang="en"' in found[1]] == [True, True]


def test_the_preview_of_staff_is_not_shown_to_others(client):
    edition = EditionFactory(published_at=None)
    address = edition.get_absolute_url()
    client.force_login(staff("conferences.view_edition"))
    assert client.get(address).status_code == 200

    client.logout()

    assert client.get(address).status_code == 404


def test_what_was_not_there_is_there_once_it_is_made(client):
    assert client.get("/de/kontakt/").status_code == 404

    Page.objects.create(key=Page.Key.CONTACT, title_de="Kontakt")

    assert client.get("/de/kontakt/").status_code == 200


def test_a_deadline_turns_the_page_with_its_minute(client, clock):
    edition = EditionFactory(
        starts_on="2027-09-13",
        ends_on="2027-09-15",
        year=2027,
        opens_at=NINE - timedelta(days=1),
        closes_at=NINE + timedelta(minutes=5),
    )
    found = []
    for minutes in (0, 5.9, 6):
        clock.move_to(NINE + timedelta(minutes=minutes))
        body = text(client, edition.get_absolute_url())
        found.append("Registration is open" in body)

    assert found == [True, True, False]


def open_edition(**values):
    return EditionFactory(
        starts_on="2027-09-13",
        ends_on="2027-09-15",
        year=2027,
        opens_at=NINE - timedelta(days=1),
        closes_at=NINE + timedelta(days=1),
        **values,
    )


def start_of(edition):
    return reverse("registrations:start", args=[edition.series.slug, edition.slug])


@pytest.mark.parametrize("address_of", [Edition.get_absolute_url, start_of])
def test_the_last_place_turns_the_page(client, address_of):
    edition = open_edition(capacity_people=2)

    def is_full():
        return "All places are taken" in text(client, address_of(edition))

    found = [is_full()]
    delegation = submitted(edition, german=2)
    found.append(is_full())
    delegation.change_numbers({"german": 1}, by=delegation.german_side)
    found.append(is_full())
    EditionPlaces.objects.get(pk=edition.pk).change_capacity(people=1)
    found.append(is_full())
    delegation.withdraw(by=delegation.german_side)
    found.append(is_full())

    assert found == [False, True, False, True, False]


def test_a_question_turns_the_start_page_and_the_steps(client):
    edition = open_edition()

    def asks():
        shown = "Which room?" in text(client, start_of(edition))
        return shown, questions.are_asked(edition)

    found = [asks()]
    question = QuestionFactory(edition=edition, label_en="Which room?")
    found.append(asks())
    question.retire()
    found.append(asks())
    question.delete()
    found.append(asks())

    assert found == [(False, False), (True, True), (False, False), (False, False)]


def test_inside_a_transaction_nothing_is_kept(client, page):
    with transaction.atomic():
        page.text_de = "Neu."
        page.save()
        assert "Neu." in text(client)
        transaction.set_rollback(True)
    raise_content_version()  # the number that was taken back comes again

    assert "Alt." in text(client)


def sets_a_cookie(request):
    response = HttpResponse()
    response.set_cookie("seen", "yes")
    return response


def shows_a_token(request):
    return HttpResponse(get_token(request))


def is_private(request):
    return HttpResponse(headers={"Cache-Control": "no-store"})


def is_huge(request):
    return HttpResponse(b"x" * (page_cache.LARGEST + 1))


def is_an_error(request):
    return HttpResponse(status=503)


def comes_in_parts(request):
    return StreamingHttpResponse(iter([b"one", b"two"]))


@pytest.mark.parametrize(
    "view",
    [
        sets_a_cookie,
        shows_a_token,
        is_private,
        is_huge,
        is_an_error,
        comes_in_parts,
    ],
)
def test_what_is_for_one_visitor_is_made_for_each(view):
    calls = []

    @cached_page()
    def counted(request):
        calls.append(request)
        return view(request)

    for _time in range(2):
        counted(RequestFactory().get("/"))

    assert len(calls) == 2


def test_a_page_that_is_kept_is_only_read():
    asked = []
    view = cached_page()(lambda request: HttpResponse(asked.append(request)))

    statuses = {
        method: view(RequestFactory().generic(method, "/")).status_code
        for method in ("GET", "HEAD", "POST", "PUT")
    }

    assert statuses == {"GET": 200, "HEAD": 200, "POST": 405, "PUT": 405}
    assert [request.method for request in asked] == ["GET"]  # HEAD is known by then


def test_a_view_sees_none_but_the_parameters_it_names():
    view = cached_page("page")(lambda request: HttpResponse(request.GET.urlencode()))

    found = view(RequestFactory().get("/?page=2&q=x&page=3"))

    assert found.content == b"page=2&page=3"


def test_each_host_is_answered_for_itself(settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    view = cached_page()(lambda request: HttpResponse(request.get_host()))

    found = [
        view(RequestFactory().get("/", headers={"host": host})).content
        for host in settings.ALLOWED_HOSTS
    ]

    assert found == [b"one.example", b"two.example"]


@pytest.mark.postgresql
def test_many_at_once_make_a_page_once():
    made = []
    started = threading.Event()

    @cached_page()
    def slow(request):
        made.append(request)
        started.wait(0.3)
        return HttpResponse("x")

    def ask():
        slow(RequestFactory().get("/"))
        connection.close()

    threads = [threading.Thread(target=ask) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 1


def sized(size):
    return Answer(b"x" * size, {})


def test_the_memory_is_bounded_by_bytes():
    pages = Pages(most_bytes=10)
    for name in ("first", "second"):
        pages.keep((1, 1), (name,), sized(4))
    pages.find((1, 1), ("first",))  # asked for last

    pages.keep((1, 1), ("third",), sized(4))

    known = [
        name
        for name in ("first", "second", "third")
        if pages.find((1, 1), (name,)) is not None
    ]
    assert known == ["first", "third"]


def test_a_page_that_is_kept_again_counts_once():
    pages = Pages(most_bytes=10)
    for _time in range(3):
        pages.keep((1, 1), ("first",), sized(5))

    pages.keep((1, 1), ("second",), sized(5))

    assert pages.find((1, 1), ("first",)) is not None


def test_an_older_state_does_not_push_out_a_newer_one():
    pages = Pages(most_bytes=10)
    pages.keep((2, 1), ("page",), sized(1))

    pages.keep((1, 9), ("page",), sized(2))

    assert pages.find((2, 1), ("page",)) == sized(1)
    assert pages.find((1, 9), ("page",)) is None


def test_no_page_of_an_older_state_is_left():
    pages = Pages(most_bytes=10)
    pages.keep((1, 1), ("old",), sized(9))
    pages.keep((2, 1), ("new",), sized(5))
    pages.keep((2, 1), ("newer",), sized(5))

    found = [
        pages.find((2, 1), (name,)) is not None for name in ("old", "new", "newer")
    ]

    assert found == [False, True, True]
