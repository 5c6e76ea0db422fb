"""Small invented files of the same form as the official directory."""

from django.core.management import call_command

from partnerships.models import Municipality

HEADER = (
    "satzart,textkennzeichen,land,rb,kreis,vb,gemeinde,gemeindename,flaeche,"
    "bevoelkerung,maennlich,weiblich,jekm2,postleitzahl,laengengrad,breitengrad,"
    "schluessel,bezeichnung,verstaedterungschluessel,verstaedterungbezeichnung"
)


def line(level, sign="", key="", name="", lon="", lat=""):
    """One line: `key` is Land, Regierungsbezirk, Kreis and municipality in a row."""
    parts = [key[:2], key[2:3], key[3:5], "0000" if level == "60" else "", key[5:]]
    return f'{level},{sign},{",".join(parts)},"{name}",,,,,,,"{lon}","{lat}",,,,'


LAND = line("10", key="97", name="Musterland")


KREIS = line("40", "44", "97101", "Beispiel")


TOWN = line("60", "63", "97101005", "Neustadt, Stadt", "9,43751", "54,78252")


def run(path, *options):
    call_command("import_municipalities", path, *options, verbosity=0)


def described():
    rows = Municipality.objects.order_by("ags")
    return [(row.ags, row.kind, row.name, row.land, row.kreis) for row in rows]
