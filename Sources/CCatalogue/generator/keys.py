"""What becomes a resource's key within its unit, and the proof that keys of one service cannot collide."""
from .facts.names import norm
from .tables import keys as table


def rule(service, entry, kind):
    """`id`, `arn` or `qualified` (README.md, Keys)."""
    name = f"{service.name}/{kind}"
    if name in table.BARE or (service.name in table.BARE_SERVICES and name not in table.NOT_BARE
                              and _is_own_bare_id(entry, kind)):
        return "id"
    # Only an ARN of the list's own item: a key must not change because a later call failed.
    if entry.arn and not entry.arn.startswith("%") and name not in table.SHARED_ARN:
        return "arn"
    return "qualified"


def _is_own_bare_id(entry, kind):
    """`VpcId` of a `vpc`: one member, an id, and not another kind's."""
    if not isinstance(entry.id, str) or not entry.id.lower().endswith("id"):
        return False
    owner, kind = norm(entry.id)[:-2], norm(kind)
    return kind.endswith(owner) or owner.endswith(kind)


def problems(catalogue):
    """One line for each pair of types of one service whose keys could be equal."""
    found = []
    for service, types in catalogue.items():
        seen, named = {}, []
        for kind, entry in types.items():
            if entry["key"] != "id":
                continue
            for alternative in str(entry["id"]).split(" || "):
                member = alternative.split(".")[-1]
                if member in seen:
                    found.append(f"{service}/{kind} and {service}/{seen[member]} are both keyed by {member}")
                seen[member] = kind
                if not member.lower().endswith("id") and member not in table.DISTINCT:
                    named.append(kind)
        if len(named) > 1:
            found.append(f"{service}: {', '.join(named)} are all keyed by a name")
        found += _shared_arns(service, types)
        found += [f"{service}/{kind} is listed by several calls, and nothing in {entry['id']} tells them apart"
                  for kind, entry in types.items() if _needs_its_call(service, kind, entry)]
    return found


def _shared_arns(service, types):
    """Two types that read their key from members of one name may mean the same ARN, which a person has to know."""
    seen, found = {}, []
    for kind, entry in types.items():
        if entry["key"] != "arn":
            continue
        member = entry["arn"].split(".")[-1]
        if norm(member) not in ("arn", "resourcearn", "") and member not in table.ARN_OF_SEVERAL.get(service, ()):
            if member in seen:
                found.append(f"{service}/{kind} and {service}/{seen[member]} are both keyed by the ARN in {member}")
            seen[member] = kind
    return found


def _needs_its_call(service, kind, entry):
    """Whether two of the type's calls could answer different resources of one identifier."""
    calls = entry.get("inputs", [])
    if len(calls) < 2 or entry["key"] == "arn" or f"{service}/{kind}" in table.UNIQUE_OVER_CALLS:
        return False
    varied = {norm(name) for call in calls for name in call["members"]
              if any(each["members"].get(name) != call["members"][name] for each in calls)}
    parts = entry["id"] if isinstance(entry["id"], list) else [entry["id"]]
    return not varied & {norm(part) for part in parts}
