"""IAM's own list of actions and ARN formats, and which action an API operation needs."""
from ..tables import actions as table
from .names import norm
from .packages import IAM, load


class IAMFacts:
    def __init__(self):
        document = load(IAM) or {}
        self.services = {name: body for name, body in document.items()
                         if isinstance(body, dict) and "privileges" in body}
        self.unverified = set()

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

    def knows(self, service, operation):
        """Whether IAM's reference has the action of `operation`."""
        self.action(service, operation)
        return f"{service.name}:{operation}" not in self.unverified

    def is_taggable(self, service, noun):
        """Whether IAM lets policies ask for the tags of the resource type of that noun."""
        for _, resources in self.resources(service):
            for name, resource in resources.items():
                if norm(name) == norm(noun):
                    return any(key.startswith("aws:ResourceTag/") for key in resource.get("condition_keys") or [])
        return False

    def action(self, service, operation):
        """The action `operation` needs: from the table, else the privilege of the same name, else a guess (noted)."""
        key = f"{service.name}:{operation}"
        if key in table.ACTIONS:
            return table.ACTIONS[key]
        if service.name in table.WHOLE_SERVICE:
            return table.WHOLE_SERVICE[service.name]
        for prefix in self.prefixes(service):
            if operation in self.services.get(prefix, {}).get("privileges", {}):
                return f"{prefix}:{operation}"
        self.unverified.add(key)
        return f"{self.prefixes(service)[0]}:{operation}"
