"""One file that runs as it stands: safe for production, with the environment to change it.

Every variable is described in README.md under "Settings"; each may come from `NAME_FILE`.
"""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent


# Files ------------------------------------------------------------------------------------------

DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / ".data"))).resolve()
try:
    for _folder in (DATA_DIR, DATA_DIR / "static", DATA_DIR / "cache", DATA_DIR / "media"):
        # WhiteNoise warns when the folder of collected files is missing, so it is made here
        _folder.mkdir(mode=0o750, parents=True, exist_ok=True)
except OSError as error:
    msg = f"DATA_DIR: {DATA_DIR} cannot be used: {error}"
    raise ImproperlyConfigured(msg) from error

SECRET_KEY = env.secret_key(DATA_DIR / "secret-key")
DEBUG = env.flag("DEBUG", default=False)


# Addresses --------------------------------------------------------------------------------------

SITE_URL = env.site_url()
SITE_NAME = env.text("SITE_NAME", "Corpus")
HTTPS = SITE_URL.startswith("https://")
_site_host = urlsplit(SITE_URL).hostname or "127.0.0.1"
_own_host = f"[{_site_host}]" if ":" in _site_host else _site_host
ALLOWED_HOSTS = env.hosts(
    "ALLOWED_HOSTS", list(dict.fromkeys((_own_host, "localhost", "127.0.0.1", "[::1]")))
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
PROXY_COUNT = env.whole_number("PROXY_COUNT", 0, least=0, most=10)

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True


# The application --------------------------------------------------------------------------------

INSTALLED_APPS = [
    "corpusapp.apps.CorpusConfig",
    "corpusapp.apps.DeskConfig",  # the admin, as our own site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "taggit",
    "axes",
    "django_tasks_db",  # what waits for `manage.py db_worker`
]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
if sys.version_info < (3, 12):
    INSTALLED_APPS.append("django_tasks")  # built into Django from 6.0

MIDDLEWARE = [
    "corpusapp.public.middleware.HeadersAlone",
    "corpusapp.public.read_counting.ReadCounting",  # before the cache, whose pages are read too
    "corpusapp.public.page_cache.PageCache",
    "django.middleware.security.SecurityMiddleware",
    "corpusapp.public.middleware.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corpusapp.public.media.Media",
    "corpusapp.public.middleware.RequestGuard",
    "django.middleware.gzip.GZipMiddleware",
    "corpusapp.public.middleware.ConditionalRead",
    "corpusapp.admin.privacy.NothingKept",
    "corpusapp.admin.layers.Sessions",
    "corpusapp.admin.layers.Languages",
    "corpusapp.public.middleware.CanonicalContentLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "corpusapp.admin.layers.Accounts",
    "corpusapp.admin.layers.Messages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",  # must be the last
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "corpusapp.public.compiled_templates.CompiledTemplates",
        "NAME": "django",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


# Data -------------------------------------------------------------------------------------------

# Twenty seconds for the lock, then a clear message; a writer says so before it reads (IMMEDIATE),
# or two imports would each hold what the other waits for. FULL: what was confirmed survives power loss.
_SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA mmap_size=33554432; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
    ),
}


def _database() -> dict[str, Any]:
    raw = env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'corpus.sqlite3'}")
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(raw, conn_max_age=60))
    except (ValueError, KeyError) as error:
        msg = f"DATABASE_URL cannot be read: {error}"
        raise ImproperlyConfigured(msg) from error
    engine = database.get("ENGINE")
    if engine == "django.db.backends.sqlite3":
        if database.get("NAME") in {"", ":memory:"}:
            msg = "DATABASE_URL names no file: write sqlite:////the/whole/path.sqlite3"
            raise ImproperlyConfigured(msg)
        if not Path(database["NAME"]).absolute().parent.is_dir():
            msg = f"DATABASE_URL names a file in a folder that is not there: {database['NAME']}"
            raise ImproperlyConfigured(msg)
        database["OPTIONS"] = {**database.get("OPTIONS", {}), **_SQLITE_OPTIONS}
    elif engine == "django.db.backends.postgresql":
        env.installed("DATABASE_URL", "psycopg", "postgres")
        if not database.get("NAME") and "service" not in database.get("OPTIONS", {}):
            msg = "DATABASE_URL names no database: write postgres://user@host/name"
            raise ImproperlyConfigured(msg)
        database["CONN_HEALTH_CHECKS"] = True
        # Compiling a query takes longer than any of ours runs; the server only guesses that it may pay
        database.setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
    else:
        msg = "DATABASE_URL must start with sqlite:/// or postgres://"
        raise ImproperlyConfigured(msg)
    return database


