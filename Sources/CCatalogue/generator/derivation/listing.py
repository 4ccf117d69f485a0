"""How a list operation is called, where its resources stand in the reply, how its pages follow each other."""
import re

from ..facts.names import VERB, norm
from ..tables import listings as table

ACCOUNT_PARAMETERS = {"accountid", "awsaccountid"}
PAGE_SIZE_LIMIT = 1000
ENUM_CALLS_LIMIT = 8
# Names of an operation's token as it is given and as it is told.
TOKENS = [
    ("Marker", "NextMarker"), ("pageToken", "nextPageToken"), ("PageToken", "NextPageToken"),
    ("ContinuationToken", "NextContinuationToken"),
] + [(each, each) for each in (
    "NextToken", "nextToken", "Marker", "marker", "nextPageToken", "PaginationToken", "NextMarker", "position")]
WRAPPED_TOKENS = [("Token", "NextToken")]
# A name that speaks of more pages.
PAGING = re.compile(r"(?i)(token|marker|cursor|position|exclusivestart\w+)$")


def constant_inputs(service, operation):
    """Required inputs that need no parent, and the names of those that do."""
    constants, unresolved = {}, []
    limit_key = service.paginators.get(operation, {}).get("limit_key")
    for name in service.required(operation):
        shape = service.shape(service.inputs(operation)[name])
        if norm(name) in ACCOUNT_PARAMETERS and shape["type"] == "string":
            constants[name] = "{account}"
        elif shape["type"] in ("integer", "long") and (
                name == limit_key or re.match(r"(?i)^(max|limit|pagesize)", name)):
            constants[name] = min(int(shape.get("max", 50)), PAGE_SIZE_LIMIT)
        else:
            unresolved.append(name)
    return constants, unresolved


def enum_inputs(service, operation, unresolved):
    """One set of inputs for every combination of the values of required enums; None without enums."""
    combinations = [{}]
    for name in unresolved:
        shape = service.shape(service.inputs(operation)[name])
        values = shape.get("enum") if shape["type"] == "string" else None
        if values and len(combinations) * len(values) <= ENUM_CALLS_LIMIT:
            combinations = [{**each, name: value} for each in combinations for value in values]
    return combinations if combinations != [{}] else None


def resolve_inputs(service, operation):
    """(list of constant input sets, names of inputs a parent must give)."""
    constants, unresolved = constant_inputs(service, operation)
    given = table.CONSTANTS.get(f"{service.name}:{operation}")
    if not given and unresolved:
        given = enum_inputs(service, operation, unresolved)
    variants = given if isinstance(given, list) else [given or {}]
    unresolved = [name for name in unresolved if name not in variants[0]]
    size = page_size(service, operation)
    return [{**size, **constants, **each} for each in variants], unresolved


def page_size(service, operation):
    """The page size to ask for: some services cut their answer silently when none is given, and large pages save calls.

    Only where the model states the maximum, or the table does.
    """
    key = f"{service.name}:{operation}"
    limit_key = service.paginators.get(operation, {}).get("limit_key")
    if key in table.PAGE_SIZES:
        name, size = table.PAGE_SIZES[key]
        return {name: size} if size else {}
    if not limit_key or limit_key not in service.inputs(operation):
        return {}
    shape = service.shape(service.inputs(operation)[limit_key])
    if shape["type"] in ("integer", "long") and "max" in shape:
        return {limit_key: min(int(shape["max"]), PAGE_SIZE_LIMIT)}
    return {}


def member_at(service, shape, path):
    """The reference at a dotted path of structures; None when there is none."""
    ref = None
    for part in path.split("."):
        ref = (shape.get("members") or {}).get(part)
        if ref is None:
            return None
        shape = service.shape(ref)
    return ref


def items_at(service, operation, path):
    """The reference to the element at an items path such as `Reservations[].Instances[]`."""
    shape, ref = service.output(operation), None
    for step in path.split("[]"):
        step = step.strip(".")
        if step:
            ref = member_at(service, shape, step)
            if ref is None or service.shape(ref)["type"] != "list":
                raise ValueError(f"{service.name}:{operation}: {path} does not lead to lists")
            ref = service.shape(ref)["member"]
            shape = service.shape(ref)
    return ref


