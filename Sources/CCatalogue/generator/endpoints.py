"""Where a service's hosts are and in which regions it is offered, from botocore's endpoint rules and region lists."""
from collections import Counter

from .facts.packages import BOTOCORE, load
from .tables import services as table


class Endpoints:
    def __init__(self):
        # Imported late: the rule engine is the one piece of botocore that is run, not read.
        from botocore.endpoint_provider import EndpointProvider
        self.provider = EndpointProvider
        self.partitions_document = load(BOTOCORE + "/partitions.json")
        document = load(BOTOCORE + "/endpoints.json")
        self.version = document["version"]
        self.partitions = {each["partition"]: each for each in document["partitions"]}

    def partition_facts(self):
        """Partition to its host suffix and regions."""
        return {name: {"suffix": each["dnsSuffix"], "regions": sorted(each["regions"])}
                for name, each in sorted(self.partitions.items())}

    def rule(self, service):
        """(the service's endpoint entry or None for the standard host, signing name)."""
        hosts, signing_names = {}, Counter()
        for partition, facts in self.partitions.items():
            for region in sorted(facts["regions"]):
                resolved = self._resolve(service, region)
                if resolved:
                    hosts[region] = (partition, *resolved[:2])
                    signing_names[resolved[2]] += 1
        signing_name = next((name for name, _ in signing_names.most_common() if name), service.signing_name)
        if service.name in table.HOME_REGIONS:
            return self._at_home(service, hosts), signing_name
        first, second = hosts.get("us-east-1"), hosts.get("eu-west-1")
        if first and second and first[1] == second[1]:
            return {"global": self._global(hosts)}, signing_name
        return self._regional(service, hosts), signing_name

    def _resolve(self, service, region):
        """(host, signing region or None, signing name or None); None where the rules refuse."""
        rules = service.endpoint_rules
        if not rules:
            return None
        values = {"Region": region, "UseDualStack": False, "UseFIPS": False}
        values = {name: value for name, value in values.items() if name in rules["parameters"]}
        for name, parameter in rules["parameters"].items():
            if parameter.get("required") and name not in values and "default" not in parameter:
                values[name] = True if parameter["type"] == "boolean" else "x"
        try:
            endpoint = self.provider(rules, self.partitions_document).resolve_endpoint(**values)
        except Exception:  # pylint: disable=broad-except  (any refusal of the rules means: not there)
            return None
        scheme = (endpoint.properties.get("authSchemes") or [{}])[0]
        return endpoint.url.removeprefix("https://"), scheme.get("signingRegion"), scheme.get("signingName")

    def _global(self, hosts):
        found = {}
        for partition in sorted(self.partitions):
            mine = [each for each in hosts.values() if each[0] == partition]
            if mine and len({host for _, host, _ in mine}) == 1:
                region = mine[0][2] or sorted(self.partitions[partition]["regions"])[0]
                if region in self.partitions[partition]["regions"]:
                    found[partition] = [mine[0][1], region]
        return found

    def _at_home(self, service, hosts):
        """A service whose one region the rules do not tell."""
        home = table.HOME_REGIONS[service.name]
        host = hosts[home][1] if home in hosts else f"{service.endpoint_prefix}.{home}.amazonaws.com"
        return {"global": {"aws": [host, (hosts.get(home) or (0, 0, None))[2] or home]}}

    def _regional(self, service, hosts):
        def standard(region, partition):
            return f"{service.endpoint_prefix}.{region}.{self.partitions[partition]['dnsSuffix']}"
        odd = {region: host for region, (partition, host, _) in hosts.items() if host != standard(region, partition)}
        if not odd:
            return None
        forms = Counter(host.replace(region, "{region}") for region, host in odd.items())
        template, count = forms.most_common(1)[0]
        if "{region}" not in template or count <= len(hosts) / 2:
            template = f"{service.endpoint_prefix}.{{region}}.amazonaws.com"
        rest = {region: host for region, (_, host, _) in sorted(hosts.items())
                if host != template.replace("{region}", region)}
        return {"host": template, **({"exceptions": rest} if rest else {})}

    def homes(self, service, endpoint):
        """Partition to the region that answers for all; None for regional services."""
        if endpoint and "global" in endpoint:
            return {partition: region for partition, (_, region) in endpoint["global"].items()}
        if service.name in table.GLOBAL_LISTINGS:
            return {name: table.HOMES.get(name, sorted(each["regions"])[0])
                    for name, each in sorted(self.partitions.items())}
        return None

    def regions(self, service):
        """The known regions that lack the service are told apart from regions nobody knows; None: offered everywhere."""
        known, offered = set(), set()
        for partition in self.partitions.values():
            known |= set(partition["regions"])
            entry = partition["services"].get(service.endpoint_prefix)
            if entry:
                offered |= set(entry["endpoints"]) & set(partition["regions"])
        if service.name in table.REGIONS:
            return sorted(table.REGIONS[service.name])
        return None if not offered or offered == known else sorted(offered)
