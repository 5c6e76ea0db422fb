from django.shortcuts import render

from conferences import search
from partnerships.plain_text import as_query


def results(request):
    """What the words of the query find, the best first."""
    query = as_query(request.GET.get("q", ""))
    context = {"query": query, "found": search.find(query), "most": search.MOST}
    return render(request, "conferences/search.html", context)
