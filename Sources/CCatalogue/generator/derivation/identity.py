"""Which member identifies a resource: a vote of independent facts, so that one misleading name does not decide."""
import re

from ..facts.names import STRUCTURE_SUFFIX, WORDS, match_member, norm, singulars

IDENTIFIER = re.compile(r"(id|arn|name|identifier)$")
IDENTIFIER_INPUT = re.compile(r"(id|arn|name|identifier|alias|key|url|uri|code)$")
CREATING = ("Create", "Register", "Import", "Run", "Request")
# Votes of these sources alone do not outweigh that the name belongs to another noun of the service.
WEAK_SOURCES = {"last", "name", "filter", "crud"}


class Identity:
    """The vote for one operation's items."""

    def __init__(self, service, operation, noun, plural, boto3, cloudformation, service_nouns):
        self.service, self.operation, self.noun, self.plural = service, operation, noun, plural
        self.boto3, self.cloudformation, self.service_nouns = boto3, cloudformation, service_nouns

    def choose(self, item, depth=0):
        """The path of the identifying member; None when nothing identifies."""
        members = self.service.shape(item).get("members", {})
        scalars = {name: ref for name, ref in members.items() if self.service.is_scalar(ref)}
        nouns = self._noun_variants(item)
        if not scalars and depth == 0:
            structures = [(name, ref) for name, ref in members.items()
                          if self.service.shape(ref)["type"] == "structure"]
            if members and len(structures) == 1:
                return self._inside(structures[0])
        votes = self._votes(members, scalars, nouns)
        if not votes and depth == 0:
            structures = [(name, ref) for name, ref in members.items()
                          if self.service.shape(ref)["type"] == "structure"]
            fitting = [each for each in structures if norm(each[0]) in nouns or len(structures) == 1]
            if len(fitting) == 1:
                return self._inside(fitting[0])
        if not votes:
            return None
        best = max(votes, key=lambda name: self._weight(name, votes[name], nouns))
        if self._belongs_elsewhere(best, nouns) and set(votes[best]) <= WEAK_SOURCES:
            return None
        return best

    def _inside(self, member):
        inner = self.choose(member[1], 1)
        return f"{member[0]}.{inner}" if inner else None

    def _noun_variants(self, item):
        structure = STRUCTURE_SUFFIX.sub("", item["shape"])
        words = [self.noun] + singulars(self.plural) + [structure]
        nouns = list(dict.fromkeys(norm(word) for word in words))
        parts = WORDS.findall(self.noun)
        if len(parts) > 1:
            nouns.append(norm(parts[-1]))
        return nouns

    def _votes(self, members, scalars, nouns):
        votes = {}

        def vote(name, source, weight):
            if name:
                votes.setdefault(name, {})[source] = weight

        collection = self.boto3.get((self.service.name, self.operation))
        if collection:
            leaf = collection[1].replace("[]", "").split(".")[-1]
            vote(leaf if leaf in members else None, "boto3", 5)
        self._cloudformation_votes(scalars, nouns, vote)
        self._filter_votes(scalars, nouns, vote)
        self._sibling_votes(scalars, nouns, votes)
        by_name = {norm(name): name for name in scalars}
        for prefixes, weights in ((nouns, (2, 2, 1.5, 1)), ([""], (1.8, 1.8, 1.4, 0.9))):
            for prefix in prefixes:
                for suffix, weight in zip(("id", "identifier", "arn", "name"), weights):
                    vote(by_name.get(prefix + suffix), "name", weight)
        if not votes:
            rest = [name for name in scalars if re.search(r"(Id|Arn|ARN|Identifier)$", name[0].upper() + name[1:])]
            own = [name for name in rest if any(noun in norm(name) for noun in nouns)]
            if len(own) == 1:
                vote(own[0], "last", 0.8)
            elif len(rest) == 1:
                vote(rest[0], "last", 0.5)
        return votes

    def _cloudformation_votes(self, scalars, nouns, vote):
        for each in self.cloudformation.get((self.service.name, self.operation), []):
            identifier = each["identifier"]
            order = identifier if len(identifier) == 1 else identifier[::-1]
            hits = [hit for hit in (match_member(scalars, nouns, norm(part)) for part in order) if hit]
            if len(identifier) == 1 and hits:
                vote(hits[0], "cfn", 4)
            elif hits:
                own = [hit for hit in hits
                       if any(norm(hit).startswith(noun) or norm(hit) in ("id", "arn", "name") for noun in nouns)]
                vote(own[0] if own else None, "cfn", 2)

    def _filter_votes(self, scalars, nouns, vote):
        """Filters of the list operation itself: `VpcIds` speaks for `VpcId`."""
        for name, ref in self.service.inputs(self.operation).items():
            if self.service.is_list_of_strings(ref):
                for singular in singulars(name):
                    member = match_member(scalars, nouns, norm(singular))
                    if member and IDENTIFIER.search(norm(singular)):
                        vote(member, "filter", 3)
                        break
                    if norm(singular) in nouns:
                        vote(member, "filter", 2)
                        if member:
                            break
            elif self.service.is_string(ref) and name in scalars and IDENTIFIER.search(norm(name)) and any(
                    norm(name).startswith(noun) for noun in nouns):
                vote(name, "filter", 3)

    def _sibling_votes(self, scalars, nouns, votes):
        """Required inputs of create, delete, describe … operations on the same noun."""
        for sibling in self.service.sibling_operations(self.noun):
            if sibling == self.operation:
                continue
            for name in self.service.required(sibling):
                wanted = norm(name)
                if not self.service.is_string(self.service.inputs(sibling)[name]):
                    continue
                names_it = wanted.endswith("name") and any(wanted in (noun + "name", "name") for noun in nouns)
                if sibling.startswith(CREATING) and not names_it:
                    continue
                own = any(wanted.startswith(noun) for noun in nouns) or wanted in ("id", "arn", "name", "identifier")
                member = match_member(scalars, nouns, wanted)
                if member and own and (IDENTIFIER_INPUT.search(wanted) or wanted in nouns):
                    weight = 1 if sibling.startswith(("Create", "Tag", "Untag")) else 3
                    count = votes.setdefault(member, {})
                    count["crud"] = min(6, count.get("crud", 0) + weight)

    def _belongs_elsewhere(self, name, nouns):
        """Whether the name is that of another noun of the service, as `VpcId` of a subnet."""
        wanted = norm(name)
        for other in self.service_nouns:
            if other in nouns or any(noun.endswith(other) for noun in nouns):
                continue
            if any(wanted == other + suffix for suffix in ("id", "arn", "name", "identifier")):
                return True
        return False

    def _weight(self, name, sources, nouns):
        wanted = norm(name)
        preference = (0.5 * wanted.endswith("arn") + 0.6 * wanted.endswith("id") + 0.6 * wanted.endswith("identifier"))
        return sum(sources.values()) - (5 if self._belongs_elsewhere(name, nouns) else 0), preference


