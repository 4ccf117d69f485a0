"""IAM's own list of actions and ARN formats, and which action an API operation needs."""
import re

from ..tables import actions as table
from .names import norm
from .packages import IAM, iam_actions, load


class IAMFacts:
    def __init__(self):
        document = load(IAM) or {}
        self.services = {name: body for name, body in document.items()
                         if isinstance(body, dict) and "privileges" in body}
        self.newest = iam_actions()
        # Operations whose action no source names; actions that only the operation's own documentation names.
        self.guessed, self.documented = set(), set()

    def prefixes(self, service):
        """IAM's names for the service, likeliest first."""
        names = list(table.PREFIXES.get(service.name, []))
        names += [service.signing_name, service.name, service.endpoint_prefix.split(".")[-1], service.endpoint_prefix]
        return list(dict.fromkeys(names))

    def resources(self, service):
        """(prefix, resource types with their ARN formats) of each of the service's IAM names that exists."""
        for prefix in self.prefixes(service):
            if prefix in self.services:
                yield prefix, self.services[prefix]["resources"]

    def is_established(self, service, operation):
        """Whether the older of the two references has the action: what only the newer one knows is not in every estate."""
        key = f"{service.name}:{operation}"
        return key in table.ACTIONS or service.name in table.WHOLE_SERVICE or any(
            operation in self.services.get(prefix, {}).get("privileges", {}) for prefix in self.prefixes(service))

    def is_taggable(self, service, noun):
        """Whether IAM lets policies ask for the tags of the resource type of that noun."""
        for _, resources in self.resources(service):
            for name, resource in resources.items():
                if norm(name) == norm(noun):
                    return any(key.startswith("aws:ResourceTag/") for key in resource.get("condition_keys") or [])
        return False

    def action(self, service, operation):
        """The action `operation` needs: the table's, the one of its name, the service's one, else a guess (noted)."""
        key = f"{service.name}:{operation}"
        if key in table.ACTIONS:
            return table.ACTIONS[key]
        for prefix in self.prefixes(service):
            if operation in self.services.get(prefix, {}).get("privileges", {}):
                return f"{prefix}:{operation}"
        for prefix in self.prefixes(service):
            # IAM compares actions without case, and spells some differently than the API: ListWebHooks.
            spelled = self.newest.get(prefix, {}).get(operation.lower())
            if spelled:
                return f"{prefix}:{spelled[0]}"
        if service.name in table.WHOLE_SERVICE:
            return table.WHOLE_SERVICE[service.name]
        named = f"{self.prefixes(service)[0]}:{operation}"
        if re.search(rf"\b{named}\b", service.operations[operation].get("documentation", "")):
            self.documented.add(named)
        else:
            self.guessed.add(key)
        return named

    def levels(self, action):
        """What the references say the action does, `Read`, `List`, `Write` …; empty when none of them has it."""
        prefix, name = action.split(":")
        older = self.services.get(prefix, {}).get("privileges", {}).get(name)
        newer = self.newest.get(prefix, {}).get(name.lower())
        found = {older["access_level"]} if older else set()
        return found | ({newer[1]} if newer and newer[0] == name else set())

    def permissions(self, service, operations):
        """How the service's operations are called in IAM: `prefix`, exceptions, and which are guesses."""
        actions = {each: self.action(service, each) for each in sorted(operations)}
        prefixes = [action.split(":")[0] for action in actions.values()]
        prefix = max(sorted(set(prefixes)), key=prefixes.count)
        found = {"prefix": prefix}
        others = {each: action for each, action in actions.items() if action != f"{prefix}:{each}"}
        if others:
            found["actions"] = others
        guessed = [each for each in actions if f"{service.name}:{each}" in self.guessed]
        if guessed:
            found["guessed"] = guessed
        return found
