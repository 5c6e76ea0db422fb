"""Loads series, editions and the texts of the site from `data/`.

A row that is there is never touched. The cells of an edition that become rows of
their own, its figures, are loaded once, with it; hosts and publications stand in
tables of their own and are known by their place in the edition.
"""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from conferences.models import Edition, Figure, Host, Page, Publication, Series
from partnerships.masterdata import (
    Misfit,
    Report,
    Row,
    load_table,
    misfits_named,
    read_titled,
    rows,
    save_checked,
)
from partnerships.models import Municipality, Partnership, Region

DATA = Path(__file__).parent / "data"

FIGURES = {
    "participants": Figure.What.PARTICIPANTS,
    "partner_countries": Figure.What.COUNTRIES,
    "partnerships_attending": Figure.What.PARTNERSHIPS,
}


def load(report: Report) -> None:
    """Add what is missing; regions, municipalities and partnerships come before."""
    load_table(
        DATA / "series.csv",
        ["slug"],
        ["name", "region", "rhythm_years"],
        lambda row: _series(row, report),
        report,
    )
    slugs = {
        row["name"]: row["slug"]
        for row in rows(DATA / "series.csv", ["name", "slug"], Report())
    }
    _load_editions(slugs, report)
    _load_hosts(slugs, report)
    _load_publications(slugs, report)
    for key in Page.Key:
        _page(key, report)


def read_texts(name: str, report: Report) -> dict[str, str]:
    """Title and text of one file per language: `title_de`, `text_de`, `title_en` …

    German is needed; the other languages may follow later.
    """
    found = {}
    for code, _language in settings.LANGUAGES:
        path = DATA / "texts" / f"{name}.{code}.md"
        if not path.exists() and code != settings.LANGUAGE_CODE:
            continue
        if read := read_titled(path, report):
            found[f"title_{code}"], found[f"text_{code}"] = read
    return found


def _series(row: Row, report: Report) -> None:
    is_new = not Series.objects.filter(slug=row["slug"]).exists()
    if is_new:
        region = Region.objects.filter(code=row["region"]).first()
        if region is None:
            raise Misfit(f"region: “{row['region']}” is not known")
        texts = read_texts(f"series-{row['slug']}", report)
        if f"title_{settings.LANGUAGE_CODE}" not in texts:
            raise Misfit("its text is missing")
        for column in [name for name in texts if name.startswith("text_")]:
            lead, _blank_line, text = texts[column].partition("\n\n")
            texts[column.replace("text", "lead")] = lead
            texts[column] = text.strip()
        save_checked(
            Series(
                region=region,
                slug=row["slug"],
                rhythm_years=row.number("rhythm_years", least=1, most=20),
                **texts,
            )
        )
    report.count("series", is_new=is_new)


def _page(key: Page.Key, report: Report) -> None:
    is_new = not Page.objects.filter(key=key).exists()
    if is_new:
        texts = read_texts(key, report)
        if f"title_{settings.LANGUAGE_CODE}" not in texts:
            return  # why is in the report already
        with misfits_named(report, DATA / "texts" / f"{key}.de.md"):
            save_checked(Page(key=key, **texts))
    report.count("texts", is_new=is_new)


def _load_editions(slugs: dict[str, str], report: Report) -> None:
    series = {series.slug: series for series in Series.objects.all()}
    present = set(Edition.objects.values_list("series", "slug"))
    now = timezone.now()

    def load_row(row: Row) -> None:
        if slugs.get(row["series"]) not in series:
            raise Misfit(f"series: “{row['series']}” is not known")
        of = series[slugs[row["series"]]]
        is_new = (of.pk, row["year"]) not in present
        if is_new:
            _add_edition(row, of, now)
        report.count("conferences", is_new=is_new)

    places = ["number", "starts_on", "ends_on", "city", "venue"]
    figures = ["participants_quality", "participants_kind", *FIGURES]
    words = ["motto_de", "theme_de", "cooperation", "note", "source_url"]
    load_table(
        DATA / "editions.csv",
        ["series", "year"],
        [*places, *figures, *words],
        load_row,
        report,
    )


def _add_edition(row: Row, series: Series, now) -> None:
    year = row.year("year")
    if year is None:
        raise Misfit("the year is missing")
    edition = Edition(
        series=series,
        number=row.number("number", least=1, most=999),
        slug=row["year"],
        year=year,
        starts_on=row.day("starts_on"),
        ends_on=row.day("ends_on"),
        city=row["city"],
        venue=row["venue"],
        motto_de=row["motto_de"],
        theme_de=row["theme_de"],
        cooperation_de=row["cooperation"],
        note=row["note"],
        source=row["source_url"],
        published_at=now,
    )
    save_checked(edition)
    for column, what in FIGURES.items():
        value = row.number(column, least=1)
        if value is None:
            continue
        figure = Figure(
            edition=edition, what=what, value=value, source=row["source_url"]
        )
        # One source gives all numbers of a row, before the days or after them.
        figure.kind = row["participants_kind"] or Figure.Kind.ACTUAL
        if what == Figure.What.PARTICIPANTS:
            figure.quality = row["participants_quality"] or Figure.Quality.EXACT
        save_checked(figure)


def _edition_of(row: Row, slugs: dict[str, str]) -> Edition:
    edition = Edition.objects.filter(
        series__slug=slugs.get(row["series"], ""), slug=row["year"]
    ).first()
    if edition is None:
        raise Misfit(f"there is no conference {row['series']} {row['year']}")
    return edition


def _load_hosts(slugs: dict[str, str], report: Report) -> None:
    def load_row(row: Row) -> None:
        edition = _edition_of(row, slugs)
        order = row.number("order", least=1, most=99)
        is_new = not edition.hosts.filter(order=order).exists()
        if is_new:
            save_checked(Host(edition=edition, order=order, **_who_hosts(row)))
        report.count("hosts", is_new=is_new)

    load_table(
        DATA / "hosts.csv",
        ["series", "year", "order"],
        ["municipality_key", "partner_key"],
        load_row,
        report,
    )


def _who_hosts(row: Row) -> dict:
    town, partner = row["municipality_key"], row["partner_key"]
    if partner:
        partnership = Partnership.objects.filter(
            german__slug=town, partner__slug=partner
        ).first()
        if partnership is None:
            raise Misfit(f"there is no partnership of “{town}” and “{partner}”")
        return {"partnership": partnership}
    municipality = Municipality.objects.filter(slug=town).first()
    if municipality is None:
        raise Misfit(f"municipality_key: “{town}” is not known")
    return {"municipality": municipality}


def _load_publications(slugs: dict[str, str], report: Report) -> None:
    def load_row(row: Row) -> None:
        edition = _edition_of(row, slugs)
        number = row.number("number", least=1, most=9999)
        known_by = {"series": row["publication"], "number": number}
        is_new = not edition.publications.filter(**known_by).exists()
        if is_new:
            year, month = _month(row)
            save_checked(
                Publication(
                    edition=edition,
                    published_year=year,
                    published_month=month,
                    languages=", ".join(row.listed("languages")),
                    **known_by,
                )
            )
        report.count("publications", is_new=is_new)

    load_table(
        DATA / "documents.csv",
        ["series", "year", "publication", "number"],
        ["published", "languages"],
        load_row,
        report,
    )


def _month(row: Row) -> tuple[int | None, int | None]:
    """Year and month of "2014-03"; the month may be missing, or both."""
    year, _dash, month = row["published"].partition("-")
    parts = Row(row.path, row.line, {"published": year, "month": month})
    return parts.year("published"), parts.number("month", least=1, most=12)
