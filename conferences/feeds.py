"""News and newly announced conferences, as feed readers subscribe to them."""

import re
import uuid
from itertools import chain

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import conditional_escape
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from conferences.models import Edition, News
from partnerships import addresses, dates
from partnerships.templatetags.content import shown, text_and_language

NEWEST = 20
# Ids stay the same wherever the site moves.
IDS = uuid.UUID("5b0d3b0e-7c0c-4d5e-9a53-0a2f6d1f2f5c")
# No XML can hold these.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class AtomInLanguages(Atom1Feed):
    """An entry that is not written in the language of the feed says so."""

    def item_attributes(self, item):
        return {"xml:lang": item["language"]} if item["language"] else {}


class NewsFeed(Feed):
    feed_type = AtomInLanguages
    title = author_name = _("Partnership Conferences")
    subtitle = _("News, and conferences that were announced")

    def link(self):
        return addresses.whole(reverse("conferences:news"))

    def feed_url(self):
        return addresses.whole(reverse("conferences:feed"))

    def feed_guid(self):
        return stable_id("feed")

    def items(self):
        news = News.objects.published().counted().for_lists()
        editions = Edition.objects.announced().counted().for_lists().with_series()
        both = chain(news[:NEWEST], editions.order_by("-published_at")[:NEWEST])
        found = sorted(both, key=lambda row: row.published_at, reverse=True)
        return found[:NEWEST]

    def item_title(self, item):
        """Plain text: only XML escapes it."""
        return writable(item.title if isinstance(item, News) else item.name)

    def item_description(self, item):
        """HTML, so that a text of another language is marked in it."""
        if isinstance(item, News):
            return writable(conditional_escape(shown(item, "teaser")))
        facts = [dates.days(item), item.city, shown(item, "motto")]
        return writable(" · ".join(conditional_escape(fact) for fact in facts if fact))

    def item_link(self, item):
        return addresses.whole(item.get_absolute_url())

    def item_guid(self, item):
        if isinstance(item, News):
            return stable_id("news", item.slug)
        return stable_id("edition", item.series.slug, item.slug)

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return item.published_at

    def item_extra_kwargs(self, item):
        named = item if item.title else item.series
        return {"language": text_and_language(named, "title")[1]}


def stable_id(*words: str) -> str:
    """Each language is a document of its own, hence has an id of its own."""
    language = get_language() or settings.LANGUAGE_CODE
    return uuid.uuid5(IDS, "/".join((*words, language))).urn


def writable(text: str) -> str:
    return UNWRITABLE.sub("", text)
