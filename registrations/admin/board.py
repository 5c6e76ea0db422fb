"""The status board of staff: what all delegations of an edition still owe."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from conferences.models import Edition
from registrations.admin.board_rows import StaffBoard
from registrations.models import Delegation

# The board names people, so it is for those who may see them.
NEEDED = ("registrations.view_delegation", "registrations.view_participant")


class BoardAdmin(admin.ModelAdmin):
    """Adds the page of the board to an admin of editions, and the way to it."""

    def get_urls(self):
        board = path(
            "<int:edition_id>/board/",
            self.admin_site.admin_view(self.board_view),
            name="registrations_editionplaces_board",
        )
        return [board, *super().get_urls()]

    def board_view(self, request, edition_id):
        if not request.user.has_perms(NEEDED):
            raise PermissionDenied
        edition = Edition.objects.with_series().filter(pk=edition_id).first()
        if edition is None:
            raise Http404
        board = StaffBoard(edition, request.GET)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "has_view_permission": self.has_view_permission(request),
            "title": _("What is missing: %(edition)s") % {"edition": edition},
            "board": board,
            "edition": edition,
            "page_obj": board.page,
        }
        return TemplateResponse(request, "admin/registrations/board.html", context)

    @admin.display(description=_("what is missing"))
    def board(self, edition):
        address = board_address(edition)
        return format_html('<a href="{}">{}</a>', address, _("Status board"))

    def boards(self, user) -> list[tuple[str, str]]:
        """Of the conferences ahead for which somebody registered: name and address."""
        if not user.has_perms(NEEDED):
            return []
        live = Delegation.objects.live().order_by().values("edition")
        editions = Edition.objects.with_series().ahead().filter(pk__in=live)
        return [(str(edition), board_address(edition)) for edition in editions]


def board_address(edition) -> str:
    return reverse("admin:registrations_editionplaces_board", args=[edition.pk])
