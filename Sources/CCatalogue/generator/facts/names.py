"""AWS's naming habits: nouns of operations, their singular, comparable spellings."""
import re

VERB = re.compile(r"^(List|Describe|Get|BatchGet|BatchDescribe|Search)([A-Z0-9].*)$")
WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z][a-z0-9]*|[A-Z0-9]+")
STRUCTURE_SUFFIX = re.compile(
    r"(Summary|Details?|Info|Item|Entry|ListEntry|Metadata|Description|ListItem|Properties|Overview)$"
)

# Verbs that show that a noun is something an account owns.
STRONG_VERBS = (
    "Create", "Delete", "Register", "Deregister", "Run", "Terminate", "Import", "Allocate", "Release", "Put", "Request",
    "Purchase", "Restore", "Publish", "Upload", "Add", "Remove", "Provision", "Subscribe", "Associate",
)
CHANGE_VERBS = (
    "Create", "Delete", "Register", "Deregister", "Put", "Update", "Modify", "Run", "Terminate", "Import", "Allocate",
    "Release", "Request", "Purchase", "Add", "Remove", "Enable", "Publish", "Upload", "Start", "Stop", "Tag",
    "Associate", "Attach", "Schedule", "Provision", "Accept", "Invite", "Copy", "Restore", "Subscribe", "Unsubscribe",
    "Set", "Deprovision", "Verify", "Activate", "Deactivate", "Cancel",
)


def norm(name):
    """`name` without case and punctuation, for comparison."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def kebab(name):
    """`DBInstance` as `db-instance`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name).lower()


def singulars(plural):
    """Candidates for the singular of `plural`, likeliest first; a trailing version (`V2`) stays."""
    match = re.match(r"^(.*?)(V\d+)?$", plural)
    base, suffix = match.group(1), match.group(2) or ""
    lower = base.lower()
    found = []
    if lower.endswith("indices"):
        found.append(base[:-4] + "ex")
    if lower.endswith("ies"):
        found += [base[:-3] + "y", base[:-1]]
    elif lower.endswith(("sses", "xes", "ches", "shes", "uses", "zes")):
        found += [base[:-2], base[:-1]]
    elif lower.endswith("ses"):
        found += [base[:-1], base[:-2] + "is", base[:-2]]
    elif lower.endswith("s") and not lower.endswith("ss"):
        found.append(base[:-1])
    found.append(base)
    return list(dict.fromkeys(word + suffix for word in found))


def match_member(members, nouns, wanted):
    """The member that means the identifier `wanted` (normalised) of one of `nouns` (normalised); None if none does."""
    by_name = {norm(name): name for name in members}
    if wanted in by_name:
        return by_name[wanted]
    for noun in nouns:
        for suffix in ("id", "arn", "name", "identifier"):
            if wanted == noun + suffix and suffix in by_name:
                return by_name[suffix]
            if wanted == suffix and noun + suffix in by_name:
                return by_name[noun + suffix]
        for candidate in _spellings(noun, wanted):
            if candidate in by_name:
                return by_name[candidate]
    return None


def _spellings(noun, wanted):
    if wanted in (noun + "identifier", "identifier"):
        for suffix in ("id", "name", "arn"):
            yield noun + suffix
            yield suffix
    if wanted in (noun + "id", "id"):
        yield noun + "identifier"
        yield "identifier"
    if wanted == noun:
        for suffix in ("id", "name", "arn"):
            yield noun + suffix
            yield suffix
