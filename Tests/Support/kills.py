"""Kills a daemon at random instants while it refreshes, and holds what it makes of that against the truth.

A round changes what exists, asks for a refresh, kills the daemon several times (kill -9; in some rounds the last
writes of its databases are lost too, as in a power failure), starts it again each time, and waits for the run's end.
The emulator tells which calls were made between two kills. Everything random comes from one seed.
"""
import collections
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time

from collector import Collector
from seed_organization import COLLECTOR_ROLE, EXTERNAL_ID, found

REGION = "us-east-1"
# How long the emulator takes for each call; the daemon makes four at a time, so that a run takes about two seconds.
DELAY = 0.02
WORKERS = 4
# Small pages: an operator's own catalogue entries for types that the emulator pages, with and without follow-up calls.
TAGS = {"path": "tags", "into": "Tags"}
ENTRIES = {
    "ssm": {"parameter": {
        "group": "core", "operation": "DescribeParameters", "items": "Parameters[]", "id": "Name", "key": "qualified",
        "inputs": [{"members": {"MaxResults": 4}}], "pages": {"in": ["NextToken"], "out": ["NextToken"]},
        "actions": ["ssm:DescribeParameters"]}},
    "logs": {"log-group": {
        "group": "core", "operation": "DescribeLogGroups", "items": "logGroups[]", "id": "logGroupName",
        "key": "qualified", "inputs": [{"members": {"limit": 3}}],
        "pages": {"in": ["nextToken"], "out": ["nextToken"]}, "actions": ["logs:DescribeLogGroups"],
        "enrichments": [{"operation": "ListTagsForResource", "inputs": {"resourceArn": "logGroupArn"}, **TAGS}]}},
    "dynamodb": {"table": {
        "group": "core", "operation": "ListTables", "items": "TableNames[]", "id": "@", "key": "qualified",
        "inputs": [{"members": {"Limit": 2}}],
        "pages": {"in": ["ExclusiveStartTableName"], "out": ["LastEvaluatedTableName"]},
        "detail": {"operation": "DescribeTable", "inputs": {"TableName": "@"}, "path": "Table"},
        "member": "TableName", "actions": ["dynamodb:ListTables", "dynamodb:DescribeTable"]}},
    # A parent, its children and theirs, each in pages.
    "events": {
        "event-bus": {
            "group": "core", "operation": "ListEventBuses", "items": "EventBuses[]", "id": "Name", "arn": "Arn",
            "key": "arn", "inputs": [{"members": {"Limit": 2}}], "pages": {"in": ["NextToken"], "out": ["NextToken"]},
            "actions": ["events:ListEventBuses", "events:ListTagsForResource"],
            "enrichments": [{"operation": "ListTagsForResource", "inputs": {"ResourceARN": "Arn"}, "path": "Tags",
                             "into": "Tags"}]},
        "rule": {
            "group": "core", "operation": "ListRules", "items": "Rules[]", "id": "Name", "arn": "Arn", "key": "arn",
            "inputs": [{"members": {"Limit": 2}}], "pages": {"in": ["NextToken"], "out": ["NextToken"]},
            "parent": {"kind": "event-bus", "inputs": {"EventBusName": "Name"}},
            "detail": {"operation": "DescribeRule", "inputs": {"Name": "Name", "EventBusName": "EventBusName"}},
            "actions": ["events:ListRules", "events:DescribeRule"]},
        "rule-target": {
            "group": "core", "operation": "ListTargetsByRule", "items": "Targets[]", "id": "Id", "key": "qualified",
            "inputs": [{"members": {"Limit": 2}}], "pages": {"in": ["NextToken"], "out": ["NextToken"]},
            "parent": {"kind": "rule", "inputs": {"Rule": "Name", "EventBusName": "EventBusName"}},
            "actions": ["events:ListTargetsByRule"]}},
}
PATTERN = json.dumps({"source": ["test"]})
TYPES = "ssm/parameter logs/log-group dynamodb/table events/event-bus events/rule events/rule-target"
# The calls of these listings are their pages.
PAGES = {"DescribeParameters", "DescribeLogGroups", "ListTables", "ListEventBuses", "ListRules", "ListTargetsByRule"}
# Once a child's page has been asked for, its parent is complete and never asked again.
PARENTS = {"ListRules": "ListEventBuses", "ListTargetsByRule": "ListRules"}


