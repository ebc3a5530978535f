"""Rows of a form that somebody else has removed since the page was shown.

Django asks for each row by its id, and refuses all that was typed if one of them is gone.
"""

from collections.abc import Callable, Collection

from django.http import QueryDict

from corpusapp.admin.desk import row_ids

MOST_ROWS = 1000
Row = dict[str, list[str]]  # the inputs of one row, by their names without its prefix


def stems(posted: QueryDict, prefix: str) -> list[str]:
    """The prefix of the inputs of each row that was posted, in their order."""
    total = min(_number(posted, f"{prefix}-TOTAL_FORMS"), MOST_ROWS)
    return [f"{prefix}-{number}" for number in range(total)]


def without_gone(
    posted: QueryDict,
    prefix: str,
    pk_name: str,
    there: Collection[str],
    is_written: Callable[[str, str], bool],
) -> list[bool]:
    """Take the rows whose id is not `there` out of what was posted, and number the others anew.

    One in which somebody has written (`is_written`, by the prefix of its inputs and its id) stands
    among the new rows instead, which a save adds. Returns for each that is gone whether that is so;
    those that were to be removed anyway are not told of.
    """
    gone: list[bool] = []
    old: list[Row] = []
    new: list[Row] = []
    for stem in stems(posted, prefix):
        pk = posted.get(f"{stem}-{pk_name}", "")
        is_gone = bool(pk) and pk not in there and f"{stem}-DELETE" not in posted
        is_wanted = is_gone and is_written(stem, pk)
        gone += [is_wanted] if is_gone else []
        row = {
            name.removeprefix(f"{stem}-"): posted.pop(name)
            for name in [name for name in posted if name.startswith(f"{stem}-")]
        }
        if pk in there:
            old.append(row)
        elif not pk or is_wanted:
            new.append({**row, pk_name: [""]})
    for number, row in enumerate([*old, *new]):
        for name, values in row.items():
            posted.setlist(f"{prefix}-{number}-{name}", values)
    posted[f"{prefix}-INITIAL_FORMS"] = str(len(old))
    posted[f"{prefix}-TOTAL_FORMS"] = str(len(old) + len(new))
    return gone


def _number(posted: QueryDict, name: str) -> int:
    return next(iter(row_ids([posted.get(name, "")])), 0)
