"""Captures of our own, in the shape of the second seed."""

import random

_WORDS = [
    "harbour",
    "lantern",
    "council",
    "winter",
    "ferry",
    "ledger",
    "storm",
    "bridge",
    "orchard",
    "observatory",
    "market",
    "rope",
    "flood",
    "street",
    "map",
    "choir",
    "clock",
    "librarian",
    "keeper",
    "visitor",
    "household",
    "evening",
    "colour",
    "weather",
    "lighthouse",
    "town",
    "river",
    "account",
    "report",
    "story",
    "chapter",
    "place",
    "colleague",
    "window",
    "garden",
    "letter",
    "signal",
    "archive",
    "neighbour",
]
_DEEDS = (
    "remembers",
    "repaired",
    "questions",
    "defended",
    "measured",
    "described",
    "opened",
    "lost",
)


def paragraphs(seed, count=5):
    """Paragraphs that share no run of five words with those of another seed, or hardly one."""
    dice = random.Random(seed)  # noqa: S311 - dull text, not a secret

    def sentence():
        some = dice.sample(_WORDS, 9)
        return (
            f"The {some[0]} of the {some[1]} {dice.choice(_DEEDS)} a {some[2]} and a {some[3]}, while "
            f"every {some[4]} near the {some[5]} {dice.choice(_DEEDS)} the {some[6]} of {some[7]} {some[8]}."
        )

    # A text says the words of its title, or its judge doubts it
    told = f"Place {seed} learned much in its long and stormy winter. "
    first, *others = [" ".join(sentence() for _ in range(3)) for _ in range(count)]
    return [told + first, *others]


def page(
    seed=1,
    *,
    title=None,
    section="Harbour Affairs",
    date="May 21, 2015",
    author="Ada Quill",
    post="Keeper, Lighthouse Board",
    texts=None,
):
    """The bytes of a capture; pages of different seeds are different articles."""
    lines = []
    if section:
        lines += [section, ""]
    lines += [title or f"What Place {seed} Learned From Its Long and Stormy Winter", ""]
    if date:
        lines.append(date)
    if author:
        lines += [f"  • {author}", ""]
    if post:
        lines += [f"    {post}", ""]
    for text in texts or paragraphs(seed):
        lines += [text, ""]
    lines += ["You might also like", "Back to Top"]
    return "\n".join(lines).encode()
