"""What can be reached: each address of the resolver, each action of the admin."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.urls import get_resolver

OFTEN = ("changelist", "add", "change", "delete", "history")


def walked(resolver, space="", above="") -> Iterator[tuple[str, str]]:
    """Each pattern: its name, else its route; and its route."""
    for pattern in resolver.url_patterns:
        route = above + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from walked(pattern, inner, route)
        else:
            yield (f"{space}{pattern.name}" if pattern.name else route), route


def addresses() -> list[str]:
    """By name; the few that have none by their route."""
    return sorted({name for name, _route in walked(get_resolver())})


def usual_pages(model) -> dict[str, str]:
    """The pages that Django makes for the rows of a model, by what they are for."""
    app, name = model.split(".")
    pages = {page: f"admin:{app}_{name}_{page}" for page in OFTEN}
    return {**pages, "old": f"admin/{app}/{name}/<path:object_id>/"}


def model_admins() -> dict[str, Any]:
    """By the name of the model: app.model."""
    registered = admin.site._registry.items()
    return {model._meta.label_lower: found for model, found in registered}


def actions() -> list[str]:
    """Those that are no part of Django: app.model.action."""
    return sorted(
        f"{model}.{name}"
        for model, found in model_admins().items()
        for _act, name, _words in found._get_base_actions()
        if name != "delete_selected"
    )
