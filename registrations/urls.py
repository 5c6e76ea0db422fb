from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from registrations import views

app_name = "registrations"

of_an_edition = [
    path("", views.start, name="start"),
    path(_("begin/"), views.BeginView.as_view(), name="begin"),
]

municipality = [
    path("", views.MunicipalityView.as_view(), name="municipality"),
    path(_("enter/"), views.MunicipalityEnterView.as_view(), name="municipality-enter"),
]
people_of_the_partner: list[URLPattern | URLResolver] = [
    path(_("add/"), views.PartnerPersonView.as_view(), name="partner-person-add"),
    path("<int:pk>/", views.PartnerPersonView.as_view(), name="partner-person"),
    path(
        _("<int:pk>/replace/"),
        views.PartnerReplaceView.as_view(),
        name="partner-replace",
    ),
    path(
        _("<int:pk>/take-out/"),
        views.PartnerTakeOutView.as_view(),
        name="partner-take-out",
    ),
]
partnership: list[URLPattern | URLResolver] = [
    path("", views.PartnershipView.as_view(), name="partnership"),
    path(_("town/"), views.PartnerTownView.as_view(), name="partner-town"),
    path(_("enter/"), views.PartnerTownEnterView.as_view(), name="partner-town-enter"),
    path(_("contact/"), views.PartnerView.as_view(), name="partner"),
    path(_("link/"), views.PartnerLinkView.as_view(), name="partner-link"),
    path(_("people/"), include(people_of_the_partner)),
]
people = [
    path("", views.NumbersView.as_view(), name="people"),
    path(_("names/"), views.NamesView.as_view(), name="names"),
    path(_("add/"), views.PersonView.as_view(), name="person-add"),
    path("<int:pk>/", views.PersonView.as_view(), name="person"),
    path(
        _("<int:pk>/questions/"),
        views.PersonQuestionsView.as_view(),
        name="person-questions",
    ),
    path(_("<int:pk>/replace/"), views.ReplaceView.as_view(), name="replace"),
    path(_("<int:pk>/take-out/"), views.TakeOutView.as_view(), name="take-out"),
]
second_stage = [
    path("", views.SecondStageView.as_view(), name="second-stage"),
    path(_("questions/"), views.SecondQuestionsView.as_view(), name="second-questions"),
    path("<int:pk>/", views.SecondPersonView.as_view(), name="second-person"),
    path(_("<int:pk>/needs/"), views.NeedsView.as_view(), name="needs"),
    path(_("<int:pk>/visa/"), views.VisaView.as_view(), name="visa"),
    path(_("<int:pk>/consents/"), views.ConsentsView.as_view(), name="consents"),
]
choice = [
    path("", views.ChoicesView.as_view(), name="choice"),
    path("<int:pk>/", views.ChooseView.as_view(), name="choose"),
]
of_a_person: list[URLPattern | URLResolver] = [
    path("", views.OwnPageView.as_view(), name="own-page"),
    path(
        _("questions/"),
        views.OwnQuestionsView.as_view(),
        name="own-person-questions",
    ),
    path(_("workshops/"), views.OwnChoiceView.as_view(), name="own-choice"),
    path(_("travel/"), views.OwnTravelView.as_view(), name="own-second-person"),
    path(_("needs/"), views.OwnNeedsView.as_view(), name="own-needs"),
    path(_("visa/"), views.OwnVisaView.as_view(), name="own-visa"),
    path(_("consents/"), views.OwnConsentsView.as_view(), name="own-consents"),
    path(_("data/"), views.OwnDataView.as_view(), name="own-data"),
    path(_("data.json"), views.OwnDataFileView.as_view(), name="own-data-file"),
    path(_("erase/"), views.OwnEraseView.as_view(), name="own-erase"),
]
under_a_link: list[URLPattern | URLResolver] = [
    path("", views.DelegationView.as_view(), name="delegation"),
    path(_("contact/"), views.ContactView.as_view(), name="contact"),
    path(_("municipality/"), include(municipality)),
    path(_("guests/"), views.GuestsView.as_view(), name="guests"),
    path(_("partnership/"), include(partnership)),
    path(_("admission/"), views.AdmissionView.as_view(), name="admission"),
    path(_("people/"), include(people)),
    path(_("questions/"), views.QuestionsView.as_view(), name="questions"),
    path(_("second-stage/"), include(second_stage)),
    path(_("workshops/"), include(choice)),
    path(_("check/"), views.CheckView.as_view(), name="check"),
    path(_("submit/"), views.SubmitView.as_view(), name="submit"),
    path(_("confirm/"), views.ConfirmView.as_view(), name="confirm"),
    path(_("change/"), views.ChangeView.as_view(), name="change"),
    path(_("offer/"), views.OfferView.as_view(), name="offer"),
    path(_("offer/decline/"), views.DeclineOfferView.as_view(), name="offer-decline"),
    path(_("withdraw/"), views.WithdrawView.as_view(), name="withdraw"),
    path(_("calendar.ics"), views.CalendarView.as_view(), name="calendar"),
    path(_("coming/"), views.ComeView.as_view(), name="come"),
    path(_("not-coming/"), views.NotComingView.as_view(), name="not-coming"),
    path(_("hand-over/"), views.HandOverView.as_view(), name="hand-over"),
    path(_("data/"), views.DataView.as_view(), name="data"),
    path(_("data.json"), views.DataFileView.as_view(), name="data-file"),
    path(_("erase/"), views.EraseView.as_view(), name="erase"),
]

urlpatterns = [
    path(
        _("conferences/"),
        include(
            [
                path(
                    "<slug:series_slug>/<slug:edition_slug>/",
                    include([path(_("registration/"), include(of_an_edition))]),
                )
            ]
        ),
    ),
    path(
        _("registration/"),
        include(
            [
                path("link/", views.LinkView.as_view(), name="link"),
                path(_("link/sent/"), views.link_sent, name="link-sent"),
                path(_("handed-over/"), views.handed_over, name="handed-over"),
                path(_("erased/"), views.erased, name="erased"),
                path(_("person/<str:token>/"), include(of_a_person)),
                path("<str:token>/", include(under_a_link)),
            ]
        ),
    ),
]
