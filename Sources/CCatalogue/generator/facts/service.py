"""One service's model as botocore ships it, with the questions the derivation asks of it."""
import os

from .names import CHANGE_VERBS, VERB, norm, singulars
from .packages import BOTOCORE, load

# botocore's order of preference; the first that a service speaks is used.
PROTOCOLS = ("json", "rest-json", "rest-xml", "smithy-rpc-v2-cbor", "query", "ec2")
SUPPORTED_PROTOCOLS = ("json", "rest-json", "rest-xml", "query", "ec2")


def _merge(target, extra):
    for key, value in extra.items():
        if isinstance(value, dict) and isinstance(target.get(key), dict):
            _merge(target[key], value)
        else:
            target[key] = value


class Service:
    def __init__(self, name):
        self.name = name
        self.version = sorted(os.listdir(os.path.join(BOTOCORE, name)))[-1]
        folder = os.path.join(BOTOCORE, name, self.version)
        model = load(os.path.join(folder, "service-2.json"))
        _merge(model, (load(os.path.join(folder, "service-2.sdk-extras.json")) or {}).get("merge", {}))
        paginators = load(os.path.join(folder, "paginators-1.json")) or {"pagination": {}}
        _merge(paginators, (load(os.path.join(folder, "paginators-1.sdk-extras.json")) or {}).get("merge", {}))
        self.paginators = paginators["pagination"]
        self.endpoint_rules = load(os.path.join(folder, "endpoint-rule-set-1.json"))
        self.metadata, self.operations, self.shapes = model["metadata"], model["operations"], model["shapes"]
        spoken = self.metadata.get("protocols") or [self.metadata["protocol"]]
        self.protocol = next((each for each in PROTOCOLS if each in spoken), self.metadata["protocol"])
        self.endpoint_prefix = self.metadata["endpointPrefix"]
        self.signing_name = self.metadata.get("signingName", self.endpoint_prefix)
        self.by_lower_name = {operation.lower(): operation for operation in self.operations}

    def endpoint_discovery(self):
        """The operation that must be asked for the account's endpoint before any other call; mostly there is none."""
        if not any(each.get("endpointdiscovery", {}).get("required") for each in self.operations.values()):
            return None
        return next(name for name, each in self.operations.items() if each.get("endpointoperation"))

    def shape(self, ref):
        return self.shapes[ref["shape"]]

    def input(self, operation):
        ref = self.operations[operation].get("input")
        return self.shape(ref) if ref else {"type": "structure", "members": {}}

    def output(self, operation):
        ref = self.operations[operation].get("output")
        return self.shape(ref) if ref else {"type": "structure", "members": {}}

    def inputs(self, operation):
        return self.input(operation).get("members", {})

    def outputs(self, operation):
        return self.output(operation).get("members", {})

    def required(self, operation):
        return self.input(operation).get("required", [])

    def is_scalar(self, ref):
        return self.shape(ref)["type"] in ("string", "integer", "long")

    def is_string(self, ref):
        return self.shape(ref)["type"] == "string"

    def is_list_of_strings(self, ref):
        shape = self.shape(ref)
        return shape["type"] == "list" and self.is_string(shape["member"])

    def field_count(self, ref):
        return len(self.shape(ref).get("members", {}))

    def has(self, verb, noun):
        return (verb + noun).lower() in self.by_lower_name

    def nouns(self, operation):
        """The operation's plural noun, its likeliest singular (the one other operations speak of), all candidates."""
        plural = VERB.match(operation).group(2)
        candidates = singulars(plural)
        counts = [sum(self.has(verb, word) for verb in CHANGE_VERBS) for word in candidates]
        best = max(range(len(candidates)), key=lambda index: (counts[index], -index))
        return plural, candidates[best] if counts[best] else candidates[0], candidates

    def sibling_operations(self, noun):
        """Operations on one `noun`: create, delete, describe, …"""
        verbs = CHANGE_VERBS + ("Describe", "Get")
        return [self.by_lower_name[(verb + noun).lower()] for verb in verbs if self.has(verb, noun)]

    def lists_in(self, shape, depth=0, prefix=""):
        """Every list of a reply as (dotted path, reference), one structure deep."""
        found = []
        for name, ref in (shape.get("members") or {}).items():
            inner = self.shape(ref)
            if inner["type"] == "list":
                found.append((prefix + name, ref))
            elif inner["type"] == "structure" and depth < 1:
                found += self.lists_in(inner, depth + 1, prefix + name + ".")
        return found

    def created_nouns(self):
        names = [op for op in self.operations if op.startswith(("Create", "Register"))]
        return {norm(op.removeprefix("Create").removeprefix("Register")) for op in names}
