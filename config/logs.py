"""What the server writes about itself: never the key to somebody's registration."""

import logging
import re

# Tokens of personal links have 32 signs; no word of an address is that long.
TOKEN = re.compile(r"/[A-Za-z0-9_-]{32}(?=/|$|\s)")


class WithoutTokens(logging.Filter):
    """Takes the token of a personal link out of a line, and lets the line pass."""

    def filter(self, record):
        record.msg = TOKEN.sub("/…", record.getMessage())
        record.args = None
        return True
