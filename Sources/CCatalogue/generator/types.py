"""From a derived entry to the entry of a data file."""
import re

from . import documents, keys
from .derivation.followups import tags_call
from .derivation.listing import constant_inputs
from .facts.names import norm, singulars
from .tables import followups, groups, identifiers
from .tables.services import CORE

# What the Resource Groups Tagging API's GetResources needs.
TAGGING_ACTION = "tag:GetResources"


def described(service, kind, entry, facts, review):
    """The type as it is written: readable keys, absent where there is nothing to say."""
    nouns = [norm(noun) for noun in singulars(entry.noun)]
    member = _member(service, entry)
    document = documents.Document(service, entry, member)
    if not document.tags():
        entry.enrichments += _tags_enrichment(service, entry, facts.iam)
        document = documents.Document(service, entry, member)
    if not document.tags() and "Tags" not in document.members:
        entry.tagging = _tagging(service, entry, f"{service.name}/{kind}", facts.iam)
    name = f"{service.name}/{kind}"
    found = {
        "group": group(service.name, kind, entry, facts.iam.is_established(service, entry.operation)),
        "operation": entry.operation,
        "items": entry.items,
        "id": _identifier(service, entry),
        "arn": entry.arn,
        "arnTemplate": entry.arn_template,
        "key": keys.rule(service, entry, kind),
        "member": member,
        "name": document.name(nouns),
        "tags": document.tags(),
        "tagging": entry.tagging,
        "pages": entry.pages,
        "inputs": _inputs(entry.inputs),
        "parent": {"kind": entry.parent, "inputs": entry.parent_inputs} if entry.parent else None,
        "detail": entry.detail,
        "enrichments": entry.enrichments,
        "redact": documents.redactions(document, name),
        "volatile": documents.volatile(document, name),
        "sets": documents.sets(document, name),
        "actions": sorted({facts.iam.action(service, operation) for operation in
                           [entry.operation] + [call["operation"] for call in entry.calls()]
                           + [each for each in [service.endpoint_discovery()] if each]}
                          | ({TAGGING_ACTION} if entry.tagging else set())),
        "cloudFormation": entry.cloudformation and entry.cloudformation["name"],
    }
    written = {key: value for key, value in found.items() if value not in (None, [], {}, "")}
    review.see(document, name, written)
    return written


def _identifier(service, entry):
    """A bare string identifies itself, unless several calls may list it."""
    return identifiers.IDENTIFIERS.get(f"{service.name}:{entry.operation}", "@") if entry.id == "@" else entry.id


def group(service, kind, entry, is_established):
    """`core`, `all` or `optIn`; what IAM's reference does not know yet is not what every estate uses."""
    name = f"{service}/{kind}"
    if name in groups.OPT_IN or any(re.search(pattern, name) for pattern in groups.OPT_IN_PATTERNS):
        return "optIn"
    if service not in CORE or not is_established:
        return "all"
    if entry.parent:
        return "core" if name in groups.CORE_CHILDREN else "all"
    return "core" if name not in groups.NOT_CORE and (service != "ec2" or kind in groups.EC2_CORE) else "all"


def _inputs(variants):
    found = []
    for variant in variants:
        members = {name: value for name, value in variant.items() if not name.startswith("@")}
        each = {"members": members} if members else {}
        if "@only" in variant:
            each["onlyRegion"] = variant["@only"]
        found.append(each)
    return found if found != [{}] else []


def _member(service, entry):
    """The member that a list's bare string becomes in the document."""
    if entry.id != "@":
        return None
    call = entry.detail
    if call:
        name = next((name for name, path in call["inputs"].items() if path == "@"), None)
        if name:
            return call.get("match") or name
    return singulars(entry.items.removesuffix("[]").split(".")[-1])[0]


def _tagging(service, entry, name, iam):
    """The service's name in ARNs, for types that can be tagged and have an ARN but no call that tells the tags."""
    taggable = (entry.cloudformation and entry.cloudformation["isTaggable"]) or iam.is_taggable(service, entry.noun)
    if not (taggable or name in followups.TAGGED) or not (entry.arn or entry.arn_template):
        return None
    return entry.arn_template.split(":")[2] if entry.arn_template else iam.prefixes(service)[0]


def _tags_enrichment(service, entry, iam):
    """The service's list-tags call, for types with an ARN that CloudFormation or IAM says can be tagged."""
    call = tags_call(service)
    taggable = (entry.cloudformation and entry.cloudformation["isTaggable"]) or iam.is_taggable(service, entry.noun)
    if not call or not taggable or not entry.arn:
        return []
    operation, name, path = call
    constants = constant_inputs(service, operation)[0]
    return [followups.tags(operation, {name: entry.arn}, path=path, constants=constants)]
