"""Fills an emulator with a small organisation: three accounts, two regions, several hundred resources.

The members are reached as in AWS: the organisation's management account assumes OrganizationAccountAccessRole in
a new member, creates there the role that the collector is to assume, with an external id, and fills the account
through that same kind of session. Names, tags and counts are the same at each call.

  python seed_organization.py URL       fills it and prints the accounts as JSON
"""
import json
import sys
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field

import boto3
from botocore.config import Config

from emulator import KEYS, MANAGEMENT_ACCOUNT
from seed_resources import GLOBAL_SEEDS, REGIONAL_SEEDS

REGIONS = ("us-east-1", "eu-west-1")
MEMBERS = ("Produktion Zürich", "sandbox")
COLLECTOR_ROLE = "InventoryReadRole"
EXTERNAL_ID = "example-external-id"
CONFIG = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}, max_pool_connections=20)


@dataclass
class Account:
    """One account, with a session's keys for filling and reading it."""

    id: str
    name: str
    role: str
    keys: dict = field(default_factory=dict, repr=False)


@dataclass
class Organization:
    """What was made, and clients to look at it."""

    url: str
    accounts: list
    regions: tuple = REGIONS
    external_id: str = EXTERNAL_ID
    session: boto3.Session = field(default_factory=boto3.Session, repr=False)
    clients: dict = field(default_factory=dict, repr=False)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def client(self, account, service, region="us-east-1"):
        """A boto3 client inside the account (kept: making one is slow, and not safe among threads)."""
        key = (account.id, service, region)
        with self.lock:
            if key not in self.clients:
                self.clients[key] = self.session.client(
                    service, region_name=region, endpoint_url=self.url, config=CONFIG, **account.keys)
            return self.clients[key]

    @property
    def management(self):
        return self.accounts[0]

    @property
    def members(self):
        return self.accounts[1:]


def assume(organization, role, **extra):
    """The keys of a session in the role, taken by the management account."""
    sts = organization.client(organization.management, "sts")
    reply = sts.assume_role(RoleArn=role, RoleSessionName="seed", **extra)["Credentials"]
    return {"aws_access_key_id": reply["AccessKeyId"], "aws_secret_access_key": reply["SecretAccessKey"],
            "aws_session_token": reply["SessionToken"]}


def found(url):
    """An organisation with its members and the collector's roles, and nothing else in it."""
    keys = {name.lower(): value for name, value in KEYS.items()}
    role = f"arn:aws:iam::{MANAGEMENT_ACCOUNT}:role/{COLLECTOR_ROLE}"
    organization = Organization(url, [Account(MANAGEMENT_ACCOUNT, "management", role, keys)])
    organizations = organization.client(organization.management, "organizations")
    organizations.create_organization(FeatureSet="ALL")
    urllib.request.urlopen(urllib.request.Request(f"{url}/moto-api/seed?a=1", method="POST")).close()
    for name in MEMBERS:
        status = organizations.create_account(AccountName=name, Email=f"{len(organization.accounts)}@example.com")
        member = status["CreateAccountStatus"]["AccountId"]
        door = f"arn:aws:iam::{member}:role/OrganizationAccountAccessRole"
        organization.accounts.append(
            Account(member, name, f"arn:aws:iam::{member}:role/{COLLECTOR_ROLE}", assume(organization, door)))
    for account in organization.accounts:
        trust = {"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": {"AWS": f"arn:aws:iam::{MANAGEMENT_ACCOUNT}:root"},
            "Condition": {"StringEquals": {"sts:ExternalId": EXTERNAL_ID}}}]}
        organization.client(account, "iam").create_role(
            RoleName=COLLECTOR_ROLE, AssumeRolePolicyDocument=json.dumps(trust), Description="read by the collector")
    return organization


def seed(url):
    """Founds the organisation and fills each account; returns the `Organization`."""
    organization = found(url)
    work = [(account, "us-east-1", each) for account in organization.accounts for each in GLOBAL_SEEDS]
    work += [(account, region, each) for account in organization.accounts for region in REGIONS
             for each in REGIONAL_SEEDS]

    def fill(job):
        account, region, make = job
        make(lambda service: organization.client(account, service, region), account, region)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fill, work))
    return organization


if __name__ == "__main__":
    print(json.dumps([{key: value for key, value in asdict(each).items() if key != "keys"}
                      for each in seed(sys.argv[1]).accounts], ensure_ascii=False))
