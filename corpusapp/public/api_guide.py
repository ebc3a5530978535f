"""The OpenAPI document in the form in which its page shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from corpusapp.public.api import api


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    kind: str  # "text", "number", "list of …"; "" where it does not matter
    words: str


@dataclass(frozen=True, slots=True)
class Operation:
    address: str
    words: str
    parameters: list[Named]
    answer: list[Named]


@lru_cache(maxsize=1)
def guide() -> list[Operation]:
    """Every operation, in the order in which the API was written."""
    document: Mapping[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    shapes = document["components"]["schemas"]
    return [
        Operation(
            address=address,
            words=operation.get("description", ""),
            parameters=[
                Named(one["name"], _kind(one["schema"], shapes), one.get("description", ""))
                for one in operation["parameters"]
            ],
            answer=list(_fields(_answered(operation), shapes)),
        )
        for address, methods in document["paths"].items()
        for operation in methods.values()
    ]


def _answered(operation: Mapping[str, Any]) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = operation["responses"][200]["content"]["application/json"]["schema"]
    return schema


def _fields(schema: Mapping[str, Any], shapes: Mapping[str, Any]) -> Iterator[Named]:
    for name, field in _named(schema, shapes)["properties"].items():
        yield Named(name, _kind(field, shapes), field.get("description", ""))


def _named(schema: Mapping[str, Any], shapes: Mapping[str, Any]) -> Mapping[str, Any]:
    named: Mapping[str, Any] = shapes[schema["$ref"].rpartition("/")[2]]
    return named


def _kind(schema: Mapping[str, Any], shapes: Mapping[str, Any]) -> str:
    """A type in few words, such as `[{"name": string, "post": string}]`."""
    if "$ref" in schema:
        fields = _named(schema, shapes)["properties"]
        return "{" + ", ".join(f"{name}: {_kind(fields[name], shapes)}" for name in fields) + "}"
    if "anyOf" in schema:
        return " | ".join(_kind(one, shapes) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"[{_kind(schema['items'], shapes)}]"
    if schema.get("type") == "object":
        return f"{{…: {_kind(schema['additionalProperties'], shapes)}}}"
    return str(schema.get("type", ""))
