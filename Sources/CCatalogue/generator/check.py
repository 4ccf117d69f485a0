"""Proofs about the finished catalogue; the Swift tests prove the same from the files."""
import re

from . import keys
from .tables import actions as table


def problems(catalogue, iam):
    """One line for each mistake; empty means the catalogue may be written."""
    types = {name: service["types"] for name, service in catalogue.items()}
    found = keys.problems(types) + action_problems(catalogue, iam)
    for service, entries in types.items():
        if not re.fullmatch(r"[a-z0-9-]+", service):
            found.append(f"{service}: not a service name")
        for kind, entry in entries.items():
            if not re.fullmatch(r"[a-z0-9-]+", kind):
                found.append(f"{service}/{kind}: not a kind")
            parent = entry.get("parent")
            if parent and parent["kind"] not in entries:
                found.append(f"{service}/{kind}: the parent {parent['kind']} is no type")
            elif parent and entry["group"] == "core" and entries[parent["kind"]]["group"] != "core":
                found.append(f"{service}/{kind}: core, but its parent is not")
    return found


def action_problems(catalogue, iam):
    """Every action is one that AWS names, or marked as a guess; guesses are never core; what lists, reads."""
    found = []
    for name, service in catalogue.items():
        guessed = {f"{service['iam']['prefix']}:{each}" for each in service["iam"].get("guessed", [])}
        for kind, entry in service["types"].items():
            for action in entry["actions"]:
                levels = iam.levels(action)
                if action in guessed:
                    if entry["group"] == "core":
                        found.append(f"{name}/{kind}: core, but {action} is a guess")
                elif not levels and action not in iam.documented and action not in table.ELSEWHERE:
                    found.append(f"{name}/{kind}: AWS does not know {action}")
                if levels - {"Read", "List"} and action not in table.READING:
                    found.append(f"{name}/{kind}: {action} does not only read")
    return found