def arn_member(service, noun, nouns, members):
    """The member that carries the resource's own ARN."""
    by_name = {norm(name): name for name in members if service.is_scalar(members[name])}
    for candidate in [each + "arn" for each in nouns] + ["arn", "resourcearn"]:
        if candidate in by_name:
            return by_name[candidate]
    words = WORDS.findall(noun)
    for start in range(1, len(words)):
        candidate = norm("".join(words[start:])) + "arn"
        if candidate in by_name:
            return by_name[candidate]
    return None


def arn_template(service, iam, nouns, identifier, members, has_parent):
    """An ARN built from the identifier after IAM's format for the resource type; None when a part is unknown."""
    for prefix, resources in iam.resources(service):
        for noun in nouns:
            for name, resource in resources.items():
                if norm(name) in (noun, norm(prefix) + noun, noun.replace("db", "", 1)):
                    return _filled_template(resource["arn"], nouns, identifier, members, has_parent)
    return None


def _filled_template(form, nouns, identifier, members, has_parent):
    names = [name for name in re.findall(r"\$\{(\w+)\}", form) if name not in ("Partition", "Region", "Account")]
    for name in ("Partition", "Region", "Account"):
        form = form.replace("${%s}" % name, "{%s}" % name.lower())
    if not names:
        return None
    if len(names) == 1:
        return form.replace("${%s}" % names[0], "{id}")
    found = {name: match_member(members, nouns, norm(name)) for name in names}
    missing = [name for name in names if not found[name]]
    if len(missing) > 1 or (missing and (not has_parent or missing[0] == names[-1])):
        return None
    for name in names:
        place = "{^id}" if name in missing else "{id}" if found[name] == identifier else "{.%s}" % found[name]
        form = form.replace("${%s}" % name, place)
    return form if "{id}" in form else None
