from django.http import HttpResponse
from django.urls import path

from config.urls import urlpatterns as site
from partnerships.models import Region


def one_query(request):
    """What a page costs that does nothing: all middleware, one query, a few bytes."""
    return HttpResponse(str(Region.objects.count()))


urlpatterns = [path("bench/one-query/", one_query), *site]
