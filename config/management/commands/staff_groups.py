from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import transaction

EVERYTHING = ("view", "add", "change", "delete")
LOOK_AFTER = ("view", "change")

# What the members of each group may do with which models; a `*` is a whole app.
GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "Redaktion": {
        "conferences.*": EVERYTHING,
        "partnerships.*": EVERYTHING,
        "registrations.editionplaces": ("view",),
    },
    "Anmeldung": {
        "registrations.delegation": ("view", "add", "change"),
        "registrations.side": LOOK_AFTER,
        "registrations.participant": ("view", "add", "change", "delete"),
        "registrations.request": LOOK_AFTER,
        "registrations.prepareddecision": LOOK_AFTER,
        "registrations.letter": LOOK_AFTER,
        "registrations.lettertext": EVERYTHING,
        "registrations.personallink": ("view",),
        "registrations.historyentry": ("view",),
        "registrations.reminderrule": EVERYTHING,
        "registrations.offer": ("view",),
        "registrations.editionplaces": LOOK_AFTER,
        "registrations.editionfigures": ("view",),
        "registrations.enteredmunicipality": LOOK_AFTER,
        "registrations.editionchoice": LOOK_AFTER,
        "registrations.editionquestions": LOOK_AFTER,
        "registrations.question": EVERYTHING,
        "registrations.option": EVERYTHING,
        "registrations.secondstage": ("view", "add", "change"),
        "partnerships.municipality": LOOK_AFTER,
        "partnerships.municipalityname": ("view", "add", "change"),
        "partnerships.partnership": LOOK_AFTER,
        "partnerships.country": ("view",),
        "partnerships.region": ("view",),
        "conferences.series": ("view",),
        "conferences.edition": ("view",),
    },
    "Ernährung und Barrierefreiheit": {
        "registrations.personalneeds": ("read",),
        "registrations.delegation": ("view",),
    },
    "Visum": {
        "registrations.visadata": ("read",),
        "registrations.delegation": ("view",),
    },
}
# Not for people: the site itself counts with it.
INTERNAL = ("contentversion",)


class Command(BaseCommand):
    help = (
        "Makes the groups of staff, Redaktion (texts, conferences, partnerships), "
        "Anmeldung (registrations), and two that read sensitive data, and gives "
        "them the permissions they need. What "
        "was added to a group by hand stays."
    )

    @no_translations
    @transaction.atomic
    def handle(self, *args, **options):
        for name, models in GROUPS.items():
            group, _created = Group.objects.get_or_create(name=name)
            for model, verbs in models.items():
                group.permissions.add(*permissions(model, verbs))


def permissions(name: str, verbs: tuple[str, ...]) -> list[Permission]:
    """Of one model, or of all that people work with in an app."""
    app, model = name.split(".")
    found = Permission.objects.filter(content_type__app_label=app)
    if model == "*":
        found = found.exclude(content_type__model__in=INTERNAL)
        return [row for row in found if row.codename.split("_")[0] in verbs]
    wanted = [f"{verb}_{model}" for verb in verbs]
    rows = list(found.filter(content_type__model=model, codename__in=wanted))
    if len(rows) != len(wanted):
        raise CommandError(f"{name}: not all permissions exist; run migrate first")
    return rows
