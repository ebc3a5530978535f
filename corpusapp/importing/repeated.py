"""The doubt about a record whose id another one in its file has; plain Python, for readers too."""

REPEATED_ID = "repeated_id"
