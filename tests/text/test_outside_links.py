import pytest

from corpusapp.text.outside_links import outside_links

SITE = "https://corpus.example.org"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("See [that](https://x.example/a?b=c#d).", [("that", "https://x.example/a?b=c#d")]),
        ('[a](http://x.example "title") [b](<https://y.example/ö>)', None),
        ("[a](https://x.example/1) and [a](https://x.example/1)", None),
        ("[ours](https://corpus.example.org/en/) [root](https://corpus.example.org)", []),
        ("[not ours](https://corpus.example.org.evil.example/)", None),
        ("[inner](article:7d9k2m4p) [path](/en/) [mail](mailto:a@x.example)", []),
        ("![a picture](https://x.example/p.png)", []),
        ("https://x.example/ is no link, nor is (https://y.example/)", []),
    ],
)
def test_links_to_other_sites_are_found_in_their_words(source, found):
    links = list(outside_links(source, SITE))

    if found is None:
        assert links
        assert all(link.address.startswith("http") for link in links)
    else:
        assert links == found


def test_hostile_brackets_take_no_time():
    assert list(outside_links("[" * 200_000 + "](http")) == []
