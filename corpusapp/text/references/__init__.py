"""How a work is cited: as a sentence in the common styles, and in the formats that programs exchange."""

from corpusapp.text.references.exchange import bibtex, csl, ris
from corpusapp.text.references.sentences import STYLES, sentence
from corpusapp.text.references.work import Person, Work, person

__all__ = ["STYLES", "Person", "Work", "bibtex", "csl", "person", "ris", "sentence"]
