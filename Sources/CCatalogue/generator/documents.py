"""What is known of a resource's finished document: names, tags, secrets, moving values, sets."""
import re

from .derivation.followups import TAG_MEMBERS
from .derivation.listing import items_at, member_at
from .facts.names import norm
from .tables import documents as table
from .tables import moving, secrets

# Where the program puts tags that the Resource Groups Tagging API tells.
TAGGING_MEMBER = "Tags"


class Document:
    """The shape of an entry's finished document: the item, the detail merged into it, further documents."""

    def __init__(self, service, entry, member=None):
        # `member` is what a list's bare string is called.
        self.service, self.entry, self.member = service, entry, member
        # Member to reference; a follow-up's document may overlay the item's members.
        self.members = dict(entry.members)
        for call in entry.calls():
            self._merge(call)

    def _merge(self, call):
        ref, shape = follow_up_document(self.service, call)
        if call.get("into"):
            if ref is not None:
                self.members[call["into"]] = ref
            else:
                self.members[call["into"]] = {"inline": shape}
        else:
            self.members.update(shape.get("members", {}))

    def shape(self, ref):
        return ref["inline"] if "inline" in ref else self.service.shape(ref)

    def walk(self):
        """(path, reference, enclosing structure) of every member; elements of lists and maps are `[]`."""
        yield from self._walk({"members": self.members}, (), ())

    def _walk(self, structure, path, above):
        for name, ref in structure.get("members", {}).items():
            if ref.get("location") in ("header", "headers", "statusCode"):
                continue
            here, shape = path + (name,), self.shape(ref)
            yield here, ref, structure
            while shape["type"] in ("list", "map"):
                ref = shape["member"] if shape["type"] == "list" else shape["value"]
                here, shape = here + ("[]",), self.shape(ref)
                yield here, ref, structure
            key = ref.get("shape")
            # A shape within itself is walked once.
            if shape["type"] == "structure" and not shape.get("document") and key not in above:
                yield from self._walk(shape, here, above + (key,))

    def tags(self):
        """The path of the tags; empty when the document has none."""
        if self.entry.tagging:
            return [TAGGING_MEMBER]
        given = table.TAGS.get(f"{self.entry.service}:{self.entry.operation}")
        if given:
            return given.split(".")
        for wanted in TAG_MEMBERS + table.TAG_MEMBERS:
            for name, ref in self.members.items():
                if norm(name) == wanted and self.shape(ref)["type"] in ("list", "map"):
                    return [name]
        return []

    def name(self, nouns):
        """Where the human name stands in the finished document; what the item itself says comes first."""
        given = table.NAMES.get(self.entry.key)
        if given:
            return given
        if self.entry.id == "@" and self.entry.arn != "@":
            return self.member
        own = self._name_in(self.entry.members, nouns)
        return own or self._name_in({name: ref for name, ref in self.members.items() if "inline" not in ref}, nouns)

    def _name_in(self, members, nouns):
        strings = {norm(name): name for name, ref in members.items() if self.service.is_string(ref)}
        for wanted in [noun + "name" for noun in nouns] + ["name", "displayname", "friendlyname"] + [
                noun + "identifier" for noun in nouns]:
            if wanted in strings:
                return strings[wanted]
        leaf = self.entry.id if isinstance(self.entry.id, str) else ""
        return leaf if leaf in members and norm(leaf).endswith("name") and " || " not in leaf else None


def follow_up_document(service, call):
    """(reference or None, shape) of what a follow-up call puts into the resource."""
    ref = items_at(service, call["operation"], call["items"]) if call.get("items") else None
    shape = service.shape(ref) if ref else service.output(call["operation"])
    if call.get("path"):
        ref = member_at(service, shape, call["path"])
        if ref is None:
            raise ValueError(f"{service.name}:{call['operation']}: no {call['path']} in the reply")
        shape = service.shape(ref)
    return ref, shape


def text(path):
    """`("A", "[]", "B")` as `A[].B`."""
    return ".".join(path).replace(".[]", "[]")


def redactions(document, kind_key):
    """Paths of secrets: named ones, values of environments, and what AWS marks sensitive under a telling name; behind
    them, with `!`, the values of redacted maps that stay readable."""
    found, containers = [], {}
    for path, ref, structure in document.walk():
        name = path[-1] if path[-1] != "[]" else path[-2]
        shape = document.shape(ref)
        if path[-1] != "[]":
            if shape["type"] in ("string", "blob") and not shape.get("enum") and _is_secret(name, shape):
                found.append(path)
            if shape["type"] == "map":
                found += [path + (key,) for key in document.shape(shape["key"]).get("enum", [])
                          if re.search(secrets.SECRET_NAME, norm(key))]
            containers[path] = shape["type"]
            continue
        environment = re.search(secrets.ENVIRONMENT, name)
        if environment and shape["type"] == "string" and containers.get(path[:-1]) == "map":
            found.append(path)
        elif environment and shape["type"] == "structure":
            members = {norm(each): each for each in shape["members"]}
            if "name" in members and "value" in members and document.service.is_string(
                    shape["members"][members["value"]]):
                found.append(path + (members["value"],))
    paths = {text(path) for path in found} | set(secrets.REDACTIONS.get(kind_key, []))
    paths -= set(secrets.NOT_SECRET.get(kind_key, ()))
    kept = [f"!{path.removesuffix('[]')}.{name}" for path in paths if path.endswith("[]")
            for name in secrets.KEPT.get(path.removesuffix("[]").split(".")[-1], [])]
    return sorted(paths) + sorted(kept)


def _is_secret(name, shape):
    if re.search(secrets.HARMLESS_NAME, name):
        return False
    return bool(re.search(secrets.SECRET_NAME, name)
                or (shape.get("sensitive") and re.search(secrets.SENSITIVE_NAME, name)))


def volatile(document, kind_key):
    """Paths of values that move by themselves."""
    found = [text(path) for path, ref, _ in document.walk()
             if path[-1] != "[]" and (re.search(table.VOLATILE_NAME, path[-1]) or (
                 path[-1] in moving.VOLATILE and document.shape(ref)["type"] in moving.TYPES))]
    outer = [path for path in found if not any(path.startswith(other + suffix) for other in found
                                               for suffix in (".", "[]"))]
    kept = set(outer + table.VOLATILE.get(kind_key, [])) - set(table.NOT_VOLATILE.get(kind_key, ()))
    return sorted(kept)


def sets(document, kind_key):
    """Lists whose order means nothing."""
    found = set()
    for path, ref, _ in document.walk():
        if path[-1] == "[]" or document.shape(ref)["type"] != "list":
            continue
        element = document.shape(document.shape(ref)["member"])
        is_tag = {"key", "value"} == {norm(each) for each in element.get("members", {})}
        if (is_tag and norm(path[-1]).endswith(TAG_MEMBERS)) or path[-1] in table.SET_NAMES:
            found.add(text(path))
    return sorted(found | set(table.SETS.get(kind_key, [])))
