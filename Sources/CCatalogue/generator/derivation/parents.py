"""Which type's resources give a child's required inputs."""
from ..facts.names import match_member, norm
from ..tables import listings as table

ID_SUFFIXES = ("", "id", "identifier", "name", "arn", "idorarn", "nameorarn", "key")
AMBIGUOUS = ("resourcearn", "resourceid", "arn", "name", "identifier", "type", "status")


def giver(types, wanted):
    """(kind, member) of the type whose resources carry the value of the input `wanted` (normalised); None if none."""
    best = None
    for kind, entry in types.items():
        noun = norm(entry.noun)
        member = _from_string(entry, noun, wanted) if entry.id == "@" else _from_structure(entry, noun, wanted)
        if not member:
            continue
        better_root = best and len(noun) == best[2] and not entry.parent and types[best[0]].parent
        if best is None or len(noun) > best[2] or better_root:
            best = (kind, member, len(noun))
    return best[:2] if best else None


def _from_string(entry, noun, wanted):
    path = norm(entry.items)
    carries = "arn" if "arn" in path else "url" if "url" in path else "name"
    for suffix in ("name", "arn", "id", "url", "identifier", ""):
        if wanted != noun + suffix:
            continue
        wrong_arn = suffix == "arn" and carries != "arn"
        wrong_url = (suffix == "url") != (carries == "url")
        if not wrong_arn and not wrong_url:
            return "@"
    return None


def _from_structure(entry, noun, wanted):
    if any(wanted == noun + suffix for suffix in ID_SUFFIXES):
        found = match_member(entry.members, [noun], wanted)
        if found:
            return found
        if not wanted.endswith("arn"):
            return entry.id
        return entry.arn if entry.arn in entry.members else None
    if len(wanted) > 4 and wanted == norm(str(entry.id)) and wanted not in AMBIGUOUS and noun in wanted:
        return entry.id
    return None


def resolve(service, operation, unresolved, types):
    """(kind of the parent, input to path); None when no type derived so far gives every input."""
    given = table.PARENTS.get(f"{service.name}:{operation}")
    if given:
        return (given[0], dict(given[1])) if given[0] in types else None
    inputs = service.inputs(operation)
    hits = {name: giver(types, norm(name)) if service.is_string(inputs[name]) else None for name in unresolved}
    if not all(hits.values()):
        return None
    kinds = sorted({hit[0] for hit in hits.values()}, key=lambda kind: (types[kind].depth, kind))
    deepest = kinds[-1]
    bound = types[deepest].bindings
    mapping = {}
    for name, (kind, member) in hits.items():
        if kind == deepest:
            mapping[name] = member
        elif norm(name) in bound:
            mapping[name] = "^" + bound[norm(name)]
        else:
            return None
    return deepest, mapping


def bindings(entry, types):
    """Inputs of the type and its ancestors by normalised name, as paths seen from the type's own children."""
    if not entry.parent:
        return {}
    inherited = {name: "^" + path for name, path in types[entry.parent].bindings.items()}
    return {**inherited, **{norm(name): path for name, path in entry.parent_inputs.items()}}
