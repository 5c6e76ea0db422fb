"""A page of Chromium per test, that writes down what must not happen."""

import pytest


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request) -> bool:
    """A test that takes this fixture runs twice."""
    return request.param


@pytest.fixture
def new_page(browser, live_server, request):
    """Opens pages, each of somebody else: no cookie of one is sent by another.

    At the end: no error in the console of any, no other host was asked.
    """
    names = request.fixturenames
    script = request.getfixturevalue("javascript") if "javascript" in names else True
    contexts, errors = [], []

    def opened():
        context = browser.new_context(
            base_url=live_server.url, java_script_enabled=script, locale="en-GB"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: note_error(errors, message))
        page.on("request", lambda asked: note_host(errors, asked.url, live_server.url))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(new_page):
    """An empty page."""
    return new_page()


def note_error(errors: list[str], message) -> None:
    # Chromium reports the status of an answer such as 403 as an error of its own.
    if message.type == "error" and "the server responded with" not in message.text:
        errors.append(message.text)


def note_host(errors: list[str], url: str, own: str) -> None:
    if not url.startswith((own, "data:")):
        errors.append(f"asks another host: {url}")
