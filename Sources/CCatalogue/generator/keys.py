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
    return found