class World:
    """Two accounts whose resources can be made and taken away, and the truth about them."""

    def __init__(self, emulator, chance):
        self.chance = chance
        self.organization = found(emulator.url)
        self.accounts = self.organization.accounts[1:]
        self.truth = {(account.id, each): set() for account in self.accounts for each in TYPES.split()}
        for account in self.accounts:
            self.truth[account.id, "events/event-bus"].add("default")
        # Where a rule and a target are.
        self.bus, self.rule = {}, {}
        self.number = 0
        self.changes = {"created": len(self.accounts), "deleted": 0}
        for kind, count in (("ssm/parameter", 36), ("logs/log-group", 17), ("dynamodb/table", 9),
                            ("events/event-bus", 4), ("events/rule", 7), ("events/rule-target", 9)):
            for account in self.accounts:
                for _ in range(count):
                    self.make(account, kind)

    def client(self, account, service):
        return self.organization.client(account, service, REGION)

    def make(self, account, kind):
        self.number += 1
        self.changes["created"] += 1
        name = f"{kind.split('/')[1]}-{self.number}"
        if kind == "ssm/parameter":
            self.client(account, "ssm").put_parameter(Name=name, Value="x", Type="String")
        elif kind == "logs/log-group":
            self.client(account, "logs").create_log_group(logGroupName=name, tags={"number": str(self.number)})
        elif kind == "dynamodb/table":
            self.client(account, "dynamodb").create_table(
                TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}])
        elif kind == "events/event-bus":
            self.client(account, "events").create_event_bus(Name=name)
        elif kind == "events/rule":
            bus = self.chance.choice(sorted(self.truth[account.id, "events/event-bus"]))
            self.client(account, "events").put_rule(Name=name, EventBusName=bus, EventPattern=PATTERN)
            self.bus[account.id, name] = bus
        else:
            rule = self.chance.choice(sorted(self.truth[account.id, "events/rule"]))
            target = {"Id": name, "Arn": f"arn:aws:sqs:{REGION}:{account.id}:{name}"}
            self.client(account, "events").put_targets(
                Rule=rule, EventBusName=self.bus[account.id, rule], Targets=[target])
            self.rule[account.id, name] = rule
        self.truth[account.id, kind].add(name)

    def take(self, account, kind, name):
        self.changes["deleted"] += 1
        if kind == "ssm/parameter":
            self.client(account, "ssm").delete_parameter(Name=name)
        elif kind == "logs/log-group":
            self.client(account, "logs").delete_log_group(logGroupName=name)
        elif kind == "dynamodb/table":
            self.client(account, "dynamodb").delete_table(TableName=name)
        else:
            rule = self.rule.pop((account.id, name))
            self.client(account, "events").remove_targets(
                Rule=rule, EventBusName=self.bus[account.id, rule], Ids=[name])
        self.truth[account.id, kind].discard(name)

    def change(self):
        """A few resources go and a few come, so that the counts stay."""
        self.changes = {"created": 0, "deleted": 0}
        for account in self.accounts:
            for kind, count in (("ssm/parameter", 5), ("logs/log-group", 3), ("dynamodb/table", 1),
                                ("events/rule-target", 2)):
                for name in self.chance.sample(sorted(self.truth[account.id, kind]), count):
                    self.take(account, kind, name)
                    self.make(account, kind)

    @property
    def resources(self):
        """{(account, type, name)} of all that exist."""
        return {(account, kind, name) for (account, kind), names in self.truth.items() for name in names}


def flushed(path):
    """The length of the log that is on the disk for certain: SQLite flushes it before it copies any of it into the database
    (walformat, "WAL-Index": the number of frames that a checkpoint has set out to copy stands at byte 128)."""
    with open(path + "-wal", "rb") as log, open(path + "-shm", "rb") as index:
        page = int.from_bytes(log.read(12)[8:], "big")
        index.seek(128)
        return 32 + int.from_bytes(index.read(4), sys.byteorder) * (24 + page)


