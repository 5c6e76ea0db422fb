"""The nginx of `deploy/`, with ports, folders and a certificate of its own."""

import os
import shutil
import ssl
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from tests.server import ROOT, free_port

NAME = "example.org"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
CERTIFICATE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 "
    "-subj /CN={name} -addext subjectAltName=DNS:{name} "
    "-keyout {folder}/key.pem -out {folder}/cert.pem"
)


def is_missing() -> bool:
    return shutil.which("nginx") is None and not Path("/usr/sbin/nginx").exists()


def configured(folder: Path, upstream: list[str], http: int, https: int) -> Path:
    """The shipped file; each place that an installation changes is there as said.

    Its folder holds the static files. Where nginx has no brotli it gets none.
    """
    subprocess.run(
        CERTIFICATE.format(name=NAME, folder=folder).split(),
        check=True,
        capture_output=True,
    )
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    load, brotli = "", ""
    if BROTLI.exists():
        load, brotli = f"load_module {BROTLI};", "brotli_static on;"
    for shipped, here in {
        # Started by root it becomes nobody, who may not write into our folder.
        "user www-data;\n": "" if os.geteuid() else "user root;\n",
        "include /etc/nginx/modules-enabled/*.conf;": load,
        "brotli_static on;": brotli,
        "/run/nginx.pid": f"{folder}/nginx.pid",
        "/var/log/nginx/": f"{folder}/",
        "        server unix:/run/site-1/web.sock max_fails=0;\n": "".join(
            f"        server {one} max_fails=0;\n" for one in upstream
        ),
        "        server unix:/run/site-2/web.sock max_fails=0;\n": "",
        "listen 80 ": f"listen 127.0.0.1:{http} ",
        "        listen [::]:80 default_server;\n": "",
        "return 301 https://example.org$": f"return 301 https://{NAME}:{https}$",
        "listen 443 ": f"listen 127.0.0.1:{https} ",
        "        listen [::]:443 ssl http2 default_server;\n": "",
        "        listen [::]:443 ssl http2;\n": "",
        "/etc/letsencrypt/live/example.org/fullchain.pem": f"{folder}/cert.pem",
        "/etc/letsencrypt/live/example.org/privkey.pem": f"{folder}/key.pem",
        "/srv/site/deploy": str(ROOT / "deploy"),
        "/var/lib/site/static": f"{folder}/static",
        "/var/www/html": f"{folder}/proofs",
    }.items():
        assert shipped in text, shipped
        text = text.replace(shipped, here)
    paths = "".join(
        f"    {kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = text.replace("http {\n", f"http {{\n{paths}", 1)
    file = folder / "nginx.conf"
    file.write_text(text)
    return file


def command(file: Path, *arguments: str) -> list[str]:
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return [program, "-c", str(file), "-p", str(file.parent), *arguments]


@contextmanager
def nginx(folder: Path, upstream: list[str], without: str = ""):
    """The running proxy; yields its ports for http and https.

    `without`: a header that it neither adds nor lets pass, for controls.
    """
    http, https = free_port(), free_port()
    file = configured(folder, upstream, http, https)
    if without:
        text = file.read_text()
        assert f"add_header {without} " in text, without
        file.write_text(
            text.replace(f"add_header {without} ", f"proxy_hide_header {without}; # ")
        )
    with (folder / "stderr").open("w") as output:
        process = subprocess.Popen(command(file, "-g", "daemon off;"), stderr=output)
    try:
        for _try in range(100):
            if (folder / "nginx.pid").exists():
                break
            time.sleep(0.05)
        else:
            raise RuntimeError((folder / "stderr").read_text())
        yield http, https
    finally:
        process.terminate()
        process.wait(timeout=30)


def trust(folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(folder / "cert.pem"))


def access_log(folder: Path, lines: int) -> str:
    """So many lines; each is written only after the answer has gone out."""
    for _try in range(100):
        text = (folder / "access.log").read_text()
        if text.count("\n") >= lines:
            return text
        time.sleep(0.05)
    raise RuntimeError(text)
