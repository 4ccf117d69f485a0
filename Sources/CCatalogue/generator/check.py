"""Proofs about the finished catalogue; the Swift tests prove the same from the files."""
import re

from . import keys


def problems(catalogue):
    """One line for each mistake; empty means the catalogue may be written."""
    types = {name: service["types"] for name, service in catalogue.items()}
    found = keys.problems(types)
    for service, entries in types.items():
        if not re.fullmatch(r"[a-z0-9-]+", service):
            found.append(f"{service}: not a service name")
        for kind, entry in entries.items():
            if not re.fullmatch(r"[a-z0-9-]+", kind):
                found.append(f"{service}/{kind}: not a kind")
            parent = entry.get("parent")
            if parent and parent["kind"] not in entries:
                found.append(f"{service}/{kind}: the parent {parent['kind']} is no type")
            if parent and entry["group"] == "core" and entries[parent["kind"]]["group"] != "core":
                found.append(f"{service}/{kind}: core, but its parent is not")
    return found
