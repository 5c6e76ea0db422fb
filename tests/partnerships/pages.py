"""What the tests of the public pages share."""

from django.urls import reverse
from django.utils import translation


def get(client, query="", language="de"):
    with translation.override(language):
        address = reverse("partnerships:list")
    return client.get(f"{address}?{query}")


def found(response):
    return {row.partner.name for row in response.context["page_obj"]}
