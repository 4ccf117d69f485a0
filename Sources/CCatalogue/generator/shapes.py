"""The wire descriptions of the operations the catalogue uses: compact, each distinct shape once, nothing unreachable.

The format is described in README.md.
"""
import json

from .tables.services import HEADERS

SCALARS = {
    "string": "s", "character": "s", "integer": "i", "long": "i", "short": "i", "byte": "i", "bigInteger": "i",
    "bigDecimal": "f", "float": "f", "double": "f", "boolean": "b", "blob": "x", "timestamp": "t",
}
LOCATIONS = {"header": "h", "headers": "H", "statusCode": "S", "querystring": "q", "uri": "u"}
JSON_PROTOCOLS = ("json", "rest-json")


class ShapeTable:
    """Descriptors in order of first use; a reference is an index or a scalar's letter."""

    def __init__(self, service):
        self.service, self.descriptors, self.indices = service, [], {}
        self.is_json = service.protocol in JSON_PROTOCOLS

    def add(self, ref, is_input=False):
        """The reference to the shape `ref` names. Flattening may stand at the member that refers to a shape."""
        name, shape = ref["shape"], self.service.shape(ref)
        if shape["type"] in SCALARS:
            if ref["shape"] == "policyDocumentType":  # URL-encoded JSON, which the AWS CLI prints decoded
                return "p"
            return "j" if shape["type"] == "string" and ref.get("jsonvalue") else SCALARS[shape["type"]]
        if shape.get("document"):
            return "d"
        key = (name, is_input, bool(ref.get("flattened")))
        if key not in self.indices:
            index = self.indices[key] = len(self.descriptors)
            self.descriptors.append(None)
            self.descriptors[index] = self._descriptor(ref, shape, is_input)
        return self.indices[key]

    def _descriptor(self, ref, shape, is_input):
        flattened = 1 if shape.get("flattened") or ref.get("flattened") else 0
        if shape["type"] == "list":
            element = self.add(shape["member"], is_input)
            item_name = self._location_name(shape["member"]) or 0
            xml = not self.is_json and (flattened or item_name)
            return ["l", element, item_name, flattened] if xml else ["l", element]
        if shape["type"] == "map":
            key, value = self.add(shape["key"], is_input), self.add(shape["value"], is_input)
            names = [self._location_name(shape["key"]) or 0, self._location_name(shape["value"]) or 0]
            xml = not self.is_json and (flattened or any(names))
            return ["m", key, value, *names, flattened] if xml else ["m", key, value]
        return self._structure(shape, is_input)

    def _structure(self, shape, is_input):
        members = {"": "union"} if shape.get("union") and not is_input else {}
        for name, ref in shape.get("members", {}).items():
            if self.service.shape(ref).get("eventstream"):
                continue
            inner = self.add(ref, is_input)
            wire = self._wire_name(ref, is_input)
            location = "p" if shape.get("payload") == name else LOCATIONS.get(ref.get("location"), 0)
            if ref.get("xmlAttribute"):
                location = "a"
            wire = 0 if wire in (None, name) else wire
            members[name] = [inner, wire, location] if location else [inner, wire] if wire else inner
        return members

    def _location_name(self, ref):
        """As botocore reads it: what stands at the reference counts before what the shape itself says."""
        return ref.get("locationName") or self.service.shape(ref).get("locationName")

    def _wire_name(self, ref, is_input):
        name = self._location_name(ref)
        if is_input and self.service.protocol == "ec2":
            return ref.get("queryName") or (name[0].upper() + name[1:] if name else None)
        return name


def references(descriptor):
    """The references inside a descriptor."""
    if isinstance(descriptor, list):
        return descriptor[1:3] if descriptor[0] == "m" else descriptor[1:2]
    return [member[0] if isinstance(member, list) else member for member in descriptor.values()]


def replaced(descriptor, change):
    """The descriptor with every reference changed."""
    if isinstance(descriptor, list):
        count = 3 if descriptor[0] == "m" else 2
        return descriptor[:1] + [change(ref) for ref in descriptor[1:count]] + descriptor[count:]
    return {name: [change(member[0])] + member[1:] if isinstance(member, list) else change(member)
            for name, member in descriptor.items()}


def compacted(descriptors, roots):
    """(descriptors without duplicates and unreachable ones, the new reference of an old one)."""
    alias = list(range(len(descriptors)))
    while True:
        seen, round_alias = {}, []
        for index, descriptor in enumerate(descriptors):
            round_alias.append(seen.setdefault(json.dumps(descriptor), index))
        alias = [round_alias[index] for index in alias]
        changed = [replaced(each, lambda ref: round_alias[ref] if isinstance(ref, int) else ref)
                   for each in descriptors]
        if changed == descriptors:
            break
        descriptors = changed
    alive, pending = set(), [alias[root] for root in roots if isinstance(root, int)]
    while pending:
        index = pending.pop()
        if index not in alive:
            alive.add(index)
            pending += [ref for ref in references(descriptors[index]) if isinstance(ref, int)]
    order = {index: position for position, index in enumerate(sorted(alive))}
    kept = [replaced(descriptors[index], lambda ref: order[ref] if isinstance(ref, int) else ref)
            for index in sorted(alive)]
    return kept, lambda ref: order[alias[ref]] if isinstance(ref, int) else ref


def operations_used(types, extra):
    """Names of all operations that the types and the client need."""
    used = set(extra)
    for entry in types.values():
        used.add(entry.operation)
        used.update(call["operation"] for call in entry.calls())
    return sorted(used)


def build(service, operations):
    """({operation: [method, uri, input, output, options?]}, descriptors)."""
    table, described = ShapeTable(service), {}
    for name in operations:
        model = service.operations[name]
        inner = table.add(model["input"], True) if "input" in model else None
        outer = table.add(model["output"]) if "output" in model else None
        described[name] = [model["http"]["method"], model["http"]["requestUri"], inner, outer]
        options = _options(service, name, model)
        if options:
            described[name].append(options)
    roots = [ref for each in described.values() for ref in each[2:4] if ref is not None]
    descriptors, moved = compacted(table.descriptors, roots)
    for each in described.values():
        each[2] = -1 if each[2] is None else moved(each[2])
        each[3] = -1 if each[3] is None else moved(each[3])
    return described, descriptors


def _options(service, name, model):
    options = {}
    output = model.get("output")
    if service.protocol == "query" and output and output.get("resultWrapper") != name + "Result":
        options["wrapper"] = output.get("resultWrapper")
    if model.get("endpoint", {}).get("hostPrefix"):
        options["host"] = model["endpoint"]["hostPrefix"]
    if service.name == "s3" and name == "GetBucketLocation":
        # The reply's root element is the value itself.
        options["root"] = "LocationConstraint"
    root = model.get("input", {})
    if service.protocol == "rest-xml" and root.get("locationName"):
        options["xml"] = [root["locationName"], root.get("xmlNamespace", {}).get("uri", "")]
    headers = dict(HEADERS.get(service.name, {}))
    if model.get("httpChecksumRequired") and model["http"]["method"] == "GET":
        headers["x-amz-checksum-crc32"] = "AAAAAA=="  # of no body
    if headers:
        options["headers"] = headers
    return options
