"""Saved pages: bytes -> lines as a browser would show them, each with what the markup says of it."""
