"""The site, whose answers say how many queries they took: `X-Queries`."""

from django.db import connection

from config.wsgi import application as site


class Count:
    def __init__(self):
        self.queries = 0

    def __call__(self, execute, *statement):
        self.queries += 1
        return execute(*statement)


def counted(answer):
    def application(environ, start_response):
        count = Count()

        def start(status, headers, *error):
            told = ("X-Queries", str(count.queries))
            return start_response(status, [*headers, told], *error)

        with connection.execute_wrapper(count):
            return answer(environ, start)

    return application


application = counted(site)
