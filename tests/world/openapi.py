"""Bodies that fit what the API's OpenAPI document asks for."""

from __future__ import annotations

from typing import Any

FITTING = {
    "integer": lambda node: max(1, node.get("minimum", 1)),
    "boolean": lambda _: True,
    "string": lambda node: FORMATS.get(node.get("format", ""), "1"),
}
FORMATS = {"date": "2026-11-19", "date-time": "2036-11-19T12:00:00Z"}


def a_body(schema: dict[str, Any], node: dict[str, Any], known: dict[str, Any]) -> Any:
    """The smallest value that fits a schema; fields named in `known` get what they are there."""
    if "$ref" in node:
        node = schema["components"]["schemas"][node["$ref"].rpartition("/")[2]]
    if "enum" in node:
        return node["enum"][0]
    if "properties" in node:
        return {
            name: known.get(name, a_body(schema, node["properties"][name], known))
            for name in node.get("required", [])
        }
    if node.get("type") == "array":
        return [a_body(schema, node["items"], known)] if node.get("minItems") else []
    return FITTING[node["type"]](node) if node.get("type") in FITTING else {}
