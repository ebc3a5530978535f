"""The shape of a language's vocabulary; see the modules beside for the words.

Phrases are parted by " | " and compared folded (letters and digits only), so that case and
punctuation do not matter.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What pages print around their texts in one language."""

    furniture: str = ""  # whole lines: menus, buttons, notices
    furniture_starts: str = ""  # short lines that begin so
    sections: str = ""  # names under which pages file their pieces
    subjects: str = ""  # further such names, which are common words elsewhere
    home: str = ""  # first and last steps of a breadcrumb that name no section
    cross_links: str = ""  # headings over links to other pieces
    text_ends: str = ""  # headings over what follows a text: comments, sign-up, legal
    comments: str = ""  # headings over what readers wrote; also with a number before or behind
    tags: str = ""  # leads before keywords
    by: str = ""  # leads before an author's name
    by_colon: str = ""  # the same, but only with a colon: alone they are common words
    other_roles: str = ""  # leads before a name that is no author's; "lead = role" where it is kept
    desk: str = ""  # those of them that name who put the page up: no byline beside an author's
    joins: str = ""  # words between two names
    name_tails: str = ""  # buttons and labels printed right behind a name
    portraits: str = ""  # leads of a picture's stand-in text before the name of whom it shows
    portrait_tails: str = ""  # the same behind the name
    about: str = ""  # leads before a name over a note or a list of their pieces
    biography_verbs: str = ""  # what follows the name in a note on an author
    posts: str = ""  # words that tell a post or an affiliation
    organisations: str = ""  # words that tell an organisation among author names
    no_names: str = ""  # capitalised words that no person's name holds
    published: str = ""  # leads before a date of publication
    updated: str = ""  # leads before a date of change
    months: str = ""  # twelve, each "name/short form/…"
    weekdays: str = ""
    date_glue: str = ""  # small words left beside a date
    views: str = ""  # words of reader counters
    reading_time: str = ""  # words of "5 min read"
    alts: str = ""  # stand-ins for a picture
    captions: str = ""  # leads of picture captions and credits
    sources: str = ""  # leads before the publication a text was taken from
    first_published: str = ""  # the same inside a sentence
    source_addresses: str = ""  # leads before the address of what was taken
    no_sources: str = ""  # what a page prints there that names nobody
    labels: str = ""  # words before a colon that open the next field of a line
    fields: str = ""  # names of fields and columns; "name = field" (see field_names.py)
    public: str = ""  # what a status says of what everybody may read
    yes: str = ""
    no: str = ""
