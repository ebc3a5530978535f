"""What is told of one line of a run that is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpusapp.models import Outcome

_NOTES = {
    "gone": "its article is gone",
    "in_bin": "it is in the bin already",
    "withdrawn": "it is withdrawn already",
    "worked_on": "an editor had worked on it",
    "moved": "its state has changed since",
}


@dataclass(frozen=True, slots=True)
class Why:
    """Why a field stays as it is: "edited" since, changed by a "later" run, or "needed" by readers."""

    code: str
    run: int = 0  # the later one

    def __str__(self) -> str:
        match self.code:
            case "later":
                return f"changed again by run {self.run}"
            case "needed":
                return "a published article needs it"
            case _:
                return "edited since"


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of one line of the run."""

    path: str
    public_id: str
    title: str
    outcome: Outcome  # updated: undone; conflict: something was left as it is now; unchanged
    taken_away: str = ""  # "binned" or "withdrawn"
    given_back: bool = False  # from where an undoing had taken it away
    restored: tuple[str, ...] = ()
    left: Mapping[str, Why] = field(default_factory=dict)  # fields that stay as they are
    note: str = ""  # of _NOTES

    @property
    def reason(self) -> str:
        parts = []
        if self.taken_away:
            parts.append({"binned": "put in the bin", "withdrawn": "withdrawn"}[self.taken_away])
        if self.given_back:
            parts.append("given back")
        if self.restored:
            parts.append(f"restored: {', '.join(self.restored)}")
        if self.left:
            told_why = ", ".join(f"{name} ({why})" for name, why in self.left.items())
            parts.append(f"left as it is: {told_why}")
        if self.note:
            parts.append(_NOTES[self.note])
        return "; ".join(parts)
