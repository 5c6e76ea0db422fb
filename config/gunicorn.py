"""How gunicorn serves the site: two workers of eight threads, the code loaded once.

Threads, since six slow visitors would block two plain workers for everybody.
"""

preload_app = True
worker_class = "gthread"
workers = 2
threads = 8
timeout = 60
graceful_timeout = 20
keepalive = 5
# A personal link stands in the path: no access log holds it.
accesslog = None
limit_request_line = 8190
control_socket_disable = True
