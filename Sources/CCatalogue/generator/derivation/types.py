"""All resource types of one service: which operations list, roots before children, the fuller of two equal nouns."""
import re
from collections import defaultdict

from ..entry import Entry
from ..facts.names import CHANGE_VERBS, STRONG_VERBS, VERB, kebab, norm, singulars
from ..tables import followups as followup_table
from ..tables import identifiers, operations as table
from . import followups, listing, parents
from .identity import Identity, arn_member, arn_template

ROUNDS = 4


class Candidate:
    """An operation that may list resources."""

    def __init__(self, service, operation):
        self.operation, self.key = operation, f"{service.name}:{operation}"
        self.plural, self.noun, self.nouns = service.nouns(operation)
        if self.key in table.NOUNS:
            self.noun = table.NOUNS[self.key]
            self.nouns = [self.noun] + self.nouns
        self.inputs, self.unresolved = listing.resolve_inputs(service, operation)
        self.is_forced = self.key in table.INCLUDED
        self.list = listing.list_path(service, operation, self.plural)


class TypeDerivation:
    def __init__(self, service, facts):
        self.service, self.facts = service, facts
        self.types, self.rejected = {}, defaultdict(list)
        self.created_nouns = service.created_nouns()

    def run(self):
        """Kind to entry."""
        pending = []
        for operation in self.service.operations:
            if not VERB.match(operation):
                continue
            candidate = Candidate(self.service, operation) if not self._excluded(operation) else None
            if candidate and self._accepts(candidate):
                pending.append(candidate)
        for round_number in range(ROUNDS):
            later, added = [], False
            for candidate in pending:
                outcome = self._add(candidate, round_number)
                if outcome == "later":
                    later.append(candidate)
                added = added or outcome == "added"
            pending = later
            if not pending or (round_number > 0 and not added):
                break
        self._add_further_lists()
        for candidate in pending:
            self._reject("unresolved inputs: " + ", ".join(candidate.unresolved), candidate.key)
        return self.types

    def _add_further_lists(self):
        """The other types of operations that list several."""
        for operation in self.service.operations:
            for kind, items, constants in listing.table.FURTHER_LISTS.get(f"{self.service.name}:{operation}", []):
                candidate = Candidate(self.service, operation)
                candidate.list = (items, listing.items_at(self.service, operation, items), "override")
                candidate.noun = "".join(word.capitalize() for word in kind.split("-"))
                candidate.nouns = [candidate.noun] + candidate.nouns
                candidate.inputs = [{**listing.page_size(self.service, operation), **constants}]
                entry = self._entry(candidate)
                self._complete(entry, candidate)
                self.types[kind] = entry

    def _reject(self, reason, key):
        self.rejected[reason].append(key)
        return False

    def _excluded(self, operation):
        key = f"{self.service.name}:{operation}"
        if key in table.EXCLUDED:
            return not self._reject("excluded by hand", key)
        if (self.service.name, operation) not in self.facts.links and any(
                re.match(pattern, key) for pattern in table.EXCLUDED_PATTERNS):
            return not self._reject("excluded by pattern", key)
        if self.service.operations[operation].get("deprecated"):
            return not self._reject("deprecated", key)
        return False

    def _accepts(self, candidate):
        service, key, forced = self.service, candidate.key, candidate.is_forced
        verb = VERB.match(candidate.operation).group(1)
        if not candidate.list:
            return self._reject("no single list", key)
        singular = candidate.noun == candidate.plural
        if (verb == "Get" and not service.paginators.get(candidate.operation) and singular and not forced
                and key not in listing.table.ITEMS):
            return self._reject("gets one", key)
        if (verb in ("Describe", "Get") and candidate.unresolved and not forced and key not in listing.table.CONSTANTS
                and key not in listing.table.PARENTS and self._describes_one(candidate.plural)):
            return self._reject("describes one", key)
        if verb.startswith("Batch") and not forced:
            return self._reject("batch call", key)
        if verb == "Search" and not forced:
            return self._reject("search", key)
        owned, no_resource = self.facts.owned_by_aws, self.facts.no_resources
        if candidate.operation in owned.get(service.name, []) and not forced:
            return self._reject("owned by AWS (aws-list-all)", key)
        changes = any(service.has(verb, noun) for verb in STRONG_VERBS for noun in candidate.nouns)
        nouns = [norm(noun) for noun in candidate.nouns]
        in_iam = any(norm(name) in nouns for _, names in self.facts.iam.resources(service) for name in names)
        fact = (service.name, candidate.operation)
        known = fact in self.facts.links or fact in self.facts.boto3 or forced or in_iam
        if candidate.operation in no_resource.get(service.name, []) and not known:
            return self._reject("no resource (aws-list-all)", key)
        return known or changes or self._reject("nothing creates it", key)

    def _describes_one(self, plural):
        listed = any(self.service.has("List", plural + suffix) for suffix in ("s", "es"))
        return singulars(plural) == [plural] or (self.service.has("Create", plural) and listed)

    def _add(self, candidate, round_number):
        """"added", "later" (its parent is not known yet) or "rejected"."""
        service = self.service
        parent, mapping = None, {}
        if candidate.unresolved or candidate.key in listing.table.PARENTS:
            found = None if round_number == 0 else parents.resolve(
                service, candidate.operation, candidate.unresolved, self.types)
            if not found:
                return "later"
            parent, mapping = found
        entry = self._entry(candidate)
        if not entry:
            return "rejected"
        if service.name == "route53":
            # The list says `/hostedzone/Z1`, inputs want `Z1`.
            mapping = {name: path + "~" if name == "HostedZoneId" else path for name, path in mapping.items()}
        entry.parent, entry.parent_inputs = parent, mapping
        entry.depth = self.types[parent].depth + 1 if parent else 0
        entry.bindings = parents.bindings(entry, self.types)
        self._complete(entry, candidate)
        kind = table.KINDS.get(candidate.key) or kebab(self._kind_noun(candidate))
        return self._keep_fuller(kind, entry)

    def _kind_noun(self, candidate):
        for noun in candidate.nouns:
            if noun != candidate.plural and any(self.service.has(verb, noun)
                                                for verb in CHANGE_VERBS + ("Get", "Describe")):
                return noun
        return candidate.nouns[0]

    def _entry(self, candidate):
        service, key = self.service, candidate.key
        path, item, _ = candidate.list
        shape = service.shape(item)
        entry = Entry(service.name, candidate.operation, candidate.noun, path, "@", item, {}, candidate.inputs,
                      pages=listing.pagination(service, candidate.operation))
        if shape["type"] != "structure":
            if shape["type"] != "string":
                self._reject("list of " + shape["type"], key)
                return None
            entry.arn = "@" if "arn" in norm(path) else None
            return entry
        vote = Identity(service, candidate.operation, candidate.noun, candidate.plural, self.facts.boto3,
                        self.facts.links, self.created_nouns)
        entry.id = identifiers.IDENTIFIERS.get(key) or vote.choose(item)
        if not entry.id:
            self._reject("no identifier", key)
            return None
        entry.members = shape["members"]
        structure = norm(re.sub(r"(Summary|Details?|Info|Item)$", "", item["shape"]))
        nouns = list(dict.fromkeys([norm(noun) for noun in candidate.nouns] + [structure]))
        entry.arn = identifiers.ARNS[key] if key in identifiers.ARNS else arn_member(
            service, candidate.noun, nouns, entry.members)
        return entry

    def _complete(self, entry, candidate):
        service, key = self.service, candidate.key
        nouns = [norm(noun) for noun in candidate.nouns]
        if not entry.arn or service.name in identifiers.NEW_ARNS:
            entry.arn_template = identifiers.ARN_TEMPLATES.get(key) or arn_template(
                service, self.facts.iam, nouns, entry.id, entry.members, bool(entry.parent))
        linked = self.facts.links.get((service.name, entry.operation), [])
        own = [each for each in linked if norm(each["name"].split("::")[2]) in nouns]
        own = own or (linked if len(linked) == 1 else [])
        products = (norm(service.name), norm(service.signing_name), norm(service.endpoint_prefix))
        own = sorted(own, key=lambda each: (norm(each["name"].split("::")[1]) not in products,
                                            norm(each["name"].split("::")[2]) != norm(candidate.noun)))
        entry.cloudformation = own[0] if own else None
        words = [candidate.noun] + candidate.nouns
        entry.detail = followups.detail(service, entry, entry.item, words, nouns)
        if not entry.arn and key not in identifiers.ARNS:
            entry.arn = self._later_arn(entry, candidate)
        entry.enrichments = list(followup_table.ENRICHMENTS.get(key, []))
        for call in entry.calls():
            if "batch" in call and "match" not in call:
                match = followups.batch_match(service, call, nouns)
                if not match:
                    raise ValueError(f"{key}: nothing in {call['operation']} says whose document it is")
                call["match"] = match

    def _later_arn(self, entry, candidate):
        """The ARN of items that are ARNs but for their list's name, or the one that the detail call tells."""
        call = entry.detail
        if not call:
            return None
        if entry.id == "@" and any(path == "@" and re.search("(?i)arns?$", name) for name, path in call["inputs"].items()):
            return "@"
        members = followups.document_members(self.service, call)
        found = arn_member(self.service, candidate.noun, [norm(noun) for noun in candidate.nouns], members)
        return "%" + found if found else None

    def _keep_fuller(self, kind, entry):
        """Of two operations that list the same noun, the one that says more, and a root before a child."""
        other = self.types.get(kind)
        if other:
            fuller = len(entry.members) > len(other.members) and bool(entry.parent) <= bool(other.parent)
            if not fuller and not (other.parent and not entry.parent):
                self._reject("another operation lists the noun", entry.key)
                return "rejected"
            self._reject("another operation lists the noun", other.key)
        self.types[kind] = entry
        return "added"
