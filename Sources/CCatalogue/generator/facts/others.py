"""Facts from boto3's resources, CloudFormation's registry and aws-list-all."""
import ast
import glob
import json
import os
from collections import defaultdict

from ..tables import actions
from .names import VERB, norm
from .packages import AWS_LIST_ALL, BOTO3, CLOUDFORMATION, load


def boto3_identifiers():
    """(service, list operation) to (noun, path of its identifier), where boto3 has a resource collection for it."""
    facts = {}
    for service in sorted(os.listdir(BOTO3)):
        folder = os.path.join(BOTO3, service)
        if not os.path.isdir(folder):
            continue
        model = load(os.path.join(folder, sorted(os.listdir(folder))[-1], "resources-1.json"))
        for collection in model["service"].get("hasMany", {}).values():
            resource, request = collection["resource"], collection["request"]
            paths = [each["path"] for each in resource["identifiers"] if each["source"] == "response"]
            if len(paths) == 1 and not request.get("params"):
                facts[(service, request["operation"])] = (resource["type"], paths[0])
    return facts


def cloudformation_types():
    """CloudFormation's resource types with identifiers, list permissions and whether they can be tagged."""
    found = []
    for path in glob.glob(os.path.join(CLOUDFORMATION, "*.json")):
        with open(path, encoding="utf-8") as file:
            schema = json.load(file)
        listing = schema.get("handlers", {}).get("list") or {}
        properties = schema.get("properties", {})
        found.append({
            "name": schema["typeName"],
            "identifier": [each.split("/")[-1] for each in schema.get("primaryIdentifier") or []],
            "listPermissions": listing.get("permissions") or [],
            "isTaggable": any(norm(each) in ("tags", "taglist") for each in properties),
        })
    return sorted(found, key=lambda each: each["name"])


def link_cloudformation(services, iam, types):
    """(service, list operation) to the CloudFormation types whose list handler calls it."""
    by_prefix = defaultdict(list)
    for service in services.values():
        for prefix in iam.prefixes(service):
            by_prefix[prefix].append(service)
    links = defaultdict(list)
    for each in types:
        candidates = []
        for permission in each["listPermissions"]:
            if ":" not in permission:
                continue
            prefix, operation = permission.split(":", 1)
            operation = actions.OPERATIONS.get(permission, operation)
            if "*" in operation or not VERB.match(operation):
                continue
            for service in by_prefix.get(prefix, []):
                if operation in service.operations:
                    score = _likeness(each["name"], service, operation)
                    candidates.append((score, -len(service.name), service.name, operation))
        candidates.sort(reverse=True)
        if candidates and candidates[0][0] >= 1.5:
            links[candidates[0][2:]].append(each)
    return links


def _likeness(type_name, service, operation):
    _, product, noun = type_name.split("::")[:3]
    noun = norm(noun)
    plural, _, candidates = service.nouns(operation)
    nouns = [norm(each) for each in candidates]
    score = 0
    if noun in nouns:
        score = 4
    elif any(each.endswith(noun) or noun.endswith(each) for each in nouns):
        score = 3
    elif any(each in noun or noun in each for each in nouns):
        score = 2
    if operation.startswith("List") and plural.startswith("Tags"):
        score = -5
    abbreviation = norm(service.metadata.get("serviceAbbreviation", "")).replace("amazon", "").replace("aws", "")
    if norm(product) in (norm(service.name), norm(service.signing_name), abbreviation):
        score += 1.5
    if not service.required(operation):
        score += 0.5
    if operation.startswith(("List", "Describe")):
        score += 0.3
    return score


def aws_list_all_exclusions():
    """Two maps from service to operations: results AWS owns, results that are no resources."""
    with open(AWS_LIST_ALL, encoding="utf-8") as file:
        module = ast.parse(file.read())
    wanted = {"AWS_RESOURCE_QUERIES", "NOT_RESOURCE_DESCRIPTIONS"}
    values = {node.targets[0].id: ast.literal_eval(node.value) for node in module.body
              if isinstance(node, ast.Assign) and node.targets[0].id in wanted}
    return values["AWS_RESOURCE_QUERIES"], values["NOT_RESOURCE_DESCRIPTIONS"]
