import json
import time
import unittest
from decimal import Decimal

from boto3.dynamodb.types import TypeDeserializer

from organization import collector, emulator, organization

TYPES = "ec2/instance ec2/vpc s3/bucket lambda/function dynamodb/table iam/role sqs/queue"
STORE = "\n[Store]\nType=dynamodb\nRegion=us-east-1\nInventoryTable={name}-data\nMetadataTable={name}-metadata\n" \
        "DataFormat={format}\n"


def plain(value):
    """An item's value with numbers as JSON has them."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value


class DynamoDB(unittest.TestCase):
    def tables(self, name, sort_key="accountRegion"):
        """The two tables as the replaced system made them; removed after the test."""
        client = organization().client(organization().management, "dynamodb")
        keys = {f"{name}-data": ("pk", "sk"), f"{name}-metadata": ("service", sort_key)}
        for table, (partition, sort) in keys.items():
            indexed = table.endswith("metadata")
            names = {partition, sort} | ({"accountId", "region"} if indexed else set())
            index = {"GlobalSecondaryIndexes": [{
                "IndexName": "accountId-index", "Projection": {"ProjectionType": "ALL"},
                "KeySchema": [{"AttributeName": "accountId", "KeyType": "HASH"},
                              {"AttributeName": "region", "KeyType": "RANGE"}]}]} if indexed else {}
            client.create_table(
                TableName=table, BillingMode="PAY_PER_REQUEST", **index,
                AttributeDefinitions=[{"AttributeName": each, "AttributeType": "S"} for each in names],
                KeySchema=[{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}])
            self.addCleanup(client.delete_table, TableName=table)

    def items(self, table):
        client = organization().client(organization().management, "dynamodb")
        pages = client.get_paginator("scan").paginate(TableName=table)
        read = TypeDeserializer()
        return [{key: read.deserialize(value) for key, value in item.items()}
                for page in pages for item in page["Items"]]

    def test_items(self):
        """The tables hold what SQLite holds: the same keys, data as maps, life and metadata."""
        self.tables("maps")
        with collector(Types=TYPES) as reference, \
                collector(store=STORE.format(name="maps", format="map"), Types=TYPES) as ours:
            reference.start()
            ours.start()
            reference.refresh()
            before = int(time.time())
            ours.refresh()
            after = int(time.time())
            # The tables themselves are resources, whose item counts move.
            wanted = {(each["service"], each["accountId"], each["region"], each["resourceId"]): each
                      for each in reference.resources() if "table/maps" not in each["resourceId"]}
            items = [each for each in self.items("maps-data") if "table/maps" not in each["sk"]]
            self.assertEqual(len(items), len(wanted))
            for item in items:
                each = wanted[item["service"], item["accountId"], item["region"], item["resourceId"]]
                self.assertEqual(item["pk"], f"{each['service']}#{each['accountId']}#{each['region']}")
                self.assertEqual(item["sk"], each["resourceId"])
                self.assertTrue(before <= int(item["ttl"]) - 90 * 86_400 <= after)
                self.assertRegex(item["updatedAt"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
                self.assertEqual(plain(item["tags"]), each["tags"])
                self.assertEqual(item["resourceType"], each["resourceType"])
                if each["resourceType"] != "iam/role":  # when a role was last used moves
                    self.assertEqual(plain(item["data"]), each["data"])
            self.check_metadata(self.items("maps-metadata"), reference)
            listed = ours.resources()
            self.assertEqual(len(listed), len(self.items("maps-data")))

    def check_metadata(self, records, reference):
        units = {(each["service"], each["accountId"], each["region"]): each for each in reference.metadata()["units"]}
        self.assertEqual(len(records), len(units))
        for record in records:
            unit = units[record["service"], record["accountId"], record["region"]]
            self.assertEqual(record["accountRegion"], f"{record['accountId']}#{record['region']}")
            if record["service"] != "dynamodb":
                self.assertEqual(int(record["resourceCount"]), unit["resourceCount"])
            self.assertIn("updatedAt", record)

    def test_data_as_text(self):
        """DataFormat=json keeps the resource as a string of JSON, and reads it back the same."""
        self.tables("texts")
        with collector(store=STORE.format(name="texts", format="json"), Types="ec2/vpc") as ours:
            ours.start()
            ours.refresh()
            listed = {each["resourceId"]: each["data"] for each in ours.resources()}
            stored = {each["sk"]: json.loads(each["data"]) for each in self.items("texts-data")}
            self.assertEqual(stored, listed)
            self.assertEqual(len(stored), 12)

    def test_unchanged_is_not_written(self):
        """A second refresh writes no item, and a deleted resource leaves the table."""
        self.tables("again")
        queues = organization().client(organization().members[0], "sqs", "eu-west-1")
        doomed = queues.create_queue(QueueName="short-lived")["QueueUrl"]
        with collector(store=STORE.format(name="again", format="map"), Types="sqs/queue ec2/vpc") as ours:
            ours.start()
            ours.refresh()
            first = {each["sk"]: each for each in self.items("again-data")}
            queues.delete_queue(QueueUrl=doomed)
            emulator().requests()
            ours.refresh()
            writes = [each for each in emulator().requests()
                      if each[0] == "dynamodb" and each[1] in ("BatchWriteItem", "PutItem")]
            second = {each["sk"]: each for each in self.items("again-data")}
            self.assertEqual(set(first) - set(second), {f"queue/{doomed}"})
            self.assertEqual({key: first[key] for key in second}, second)
            # One write deletes; the others are the metadata of twelve units.
            self.assertLessEqual(len(writes), 13, writes)

    def test_least_privilege(self):
        """The printed policy allows exactly the calls that the store makes, from no table to a change of a resource."""
        client = organization().client(organization().management, "dynamodb")
        for table in ("least-data", "least-metadata"):
            self.addCleanup(client.delete_table, TableName=table)
        queues = organization().client(organization().members[0], "sqs", "eu-west-1")
        with collector(store=STORE.format(name="least", format="map"), Types="sqs/queue") as ours:
            emulator().requests()
            ours.start()
            ours.refresh()
            made = queues.create_queue(QueueName="soon-gone")["QueueUrl"]
            ours.refresh()
            queues.tag_queue(QueueUrl=made, Tags={"stage": "test"})
            ours.refresh()
            queues.delete_queue(QueueUrl=made)
            ours.refresh()
            self.assertTrue(ours.resources())
            self.assertTrue(ours.metadata("--service", "sqs")["units"])
            self.assertTrue(ours.metadata()["units"])
            made = {f"dynamodb:{each[1]}" for each in emulator().requests() if each[0] == "dynamodb"}
            allowed = {action for each in json.loads(ours.ctl("iam-policy", "-o", "json"))
                       for statement in each["document"]["Statement"] for action in statement["Action"]
                       if action.startswith("dynamodb:")}
        # Rows are renewed by UpdateItem when part of their life is over, which no test waits for.
        self.assertEqual(made | {"dynamodb:UpdateItem"}, allowed)
        self.assertIn("dynamodb:BatchGetItem", made)

    def test_too_large_item(self):
        """A resource that no item can hold is named with its size; the others are stored and nothing is deleted."""
        self.tables("large")
        queues = organization().client(organization().members[0], "sqs", "eu-west-1")
        policy = json.dumps({"Version": "2012-10-17", "Statement": [
            {"Sid": "x" * 410_000, "Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}]})
        with collector(store=STORE.format(name="large", format="map"), Types="sqs/queue", Regions="eu-west-1") as ours:
            gone = queues.create_queue(QueueName="soon-gone")["QueueUrl"]
            ours.start()
            ours.refresh()
            before = {each["sk"] for each in self.items("large-data")}
            queues.delete_queue(QueueUrl=gone)
            for name, attributes in (("a-huge-one", {"Policy": policy}), ("z-small-one", {})):
                self.addCleanup(queues.delete_queue, QueueUrl=queues.create_queue(
                    QueueName=name, Attributes=attributes)["QueueUrl"])
            coverage = ours.refresh(code=7)
            failed = [each for each in coverage["listings"] if each["outcome"] != "complete"]
            self.assertEqual([each["outcome"] for each in failed], ["failed"])
            self.assertRegex(str(failed[0]["error"]), "NotStorable.*a-huge-one.* of 41[0-9]{4} bytes")
            after = {each["sk"] for each in self.items("large-data")}
            self.assertLess(before, after)
            self.assertTrue(any("z-small-one" in each for each in after))
            self.assertFalse(any("a-huge-one" in each for each in after))

    def test_foreign_sort_key(self):
        """In a metadata table that exists, the sort key keeps the name that it has there."""
        self.tables("foreign", sort_key="account_region")
        with collector(store=STORE.format(name="foreign", format="map"), Types="ec2/vpc") as ours:
            ours.start()
            ours.refresh()
            self.assertEqual(len({each["account_region"] for each in self.items("foreign-metadata")}), 6)

    def test_missing_tables(self):
        """Tables that are missing are made, with the contract's keys, the index by account and expiry by ttl."""
        client = organization().client(organization().management, "dynamodb")
        for table in ("fresh-data", "fresh-metadata"):
            self.addCleanup(client.delete_table, TableName=table)
        with collector(store=STORE.format(name="fresh", format="map"), Types="ec2/vpc") as ours:
            self.assertEqual(ours.daemon("--once").returncode, 0)
        described = {name: client.describe_table(TableName=f"fresh-{name}")["Table"] for name in ("data", "metadata")}

        def keys(table):
            return [each["AttributeName"] for each in table["KeySchema"]]

        self.assertEqual(keys(described["data"]), ["pk", "sk"])
        self.assertEqual(keys(described["metadata"]), ["service", "accountRegion"])
        index = described["metadata"]["GlobalSecondaryIndexes"][0]
        self.assertEqual((index["IndexName"], keys(index)), ("accountId-index", ["accountId", "region"]))
        expiry = client.describe_time_to_live(TableName="fresh-data")["TimeToLiveDescription"]
        self.assertEqual((expiry["TimeToLiveStatus"], expiry["AttributeName"]), ("ENABLED", "ttl"))

    def test_foreign_table(self):
        """A table with another key is refused by name before anything is collected."""
        client = organization().client(organization().management, "dynamodb")
        client.create_table(
            TableName="other-data", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
        self.addCleanup(client.delete_table, TableName="other-data")
        with collector(store=STORE.format(name="other", format="map"), Types="ec2/vpc") as ours:
            done = ours.daemon("--once")
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("other-data", done.stderr)