def _cache() -> dict[str, Any]:
    raw = env.text("CACHE_URL")
    if not raw:
        return {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(DATA_DIR / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    if not raw.startswith(("redis://", "rediss://", "unix://")):
        msg = "CACHE_URL must start with redis:// (unset, the built-in cache is used)"
        raise ImproperlyConfigured(msg)
    env.installed("CACHE_URL", "redis", "redis")
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": raw}


# A public page is kept this long at most, and no longer than until something public changes;
# a scheduled article is to appear within a minute
PAGE_CACHE_SECONDS = 0 if DEBUG else 50
DATABASES = {"default": _database()}
CACHES = {"default": _cache()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STORAGES = {
    "default": env.media_storage(DATA_DIR / "media"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MAX_CAPTURE_MB = env.whole_number("MAX_CAPTURE_MB", 20, least=1, most=1000)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # an admin page of a hundred rows, with room
DATA_UPLOAD_MAX_NUMBER_FILES = (
    1050  # what the desk takes in one upload, with room to say that it is too many
)

# taggit
TAGGIT_CASE_INSENSITIVE = True


# Languages --------------------------------------------------------------------------------------

LANGUAGES = [
    ("en", _("English")),
    ("zh-hans", _("Simplified Chinese")),
    ("zh-hant", _("Traditional Chinese")),
]
DEFAULT_LANGUAGE = env.choice("DEFAULT_LANGUAGE", "en", ("en", "zh-hans", "zh-hant"))
LANGUAGE_CODE = DEFAULT_LANGUAGE
HAN_VARIANT = env.choice("HAN_VARIANT", "tw", ("tw", "hk"))
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.time_zone("TIME_ZONE", "UTC")
FORMAT_MODULE_PATH = "config.formats"
LOCALE_PATHS = [BASE_DIR / "corpusapp" / "locale"]


# Safety -----------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by supervisors on the inside
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_PREFIX}corpus-session"
CSRF_FAILURE_VIEW = "corpusapp.admin.carrying.csrf_failure"
CSRF_COOKIE_NAME = f"{_PREFIX}corpus-csrf"
LANGUAGE_COOKIE_NAME = f"{_PREFIX}corpus-language"  # the desk's, as chosen there; readers get none
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own

CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


# Accounts ---------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # must be the first
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
SESSION_COOKIE_AGE = 14 * 24 * 3600

# Five wrong passwords for one name from one address: fifteen minutes' pause, even for the right one.
# Counted in the database, so that workers share it and a restart keeps it.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_CLIENT_IP_CALLABLE = "corpusapp.admin.accounts.client_address"


# Words in the log -------------------------------------------------------------------------------

LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.log.OneLine",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "corpusapp": {"level": LOG_LEVEL},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # noise of scanners, which no one running a site can do anything about
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # what a list of the desk is asked and does not allow: answered with 400, and no fault of ours
        "django.security.DisallowedModelAdminLookup": {"level": "CRITICAL"},
    },
}


# What gunicorn reads for itself (config/gunicorn.py): looked at here too, so that every command
# stops at a wrong value
env.address("BIND", "127.0.0.1:8000")
env.whole_number("WEB_CONCURRENCY", 2, least=1, most=64)


# What later rooms read ----------------------------------------------------------------------------

API_FILE_NAMES = env.flag("API_FILE_NAMES", default=False)
SILENCED_SYSTEM_CHECKS: list[str] = []
