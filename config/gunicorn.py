"""How the site is served: `gunicorn -c config/gunicorn.py config.wsgi`, which quickstart runs too."""

import gc
import resource
from typing import Any

from config import env

bind = env.address("BIND", "127.0.0.1:8000")
workers = env.whole_number("WEB_CONCURRENCY", 2, least=1, most=64)
worker_class = "gthread"  # a slow reader holds a thread, not a worker
threads = 4
preload_app = True  # memory of the code is shared, and a broken start is seen at once
timeout = 30
graceful_timeout = 25
max_requests = 20_000
max_requests_jitter = 2_000
keepalive = 5
limit_request_line = 4094
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True  # else every instance on the machine shares one in the home folder

# By default a client's SCRIPT_NAME header is believed from loopback: it gives a 500, and lets
# /x/admin/ pass a proxy's rule on /admin/.
forwarder_headers = ""
forwarded_allow_ips = (
    "127.0.0.1,::1" if env.whole_number("PROXY_COUNT", 0, least=0, most=10) else ""
)
secure_scheme_headers = {"X-FORWARDED-PROTO": "https"}

# An upload of a thousand files holds as many open, and many systems begin with 1,024 for a process
_OPEN_FILES = 4096
_now, _most = resource.getrlimit(resource.RLIMIT_NOFILE)
if 0 <= _now < _OPEN_FILES:
    _wanted = _OPEN_FILES if _most == resource.RLIM_INFINITY else min(_most, _OPEN_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (_wanted, _most))


def when_ready(_server: Any) -> None:
    """Before the workers begin: what is loaded is there for good, and no collection looks at it again."""
    gc.collect()
    gc.freeze()
