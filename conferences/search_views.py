from django.shortcuts import render

from conferences import search
from partnerships.page_cache import cached_page
from partnerships.plain_text import as_query


@cached_page("q")
def results(request):
    """What the words of the query find, the best first."""
    query = as_query(request.GET.get("q", ""))
    context = {"query": query, "found": search.find(query), "most": search.MOST}
    return render(request, "conferences/search.html", context)
