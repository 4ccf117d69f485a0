"""Further calls per resource: the describe call behind a bare list, and tags where the list has none."""
from ..facts.names import match_member, norm
from ..tables import followups as table
from .listing import constant_inputs, items_at, member_at, noun_list

BATCH_LIMIT = 100
TAG_OPERATIONS = (
    "ListTagsForResource", "ListTags", "ListResourceTags", "ListTagsOfResource", "GetTags", "ListTagsForDeliveryStream",
    "GetResourceTags", "DescribeResourceTags",
)
TAG_MEMBERS = ("tags", "taglist", "tagset")


def detail(service, entry, item, candidates, nouns):
    """The call that describes one resource (or a batch of named ones); None when the list already says it all."""
    given = table.DETAILS.get(entry.key, "")
    if given != "":
        return given
    return _single(service, entry, item, candidates, nouns) or (
        _batch(service, entry, candidates, nouns) if entry.id == "@" else None)


def _parent_inputs(entry):
    return {norm(name): path for name, path in entry.parent_inputs.items()}


def _single(service, entry, item, candidates, nouns):
    is_string = entry.id == "@"
    inherited = _parent_inputs(entry)
    names = dict.fromkeys(verb + noun for noun in candidates for verb in ("Describe", "Get") if service.has(verb, noun))
    for operation in (service.by_lower_name[name.lower()] for name in names):
        if operation == entry.operation or service.operations[operation].get("deprecated"):
            continue
        constants, unresolved = constant_inputs(service, operation)
        from_parent = {name: "^" + inherited[norm(name)] for name in unresolved if norm(name) in inherited}
        unresolved = [name for name in unresolved if name not in from_parent]
        if len(unresolved) != 1 or not service.is_string(service.inputs(operation)[unresolved[0]]):
            continue
        source = "@" if is_string else _own_value(service, entry, item, nouns, norm(unresolved[0]))
        if not source or _has_blob(service, operation):
            continue
        path = document_path(service, operation)
        outputs = service.outputs(operation)
        count = service.field_count(outputs[path]) if path else len(outputs)
        if is_string or count > service.field_count(item):
            return table.call(operation, {unresolved[0]: source, **from_parent}, path=path, constants=constants)
    return None


def _own_value(service, entry, item, nouns, wanted):
    members = service.shape(item)["members"]
    source = match_member([name for name, ref in members.items() if service.is_scalar(ref)], nouns, wanted)
    if not source and wanted == "resourcearn":
        source = entry.arn
    own = [noun + suffix for noun in nouns for suffix in ("", "id", "identifier", "idorarn", "arn")]
    return source or (entry.id if wanted in own and isinstance(entry.id, str) else None)


def _has_blob(service, operation):
    """A Get that returns a payload is no description."""
    return any(ref.get("streaming") or service.shape(ref)["type"] == "blob"
               for ref in service.outputs(operation).values())


def document_path(service, operation):
    """The output member that holds the one described structure; empty when the whole output is the description."""
    members = {name: ref for name, ref in service.outputs(operation).items() if ref.get("location") is None}
    structures = [name for name, ref in members.items() if service.shape(ref)["type"] == "structure"]
    others = [name for name in members
              if name not in structures and norm(name) not in ("requestid", "tags", "nexttoken")]
    return structures[0] if len(structures) == 1 and not others else ""


def document_members(service, call):
    """The members of what a follow-up call tells of one resource."""
    shape = service.shape(items_at(service, call["operation"], call["items"])) if call.get("items") \
        else service.output(call["operation"])
    if call.get("path"):
        ref = member_at(service, shape, call["path"])
        shape = service.shape(ref) if ref else {}
    return shape.get("members", {})


def _batch(service, entry, candidates, nouns):
    inherited = _parent_inputs(entry)
    plurals = [form for noun in candidates for form in (noun + "s", noun + "es", noun[:-1] + "ies", noun)]
    for verb in ("Describe", "BatchGet", "BatchDescribe", "Get", "List"):
        for noun in plurals:
            if not service.has(verb, noun):
                continue
            operation = service.by_lower_name[(verb + noun).lower()]
            if operation != entry.operation:
                found = _batch_call(service, operation, inherited, nouns)
                if found:
                    return found
    return None


def _batch_call(service, operation, inherited, nouns):
    inputs = service.inputs(operation)
    from_parent = {name: "^" + inherited[norm(name)] for name in inputs if norm(name) in inherited}
    unresolved = [name for name in constant_inputs(service, operation)[1] if name not in from_parent]
    lists = [name for name, ref in inputs.items() if service.is_list_of_strings(ref)
             and (any(norm(name).startswith(noun) for noun in nouns) or norm(name) in ("ids", "arns", "names"))]
    if not lists or len(unresolved) > 1 or (unresolved and unresolved[0] not in lists):
        return None
    name = unresolved[0] if unresolved else lists[0]
    found = noun_list(service, operation)
    if not found or service.shape(found[1])["type"] != "structure":
        return None
    size = min(service.shape(inputs[name]).get("max", 10), BATCH_LIMIT)
    return table.call(operation, {name: "@", **from_parent}, batch=size, items=found[0])


def batch_match(service, call, nouns):
    """The member of a batch's documents that says whose it is: the one named like the batched input."""
    inputs = service.inputs(call["operation"])
    batched = next(name for name in call["inputs"] if service.shape(inputs[name])["type"] == "list")
    members = service.shape(items_at(service, call["operation"], call["items"]))["members"]
    scalars = [name for name, ref in members.items() if service.is_scalar(ref)]
    wanted = norm(batched)
    for form in (wanted[:-1], wanted, wanted[:-1] + "name", wanted[:-1] + "arn", wanted[:-1] + "id"):
        found = match_member(scalars, nouns, form)
        if found:
            return found
    return None


def tags_call(service):
    """(operation, input, path of the tags) of the service's own list-tags call for one ARN; None without one."""
    for operation in TAG_OPERATIONS:
        if operation not in service.operations:
            continue
        unresolved = constant_inputs(service, operation)[1]
        if len(unresolved) != 1 or not service.is_string(service.inputs(operation)[unresolved[0]]):
            continue
        if not norm(unresolved[0]).endswith("arn") and norm(unresolved[0]) not in ("resource", "resourcename"):
            continue
        lists = service.lists_in(service.output(operation))
        maps = [name for name, ref in service.outputs(operation).items() if service.shape(ref)["type"] == "map"]
        path = lists[0][0] if lists else maps[0] if maps else None
        if path:
            return operation, unresolved[0], path
    return None