def log_position(path):
    """The identity of a write-ahead log's present filling, and its length."""
    try:
        with open(path + "-wal", "rb") as file:
            head = file.read(32)
            return head[16:24], os.path.getsize(path + "-wal")
    except FileNotFoundError:
        return b"", 0


class Kills:
    """Rounds of kills on one daemon's directory."""

    def __init__(self, emulator, seed, tell=print):
        self.seed, self.tell, self.emulator = seed, tell, emulator
        self.chance = random.Random(seed)
        self.world = World(emulator, self.chance)
        accounts = "".join(f"[Account {each.id}]\nRoleArn=arn:aws:iam::{each.id}:role/{COLLECTOR_ROLE}\n"
                           f"ExternalId={EXTERNAL_ID}\n" for each in self.world.accounts)
        self.collector = Collector(
            emulator.url, "\n[Store]\nType=sqlite\n" + accounts + "\n[Schedule never]\nCron=at(2199-01-01T00:00:00)\n",
            Types=TYPES, Regions=REGION, Workers=WORKERS)
        folder = os.path.join(self.collector.folder, "catalogue.d")
        os.mkdir(folder)
        with open(os.path.join(folder, "small-pages.json"), "w", encoding="utf-8") as file:
            json.dump({"services": {service: {"types": types} for service, types in ENTRIES.items()}}, file)
        self.state = os.path.join(self.collector.folder, "state.db")
        self.kills = self.rounds = self.repeated = self.calls = 0

    def close(self):
        self.collector.stop(signal.SIGKILL)
        shutil.rmtree(self.collector.folder, ignore_errors=True)

    def run(self, kills):
        """Rounds until so many kills have been made; an AssertionError tells what did not hold, with the seed."""
        self.emulator.fault(delay=DELAY)
        while self.kills < kills:
            before = self.kills
            try:
                self.round(min(self.chance.randint(1, 7), kills - self.kills))
            except AssertionError as error:
                raise AssertionError(f"seed {self.seed}, round {self.rounds}, kill {self.kills}: {error}") from error
            self.tell(f"round {self.rounds}: {self.kills - before} kills, {self.kills} in all; "
                      f"{self.calls} pages asked for, {self.repeated} of them again")

    def round(self, kills):
        self.rounds += 1
        if self.rounds > 1:
            self.emulator.heal()
            self.world.change()
            self.emulator.fault(delay=DELAY)
        ours = self.collector
        if ours.process is None:
            ours.start()
        self.emulator.calls()
        run = json.loads(ours.ctl("refresh", "-o", "json"))["run"]
        begun = log_position(self.state)
        stored, fate = set(), self.chance.random()
        # A quarter of the rounds loses power with the last writes, another one power alone.
        loses = fate < 0.25
        for _ in range(kills):
            time.sleep(self.chance.uniform(0, 0.9))
            if self.ended(run):
                break
            ours.stop(signal.SIGKILL)
            self.kills += 1
            if loses:
                self.lose_power(begun)
                stored = set()
            if fate < 0.5:
                self.start_machine()
            now = self.stored()
            lost = (stored - now) & self.world.resources
            assert not lost, f"rows of resources that exist are gone from the store: {sorted(lost)[:5]}"
            stored = now
            ours.start()
        ours.wait_for(lambda: self.ended(run), f"run {run} ends", 60)
        self.count(is_strict=not loses)
        self.check(run)

    def ended(self, run):
        return json.loads(self.collector.ctl("show", run, "-o", "json", code=None))["state"] != "running"

    def count(self, is_strict):
        """Counts the pages that each process asked for: of each listing it may ask once again for the page in flight.

        Each process has sessions of its own, so the key tells whose a call is, however late the emulator gets to it.
        """
        sessions = collections.defaultdict(collections.Counter)
        for _, operation, _, account, key, request in self.emulator.calls():
            if operation in PAGES:
                sessions[account, key][operation, request] += 1
        asked = collections.defaultdict(set)
        done = collections.defaultdict(set)
        for (account, _), pages in sessions.items():
            again = collections.Counter(operation for operation, request in pages if (operation, request) in asked[account])
            asked[account].update(pages)
            self.calls += sum(pages.values())
            self.repeated += sum(again.values())
            if is_strict:
                assert max(pages.values()) == 1, f"a page was asked for twice by one process of {account}: {pages}"
                assert not again or max(again.values()) == 1, f"{account}: more than the page in flight again: {again}"
                late = {operation for operation, _ in pages} & done[account]
                assert not late, f"{account}: {late} were complete in an earlier process and are asked for again"
            done[account].update(PARENTS[operation] for operation, _ in pages if operation in PARENTS)

    def lose_power(self, begun):
        """Cuts the logs' last writes off, as a machine that lost its power has not written them; what was flushed
        (the record of the run's begin) stays."""
        for path in (self.state, self.collector.database):
            filling, size = log_position(path)
            if not size:
                continue
            least = begun[1] if path == self.state and filling == begun[0] else 32
            least = max(least, flushed(path))
            os.truncate(path + "-wal", self.chance.randint(min(least, size), size))

    def start_machine(self):
        """The daemon takes the machine for started anew since its last process."""
        with sqlite3.connect(self.state) as database:
            database.execute("UPDATE runs SET boot = 'another start'")
        database.close()

    def stored(self):
        """{(account, type, name)} of the store's rows, read from a copy so that the files stay as the kill left them."""
        with tempfile.TemporaryDirectory() as folder:
            for suffix in ("", "-wal"):
                if os.path.exists(self.collector.database + suffix):
                    shutil.copy(self.collector.database + suffix, os.path.join(folder, "copy.db" + suffix))
            database = sqlite3.connect(os.path.join(folder, "copy.db"))
            try:
                rows = database.execute("SELECT accountId, resourceType, sk FROM inventory").fetchall()
            except sqlite3.OperationalError as error:
                # The loss of power may take a young file's tables too.
                if "no such table" not in str(error):
                    raise
                rows = []
            finally:
                database.close()
        return {(account, kind, name(key)) for account, kind, key in rows}

    def check(self, run):
        """The run has ended once, accounts for everything, and the store holds what exists."""
        ours = self.collector
        runs = json.loads(ours.ctl("runs", "-o", "json", "--limit", "100"))
        runs = runs["runs"] if isinstance(runs, dict) else runs
        assert [each["id"] for each in runs].count(run) == 1, f"{run} is told more than once"
        assert not any(each["state"] == "running" for each in runs), "a run is under way that nobody asked for"
        coverage = ours.coverage(run)
        expected = len(self.world.accounts) * len(TYPES.split())
        assert coverage["planned"] == expected == sum(coverage["outcomes"].values()), f"{coverage}"
        assert coverage["outcomes"] == {"complete": expected}, f"{coverage['outcomes']}"
        assert len(coverage["listings"]) == expected
        counts = {(each["account"], each["type"]): each["count"] for each in coverage["listings"]}
        assert counts == {key: len(names) for key, names in self.world.truth.items()}, f"{counts}"
        # Whatever the processes that wrote and deleted came to.
        record = json.loads(ours.ctl("show", run, "-o", "json"))
        told = {each: record[each] for each in ("created", "deleted")}
        assert told == self.world.changes, f"the run tells {told} of {self.world.changes}"
        stored, exist = self.stored(), self.world.resources
        assert stored == exist, f"missing {sorted(exist - stored)[:5]}, too much {sorted(stored - exist)[:5]}"
        with sqlite3.connect(self.collector.database) as database:
            units = database.execute("SELECT service, accountId, runId, status, resourceCount FROM metadata").fetchall()
        database.close()
        for service, account, last, status, count in units:
            owned = sum(1 for each in exist if each[0] == account and each[1].startswith(service + "/"))
            assert (last, status, count) == (run, "ok", owned), f"{service} {account}: {last} {status} {count} {owned}"


def name(key):
    """The bare name in a stored key: of an ARN, `kind/name` or the name itself."""
    return key.split("/")[-1].split(":")[-1]
