import runpy

import pytest

from tests.surroundings import ROOT


def served(**environment):
    with pytest.MonkeyPatch.context() as patch:
        for name in ("BIND", "WEB_CONCURRENCY", "PROXY_COUNT"):
            patch.delenv(name, raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        return runpy.run_path(str(ROOT / "config" / "gunicorn.py"))


def test_server_listens_to_this_machine_only():
    found = served()

    assert (found["bind"], found["workers"]) == ("127.0.0.1:8000", 2)


def test_server_as_the_environment_says():
    found = served(BIND="0.0.0.0:80", WEB_CONCURRENCY="5")

    assert (found["bind"], found["workers"]) == ("0.0.0.0:80", 5)


def test_headers_of_a_proxy_are_believed_only_behind_one():
    assert served()["forwarded_allow_ips"] == ""
    assert served(PROXY_COUNT="1")["forwarded_allow_ips"] == "127.0.0.1,::1"
    assert served(PROXY_COUNT="1")["forwarder_headers"] == ""
