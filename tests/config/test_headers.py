"""What every answer carries, whatever Django it comes from."""

import pytest

ANSWERS = ["/", "/nowhere/", "/admin/login/", "/%00"]
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ANSWERS)
def test_policy_allows_nothing_inline_and_nobody_else(client, address):
    policy = client.get(address).headers["Content-Security-Policy"]

    assert {part.strip() for part in policy.split(";")} == POLICY


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nowhere/", "/admin/login/"])
def test_answer_cannot_be_framed_or_mistaken(client, address):
    headers = client.get(address).headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_foreign_host_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
