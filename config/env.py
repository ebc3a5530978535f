"""Settings from the environment: each name, or a file that `NAME_FILE` points to.

A wrong value stops the start and names the variable; nothing is guessed.
"""

import importlib.util
import os
import re
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

_HOST = re.compile(r"\.?[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\]")
_LAST_PORT = 65535


def text(name: str, default: str = "") -> str:
    """The value of `name`, or the content of the file `NAME_FILE`, or `default`.

    An empty variable counts as unset, because compose files cannot unset one.
    """
    value, path = os.environ.get(name, ""), os.environ.get(f"{name}_FILE", "")
    if value and path:
        msg = f"{name} and {name}_FILE are both set; keep one of them"
        raise ImproperlyConfigured(msg)
    if path:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            msg = f"{name}_FILE: {path} cannot be read: {error}"
            raise ImproperlyConfigured(msg) from error
        if not value:
            msg = f"{name}_FILE: {path} is empty"
            raise ImproperlyConfigured(msg)
    return value or default


def flag(name: str, *, default: bool) -> bool:
    """Read `1`/`0`; anything else stops the start."""
    raw = text(name, "1" if default else "0")
    if raw not in {"0", "1"}:
        msg = f"{name} must be 0 or 1, not {raw!r}"
        raise ImproperlyConfigured(msg)
    return raw == "1"


def whole_number(name: str, default: int, *, least: int, most: int) -> int:
    raw = text(name, str(default))
    if not (
        raw.isascii() and raw.isdigit() and len(raw) <= len(str(most)) and least <= int(raw) <= most
    ):
        msg = f"{name} must be a whole number from {least} to {most}, not {raw!r}"
        raise ImproperlyConfigured(msg)
    return int(raw)


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    raw = text(name, default)
    if raw not in allowed:
        msg = f"{name} must be one of {', '.join(allowed)}, not {raw!r}"
        raise ImproperlyConfigured(msg)
    return raw


def listed(name: str, default: list[str]) -> list[str]:
    """A comma-separated list without empty members."""
    raw = text(name)
    return [part.strip() for part in raw.split(",") if part.strip()] if raw else default


def time_zone(name: str, default: str) -> str:
    raw = text(name, default)
    try:
        ZoneInfo(raw)
    except (KeyError, ValueError, OSError) as error:
        msg = f"{name} must be a zone such as Europe/Berlin, not {raw!r}"
        raise ImproperlyConfigured(msg) from error
    return raw


def hosts(name: str, default: list[str]) -> list[str]:
    """Host names as Django wants them; an address or a star would let strangers speak for the site."""
    found = listed(name, default)
    for host in found:
        if not _HOST.fullmatch(host):
            msg = (
                f"{name} must be host names such as example.org, separated by commas, not {host!r}"
            )
            raise ImproperlyConfigured(msg)
    return found


def address(name: str, default: str) -> str:
    """Where to listen: host:port."""
    raw = text(name, default)
    host, _colon, port = raw.rpartition(":")
    if not host or not (port.isascii() and port.isdigit() and 1 <= int(port[:6]) <= _LAST_PORT):
        msg = f"{name} must be an address and a port such as {default}, not {raw!r}"
        raise ImproperlyConfigured(msg)
    return raw


def installed(name: str, module: str, extra: str) -> None:
    """Stop the start if what a value asks for needs an extra that is not installed."""
    if importlib.util.find_spec(module) is None:
        msg = f"{name} needs the extra {extra!r}: run uv sync --no-dev --extra {extra}"
        raise ImproperlyConfigured(msg)


def site_url() -> str:
    """`SITE_URL` without a final slash; plain http is for loopback only."""
    raw = text("SITE_URL", "http://127.0.0.1:8000")
    try:
        parts = urlsplit(raw)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if not host or parts.scheme not in {"http", "https"} or parts.path.strip("/"):
        msg = f"SITE_URL must be an address such as https://example.org, not {raw!r}"
        raise ImproperlyConfigured(msg)
    if parts.scheme == "http" and host not in {"127.0.0.1", "localhost", "::1"}:
        msg = f"SITE_URL must start with https:// (plain http is for this machine only): {raw!r}"
        raise ImproperlyConfigured(msg)
    return f"{parts.scheme}://{parts.netloc}"


def secret_key(path: Path) -> str:
    """`SECRET_KEY`, or the key kept in `path`, made once and readable by its owner only."""
    given = text("SECRET_KEY")
    if given:
        if len(given) < 50:  # noqa: PLR2004 - what Django's own deployment check asks for
            msg = "SECRET_KEY must have at least 50 characters"
            raise ImproperlyConfigured(msg)
        return given
    if not path.exists():
        _make_key(path)
    return _kept_key(path)


def _make_key(path: Path) -> None:
    """Of several processes that start at once, one makes the key, whole, and all use it."""
    try:
        handle, draft = tempfile.mkstemp(prefix="secret-key-", dir=path.parent)  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(64))
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                path.hardlink_to(draft)
        finally:
            Path(draft).unlink()
    except OSError as error:
        msg = f"DATA_DIR: no secret key can be written to {path}: {error}"
        raise ImproperlyConfigured(msg) from error


def _kept_key(path: Path) -> str:
    try:
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"SECRET_KEY: {path} cannot be read: {error}"
        raise ImproperlyConfigured(msg) from error
    if len(key) < 50:  # noqa: PLR2004 - see above
        msg = (
            f"SECRET_KEY: {path} is damaged; remove it to have a new one made (signs everyone out)"
        )
        raise ImproperlyConfigured(msg)
    return key


def media_storage(default: Path) -> dict[str, object]:
    """The `STORAGES` entry that `MEDIA_STORAGE` asks for: a folder, or an S3-compatible bucket."""
    raw = text("MEDIA_STORAGE", str(default))
    if not raw.startswith("s3://"):
        if "://" in raw:
            msg = f"MEDIA_STORAGE must be a folder or s3://bucket/prefix, not {raw!r}"
            raise ImproperlyConfigured(msg)
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(Path(raw).resolve()), "base_url": "/media/"},
        }
    parts = urlsplit(raw)
    if not parts.netloc:
        msg = f"MEDIA_STORAGE names no bucket: {raw!r}"
        raise ImproperlyConfigured(msg)
    installed("MEDIA_STORAGE", "storages", "s3")
    endpoint = parse_qs(parts.query).get("endpoint", [None])[0]
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.netloc,
            "location": parts.path.strip("/"),
            "endpoint_url": endpoint,
            "file_overwrite": False,
        },
    }