def list_path(service, operation, plural):
    """(items path, reference to the element, how it was found); None when no list can be singled out."""
    given = table.ITEMS.get(f"{service.name}:{operation}")
    if given:
        return given, items_at(service, operation, given), "override"
    path, how = _paginated_list(service, operation, plural) or _only_list(service, operation, plural) or (None, None)
    if not path:
        return None
    element = service.shape(member_at(service, service.output(operation), path))["member"]
    nested = _nested_list(service, element, path, plural)
    if nested:
        name, ref = nested
        return f"{path}[].{name}[]", service.shape(ref)["member"], how + "+nested"
    return path + "[]", element, how


def _paginated_list(service, operation, plural):
    paginator = service.paginators.get(operation)
    if not paginator:
        return None
    keys = paginator["result_key"]
    keys = keys if isinstance(keys, list) else [keys]
    lists = []
    for key in keys:
        ref = member_at(service, service.output(operation), key) if re.match(r"^[\w.]+$", key) else None
        if ref is not None and service.shape(ref)["type"] == "list":
            lists.append(key)
    named = [key for key in lists if norm(key.split(".")[-1]) == norm(plural)]
    return ((named or lists)[0], "paginator") if lists else None


def _only_list(service, operation, plural):
    lists = service.lists_in(service.output(operation))
    top = [each for each in lists if "." not in each[0]]
    deep = [each for each in lists if "." in each[0]]
    candidates = [each for each in top if _has_structures(service, each[1])] or top
    if len(candidates) == 1:
        return candidates[0][0], "single"
    if candidates:
        wanted = norm(plural)
        named = [each for each in candidates if norm(each[0]) == wanted] or [
            each for each in candidates if norm(each[0]).endswith(wanted) or wanted.endswith(norm(each[0]))]
        return (named[0][0], "name") if len(named) == 1 else None
    structured = [each for each in deep if _has_structures(service, each[1])]
    if len(structured) == 1:
        return structured[0][0], "deep"
    items = [each for each in deep if each[0].split(".")[-1] in ("Items", "items")]
    return (items[0][0], "deep") if len(items) == 1 else None


def _has_structures(service, ref):
    return service.shape(service.shape(ref)["member"])["type"] == "structure"


def _nested_list(service, element, path, plural):
    """`Instances` of `Reservations[]`: the one inner list that carries the operation's noun."""
    shape = service.shape(element)
    if shape["type"] != "structure" or norm(path.split(".")[-1]) == norm(plural):
        return None
    found = [(name, ref) for name, ref in shape["members"].items()
             if service.shape(ref)["type"] == "list" and _has_structures(service, ref) and norm(name) == norm(plural)]
    return found[0] if len(found) == 1 else None


def pagination(service, operation):
    """{"in": [...], "out": [...], "more": …}; None for operations that answer at once."""
    given = table.PAGES.get(f"{service.name}:{operation}")
    if given:
        return given
    paginator = service.paginators.get(operation)
    if paginator:
        inputs, outputs = paginator["input_token"], paginator["output_token"]
        found = {"in": inputs if isinstance(inputs, list) else [inputs],
                 "out": outputs if isinstance(outputs, list) else [outputs]}
        if paginator.get("more_results"):
            found["more"] = paginator["more_results"]
        return found
    inputs, outputs = service.inputs(operation), service.outputs(operation)
    for given, told in TOKENS:
        if given in inputs and told in outputs:
            found = {"in": [given], "out": [told]}
            return {**found, "more": "IsTruncated"} if "IsTruncated" in outputs else found
    # CloudFront and Pinpoint answer with one structure that holds list and token.
    for given, told in TOKENS + WRAPPED_TOKENS:
        places = [f"{name}.{told}" for name, ref in outputs.items() if told in service.shape(ref).get("members", {})]
        if given in inputs and len(places) == 1:
            return {"in": [given], "out": places}
    return None


def asks_for_pages(service, operation):
    """Whether the operation takes something that names a page."""
    return any(PAGING.search(name) and not norm(name).startswith("client") for name in service.inputs(operation))


def noun_list(service, operation):
    """The list of an operation that is no list operation by itself (batch calls)."""
    return list_path(service, operation, VERB.match(operation).group(2))
