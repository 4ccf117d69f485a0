"""Why a type's identifier is one resource's alone within its parent: evidence from the models, else a person's word."""
from .derivation.listing import constant_inputs
from .facts.names import match_member, norm, singulars

# Operations on one resource: whoever can call them with the identifier alone has told it from all others.
SINGLE_VERBS = (
    "Describe", "Get", "Head", "Delete", "Update", "Modify", "Put", "Set", "Start", "Stop", "Cancel", "Enable",
    "Disable", "Accept", "Reject", "Deregister", "Terminate", "Release", "Remove", "Restore", "Reset", "Rotate",
    "Revoke", "Detach", "Disassociate", "Disconnect", "Deactivate", "Deprovision", "Unsubscribe", "BatchGet",
)


class Evidence:
    """The evidence for one type's identifier."""

    def __init__(self, service, kind, entry, identifier, boto3):
        self.service, self.entry, self.boto3 = service, entry, boto3
        parts = identifier if isinstance(identifier, list) else [identifier]
        self.paths = [path for part in parts for path in part.split(" || ")]
        self.members = [path.lstrip("%^$").rstrip("~").split(".")[-1] for path in self.paths]
        candidates = [entry.noun] + service.nouns(entry.operation)[2]
        self.candidates = list(dict.fromkeys(candidates))
        self.nouns = list(dict.fromkeys(norm(each) for each in candidates + [kind]))

    def found(self):
        """Whether something else than the name of the member says so."""
        return self._operation() or self._detail() or self._cloudformation() or self._filter() or self._boto3()

    def _pins(self, wanted):
        """`parent` or `own` when an input of that (normalised) name is given by the parent or the identifier."""
        if wanted in self.entry.bindings:
            return "parent"
        if self.members == ["@"]:
            suffixes = ("", "id", "name", "arn", "url", "identifier")
            is_own = any(wanted == noun + suffix for noun in self.nouns for suffix in suffixes) or wanted in (
                "id", "name", "arn", "identifier", "resourcearn")
            return "own" if is_own else None
        return "own" if match_member(self.members, self.nouns, wanted) else None

    def _operation(self):
        """An operation on one resource asks for nothing else."""
        for noun in self.candidates:
            for verb in SINGLE_VERBS:
                if not self.service.has(verb, noun):
                    continue
                operation = self.service.by_lower_name[(verb + noun).lower()]
                pinned = [self._pins(norm(name)) for name in constant_inputs(self.service, operation)[1]]
                if operation != self.entry.operation and all(pinned) and "own" in pinned:
                    return True
        return False

    def _detail(self):
        call = self.entry.detail
        return bool(call) and any(path == "@" or path in self.paths for path in call["inputs"].values())

    def _cloudformation(self):
        known = self.entry.cloudformation
        return bool(known and known["identifier"]) and all(self._pins(norm(each)) for each in known["identifier"])

    def _filter(self):
        """The list operation takes identifiers to single out resources."""
        return any(match_member(self.members, self.nouns, norm(each))
                   for name, ref in self.service.inputs(self.entry.operation).items()
                   if self.service.is_list_of_strings(ref) for each in singulars(name))

    def _boto3(self):
        known = self.boto3.get((self.service.name, self.entry.operation))
        return bool(known) and known[1].replace("[]", "").split(".")[-1] in self.members

    def is_named_arn(self):
        """Whether the ARN's member is named after the type."""
        member = norm((self.entry.arn or "").split(".")[-1])
        word = member.removesuffix("arn")
        return word != member and len(word) > 2 and any(noun.endswith(word) for noun in self.nouns)
