"""What a new catalogue changes: for the commit message and the changelog."""
import json
import os


def previous(folder):
    """The services written before; empty when there are none."""
    found = {}
    services = os.path.join(folder, "services")
    for name in sorted(os.listdir(services)) if os.path.isdir(services) else []:
        with open(os.path.join(services, name), encoding="utf-8") as file:
            found[name.removesuffix(".json")] = json.load(file)
    return found


def differences(old, new):
    """Lines such as `+ ec2/ipam`, `- ec2/elastic-gpu`, `~ rds/db-instance: volatile`."""
    lines = []
    for service in sorted(set(old) | set(new)):
        before, after = old.get(service, {}).get("types", {}), new.get(service, {}).get("types", {})
        if service not in old or service not in new:
            lines.append(f"{'+' if service in new else '-'} {service}: {len(before or after)} types")
            continue
        for kind in sorted(set(before) | set(after)):
            if kind not in before or kind not in after:
                lines.append(f"{'+' if kind in after else '-'} {service}/{kind}")
            elif before[kind] != after[kind]:
                changed = sorted(key for key in set(before[kind]) | set(after[kind])
                                 if before[kind].get(key) != after[kind].get(key))
                lines.append(f"~ {service}/{kind}: {', '.join(changed)}")
    return lines


def summary(services, index, facts, files, proofs):
    types = [each for service in services.values() for each in service["types"].values()]
    groups = {group: sum(each["group"] == group for each in types) for group in ("core", "all", "optIn")}
    rules = {rule: sum(each["key"] == rule for each in types) for rule in ("id", "arn", "qualified")}
    return [
        f"{len(services)} services, {len(types)} types, {sum(map(len, files.values())):,} characters",
        "groups: " + ", ".join(f"{name} {count}" for name, count in groups.items()),
        "keys are unique by " + ", ".join(f"{name} {count}" for name, count in proofs.items()),
        "keys: " + ", ".join(f"{name} {count}" for name, count in rules.items()),
        f"children: {sum('parent' in each for each in types)}, with tags: {sum('tags' in each for each in types)}, "
        f"with redactions: {sum('redact' in each for each in types)}",
        f"tags by the tagging API: {sum('tagging' in each for each in types)} types of "
        f"{sum('tagging' in each for each in index['services'].values())} services",
        f"global services: {sum('global' in each for each in index['services'].values())}",
        f"actions guessed from the operation's name: {len(facts.iam.guessed)}",
    ]
