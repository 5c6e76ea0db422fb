"""Pieces of a page that are made once in each language, not once for each request."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


class UnchangingNode(template.Node):
    def __init__(self, nodelist, what):
        self.nodelist = nodelist
        self.what = what
        self.made: dict[tuple, SafeString] = {}

    def render(self, context):
        key = (get_language(), *(part.resolve(context) for part in self.what))
        if key not in self.made:
            self.made[key] = self.nodelist.render(context)
        return self.made[key]


@register.tag
def unchanging(parser, token):
    """Keep what stands inside until the site is started anew.

    Only for what depends on nothing but the language and the few values that are
    named: `{% unchanging request.resolver_match.view_name %}…{% endunchanging %}`.
    Never for anything from the database, a form or an address.
    """
    what = [parser.compile_filter(part) for part in token.split_contents()[1:]]
    nodelist = parser.parse(("endunchanging",))
    parser.delete_first_token()
    return UnchangingNode(nodelist, what)
