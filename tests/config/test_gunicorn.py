import subprocess
import sys

from django.template import engines

from config import gunicorn
from tests import server

MAKE_GARBAGE = """
import gc
import config.wsgi
from config import gunicorn
gunicorn.when_ready(None)
looked = gc.get_stats()[2]["collections"]
kept = []
for number in range(200_000):
    circle = []
    circle.append(circle)
    if number % 100 == 0:
        kept.append([])
print(gc.get_stats()[2]["collections"] - looked)
"""


def test_what_all_workers_need_is_loaded_before_without_the_database():
    """A connection that they share would mix their answers up: here none opens."""
    gunicorn.load()
    loader = engines["django"].engine.template_loaders[0]
    assert {"base.html", "admin/change_form.html"} <= loader.get_template_cache.keys()


def test_a_worker_looks_through_all_its_garbage_now_and_then():
    """Though little of what is there remains, and much was there before the workers."""
    done = subprocess.run(
        [sys.executable, "-c", MAKE_GARBAGE],
        cwd=server.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) >= 1
