"""Two news items that are invented, to see what news looks like."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from conferences.models import Edition, News, Series
from conferences.seeding import read_texts
from partnerships.masterdata import Report, save_checked


@transaction.atomic
def load_news(series: Series, at: datetime | None = None) -> bool:
    """Add what is missing; the first tells of the demonstration of this series."""
    at = at or timezone.now()
    edition = series.editions.filter(is_demonstration=True).first()
    told = _add("registration", at, edition)
    return _add("site", at - timedelta(days=7)) or told


def _add(name: str, at: datetime, edition: Edition | None = None) -> bool:
    slug = f"demonstration-{name}"
    if News.objects.filter(slug=slug).exists():
        return False
    texts = read_texts(f"demonstration-news-{name}", Report())
    for column in [column for column in texts if column.startswith("text_")]:
        teaser, _blank_line, text = texts[column].partition("\n\n")
        texts[column.replace("text", "teaser")] = teaser
        texts[column] = text.strip()
    save_checked(
        News(
            slug=slug, edition=edition, is_demonstration=True, published_at=at, **texts
        )
    )
    return True
