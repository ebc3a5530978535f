"""Captures become articles: the only room that knows extraction and models."""
