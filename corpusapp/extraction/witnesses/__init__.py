"""What a saved page says of itself: structured data, the head's entries, and marked elements.

Witnesses may be careless (a title with the site's name, "admin" as author, the day of the last
change as the day of publication); so nothing here decides, and each thing said keeps who said it.
"""
