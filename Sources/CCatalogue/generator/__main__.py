"""`python -m generator`, from the folder above: writes data/ and catalogue.S; with `--check` only says what would change."""
import os
import sys

from . import check, report, shapes, types, writer
from .derivation.types import TypeDerivation
from .endpoints import Endpoints
from .facts.all import Facts
from .facts.packages import botocore_version
from .review import Review
from .tables.services import EXTRA_OPERATIONS

FORMAT = 1
TARGET = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA = os.path.join(TARGET, "data")


def service_document(service, entries, facts, endpoints, review):
    described = {kind: types.described(service, kind, entries[kind], facts, review) for kind in sorted(entries)}
    discovery = service.endpoint_discovery()
    used = shapes.operations_used(
        entries, EXTRA_OPERATIONS.get(service.name, []) + ([discovery] if discovery else []))
    operations, descriptors = shapes.build(service, used)
    endpoint, signing_name = endpoints.rule(service)
    head = {
        "protocol": service.protocol,
        "endpointPrefix": service.endpoint_prefix,
        "signingName": signing_name,
        "serviceID": service.metadata["serviceId"],
    }
    if service.protocol in ("query", "ec2"):
        head["apiVersion"] = service.metadata["apiVersion"]
    if service.protocol == "json":
        head["jsonVersion"] = service.metadata.get("jsonVersion", "1.0")
        head["targetPrefix"] = service.metadata["targetPrefix"]
    if endpoint:
        head["endpoint"] = endpoint
    if discovery:
        head["endpointDiscovery"] = discovery
    head["iam"] = facts.iam.permissions(service, operations)
    return {**head, "operations": operations, "shapes": descriptors, "types": described}


def index_document(catalogue, services, endpoints):
    region_sets, entries = {}, {}
    for name, document in catalogue.items():
        entry = {}
        homes = endpoints.homes(services[name], document.get("endpoint"))
        if homes:
            entry["global"] = homes
        else:
            regions = endpoints.regions(services[name])
            if regions is not None:
                key = tuple(regions)
                entry["regions"] = region_sets.setdefault(key, len(region_sets))
        tagging = sorted({each["tagging"] for each in document["types"].values() if "tagging" in each})
        if tagging:
            entry["tagging"] = tagging
        entry["types"] = {kind: [each["group"], each["parent"]["kind"]] if "parent" in each else each["group"]
                          for kind, each in document["types"].items()}
        entries[name] = entry
    return {
        "format": FORMAT,
        "botocore": botocore_version(),
        "partitions": endpoints.partition_facts(),
        "regionSets": [list(each) for each in region_sets],
        "services": entries,
    }


def main():
    facts, endpoints = Facts(), Endpoints()
    review = Review(facts.boto3)
    catalogue = {}
    for name, service in sorted(facts.services.items()):
        entries = TypeDerivation(service, facts).run()
        if entries or name in EXTRA_OPERATIONS:
            catalogue[name] = service_document(service, entries, facts, endpoints, review)
    found = check.problems(catalogue, facts.iam) + review.finish()
    if found:
        sys.exit("\n".join(["not written:"] + found))
    index = index_document(catalogue, facts.services, endpoints)
    files = {"index.json": writer.index_text(index)}
    files |= {f"services/{name}.json": writer.service_text(each) for name, each in catalogue.items()}
    changes = report.differences(report.previous(DATA), catalogue)
    assembly = writer.assembly_text(files)
    if "--check" in sys.argv[1:]:
        stale = writer.stale(DATA, files) + writer.stale(TARGET, {"catalogue.S": assembly})
        sys.exit("\n".join(["not as generated:"] + stale + changes) if stale else 0)
    writer.write(DATA, files)
    with open(os.path.join(TARGET, "catalogue.S"), "w", encoding="utf-8") as file:
        file.write(assembly)
    print("\n".join(report.summary(catalogue, index, facts, files, review.proofs) + changes))


if __name__ == "__main__":
    main()
