"""Pages: each chooses a set, a page and a template."""
