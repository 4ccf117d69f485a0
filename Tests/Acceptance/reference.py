"""Another reader of the catalogue: boto3 does the calls and the decoding, so that the daemon's own can be held against it.

It knows the files' format from the generator's README alone.
"""
import copy
import json
import os
import re

from botocore import xform_name
from botocore.exceptions import ClientError

from truth import REDACTED, as_printed

DATA = os.path.join(os.path.dirname(__file__), "../../Sources/CCatalogue/data/services")
# More pages than the emulator ever has; a token that comes back would be followed forever.
PAGES = 1000


def at(path, value):
    """What stands at dotted members; `@` or nothing is the value itself. None when a part is missing."""
    for name in path.split(".") if path not in ("", "@") else []:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def elements(path, value):
    """Every element of `Reservations[].Instances[]`."""
    found = [value]
    for step in path.removesuffix("[]").split("[]"):
        found = [each for one in found for each in at(step.strip("."), one) or []]
    return found


class Item:
    """One element of a list with what its selectors may speak of."""

    def __init__(self, value, constants, parent):
        self.value, self.constants, self.parent, self.detail = value, constants, parent, None

    def pick(self, selector):
        """The value of the first alternative that is there."""
        for path in selector.split(" || "):
            place, rest, is_last = self.value, path.removesuffix("~"), path.endswith("~")
            if rest.startswith("^"):
                ancestor = self
                while rest.startswith("^"):
                    ancestor, rest = ancestor.parent, rest[1:]
                place = ancestor.value
            elif rest.startswith("%"):
                place, rest = self.detail, rest[1:]
            elif rest.startswith("$"):
                place, rest = self.constants, rest[1:]
            found = at(rest, place)
            if found is not None:
                return found.split("/")[-1] if is_last else found
        return None


class Reference:
    def __init__(self, clients, account, region):
        self.clients, self.account, self.region = clients, account, region
        self.files, self.listed, self.tags = {}, {}, None

    def type(self, name):
        service, kind = name.split("/")
        if service not in self.files:
            with open(os.path.join(DATA, service + ".json"), encoding="utf-8") as file:
                self.files[service] = json.load(file)["types"]
        return self.files[service][kind]

    def call(self, service, operation, arguments):
        return as_printed(getattr(self.clients(service), xform_name(operation))(**arguments))

    def filled(self, constants):
        """`{account}` in constant inputs."""
        return json.loads(json.dumps(constants).replace("{account}", self.account))

    def items(self, name):
        """Every item of the type's listing."""
        if name not in self.listed:
            self.listed[name] = list(self._items(name))
        return self.listed[name]

    def _items(self, name):
        kind, service = self.type(name), name.split("/")[0]
        parents = self.items(f"{service}/{kind['parent']['kind']}") if "parent" in kind else [None]
        for parent in parents:
            for variant in kind.get("inputs") or [{}]:
                if variant.get("onlyRegion", self.region) != self.region:
                    continue
                constants = self.filled(variant.get("members", {}))
                arguments = dict(constants)
                for member, selector in kind["parent"]["inputs"].items() if parent else []:
                    arguments[member] = parent.pick(selector)
                for page in self.pages(service, kind, arguments):
                    for value in elements(kind["items"], page):
                        yield Item(value, constants, parent)

    def pages(self, service, kind, arguments):
        rule = kind.get("pages")
        for _ in range(PAGES):
            page = self.call(service, kind["operation"], arguments)
            yield page
            if not rule or ("more" in rule and not at(rule["more"], page)):
                return
            tokens = {member: at(path, page) for member, path in zip(rule["in"], rule["out"])}
            arguments = {key: each for key, each in (arguments | tokens).items() if each}
            if not any(tokens.values()):
                return

    def documents(self, name):
        """The finished documents of the type, in the listing's order."""
        kind, service = self.type(name), name.split("/")[0]
        found = []
        for item in self.items(name):
            document = dict(item.value) if isinstance(item.value, dict) else {kind.get("member", "Id"): item.value}
            for call in [kind["detail"]] if "detail" in kind else []:
                document = self.follow(service, call, item, document, is_detail=True)
            for call in kind.get("enrichments", []):
                document = self.follow(service, call, item, document)
            if "tagging" in kind:
                document = self.tagged(kind, item, document)
            found.append(redacted(document, kind.get("redact", [])))
        return found

    def follow(self, service, call, item, document, is_detail=False):
        arguments = self.filled(call.get("constants", {}))
        for member, selector in call["inputs"].items():
            value = item.pick(selector)
            if value is not None:
                arguments[member] = [value] if "batch" in call and self.takes_list(service, call, member) else value
        try:
            reply = self.call(service, call["operation"], arguments)
        except ClientError as error:
            if error.response["Error"]["Code"] in call.get("ignore", []):
                return document
            raise
        found = elements(call["items"], reply)[0] if "items" in call else reply
        found = at(call.get("path", ""), found)
        if is_detail:
            item.detail = found
        if "into" not in call:
            return document | (found or {})
        return document | {call["into"]: found} if found not in (None, {}, []) else document

    def tagged(self, kind, item, document):
        """The document with what the Resource Groups Tagging API says of its ARN."""
        if self.tags is None:
            pages = self.clients("resourcegroupstaggingapi").get_paginator("get_resources").paginate()
            self.tags = {each["ResourceARN"]: each["Tags"] for page in pages for each in page["ResourceTagMappingList"]}
        if "arn" in kind:
            arn = at(kind["arn"].removeprefix("%"), document)
        else:
            places = {"partition": "aws", "region": self.region, "account": self.account, "id": item.pick(kind["id"])}
            arn = re.sub(r"\{([^}]*)\}", lambda found: str(places.get(found[1], found[0])), kind["arnTemplate"])
        return document | {"Tags": self.tags[arn]} if self.tags.get(arn) else document

    def takes_list(self, service, call, member):
        model = self.clients(service).meta.service_model.operation_model(call["operation"])
        return model.input_shape.members[member].type_name == "list"


def redacted(document, paths):
    """The document without what the paths name; those with `!` are exceptions."""
    found = copy.deepcopy(document)
    for path in paths:
        steps = path.lstrip("!").replace("[]", ".[]").split(".")
        if path.startswith("!"):
            restore(found, document, steps)
        else:
            hide(found, steps)
    return found


def restore(value, original, path):
    name, rest = path[0], path[1:]
    if isinstance(value, list):
        places = range(len(value)) if name == "[]" else []
    else:
        places = [name] if isinstance(value, dict) and name in value else []
    for place in places:
        if rest:
            restore(value[place], original[place], rest)
        else:
            value[place] = original[place]


def hide(value, path):
    """Puts the marker where the path leads; nothing happens where it leads nowhere."""
    if not isinstance(value, (dict, list)):
        return
    name, rest = path[0], path[1:]
    places = list(value) if isinstance(value, dict) else range(len(value))
    for place in places if name == "[]" else [name] if isinstance(value, dict) and name in value else []:
        if rest:
            hide(value[place], rest)
        elif value[place] is not None:
            value[place] = REDACTED
