"""What the inventory has to hold, found with boto3 alone: written by hand from AWS's documentation, not from the
catalogue, so that a wrong entry there shows.

`documents(...)` answers each resource of a type by its resource id, with the document that the AWS CLI (version 2)
prints for it, and the members that the follow-up calls add.
"""
import base64
import datetime
from dataclasses import dataclass, field
from typing import Callable

import jmespath
from botocore.exceptions import ClientError

REDACTED = "[redacted]"


@dataclass
class Call:
    """A follow-up call. Without `into`, its answer's members join the document."""

    method: str
    arguments: Callable            # (item, document, parent's item) → keyword arguments
    path: str = "@"
    into: str = None
    absent: tuple = ()             # error codes that mean that there is nothing


@dataclass
class Kind:
    """How boto3 lists one resource type."""

    method: str
    items: str
    key: Callable                  # (item, document, parent's item) → resource id
    arguments: list = field(default_factory=lambda: [{}])
    member: str = None             # for listings of bare strings: where the string stands in the document
    calls: tuple = ()
    redacted: tuple = ()           # paths of members, `*` for every value
    parent: tuple = None           # (type, arguments from the parent's item)
    moving: tuple = ()             # members that change between two calls


def member(name):
    return lambda item, document, parent: document[name]


def qualified(kind, name=None, above=None):
    def key(item, document, parent):
        parts = [kind] + ([parent[above] if above != "@" else parent] if above else [])
        return "/".join(parts + [item[name] if name else item])
    return key


def tagging(method, argument, source, path, into="Tags", **more):
    return Call(method, lambda item, document, parent: {argument: document[source]}, path, into, **more)


def ec2(method, items, key, **more):
    return Kind(method, items, member(key), **more)


def rds_tags(source):
    return (tagging("list_tags_for_resource", "ResourceName", source, "TagList"),)


def elbv2_tags(source):
    return Call("describe_tags", lambda item, document, parent: {"ResourceArns": [document[source]]},
                "TagDescriptions[0].Tags", "Tags")


def bucket(method, path, into, *absent):
    return Call(method, lambda item, document, parent: {"Bucket": item["Name"]}, path, into, absent)


def attached(kind, argument):
    def arguments(item, document, parent):
        return {argument: item[argument]}
    return (Call(f"list_attached_{kind}_policies", arguments, "AttachedPolicies", "AttachedPolicies"),
            Call(f"list_{kind}_policies", arguments, "PolicyNames", "InlinePolicyNames"))


def waf(noun):
    return Kind(
        f"list_{noun}s", {"web_acl": "WebACLs[]", "ip_set": "IPSets[]"}[noun], member("ARN"),
        arguments=[{"Scope": "REGIONAL"}, {"Scope": "CLOUDFRONT"}],
        calls=(Call(f"get_{noun}", lambda item, document, parent: {
                   "Id": item["Id"], "Name": item["Name"],
                   "Scope": "CLOUDFRONT" if ":global/" in item["ARN"] else "REGIONAL"},
                   {"web_acl": "WebACL", "ip_set": "IPSet"}[noun]),
               tagging("list_tags_for_resource", "ResourceARN", "ARN", "TagInfoForResource.TagList")))


GLOBAL_SERVICES = {"iam", "s3", "cloudfront", "route53"}

KINDS = {
    "ec2/address": ec2("describe_addresses", "Addresses[]", "AllocationId"),
    "ec2/instance": ec2("describe_instances", "Reservations[].Instances[]", "InstanceId"),
    "ec2/internet-gateway": ec2("describe_internet_gateways", "InternetGateways[]", "InternetGatewayId"),
    "ec2/key-pair": ec2("describe_key_pairs", "KeyPairs[]", "KeyPairId"),
    "ec2/launch-template": ec2("describe_launch_templates", "LaunchTemplates[]", "LaunchTemplateId"),
    "ec2/nat-gateway": ec2("describe_nat_gateways", "NatGateways[]", "NatGatewayId"),
    "ec2/network-acl": ec2("describe_network_acls", "NetworkAcls[]", "NetworkAclId"),
    "ec2/network-interface": ec2("describe_network_interfaces", "NetworkInterfaces[]", "NetworkInterfaceId"),
    "ec2/route-table": ec2("describe_route_tables", "RouteTables[]", "RouteTableId"),
    "ec2/security-group": ec2("describe_security_groups", "SecurityGroups[]", "GroupId"),
    "ec2/snapshot": ec2("describe_snapshots", "Snapshots[]", "SnapshotId", arguments=[{"OwnerIds": ["self"]}]),
    "ec2/subnet": ec2("describe_subnets", "Subnets[]", "SubnetId"),
    "ec2/volume": ec2("describe_volumes", "Volumes[]", "VolumeId"),
    "ec2/vpc": ec2("describe_vpcs", "Vpcs[]", "VpcId"),
    "s3/bucket": Kind("list_buckets", "Buckets[]", member("Name"), calls=(
        bucket("get_bucket_location", "@", "Location"),
        bucket("get_bucket_tagging", "TagSet", "Tags", "NoSuchTagSet"),
        bucket("get_bucket_versioning", "@", "Versioning"),
        bucket("get_bucket_encryption", "ServerSideEncryptionConfiguration", "Encryption",
               "ServerSideEncryptionConfigurationNotFoundError"),
        bucket("get_bucket_policy", "Policy", "Policy", "NoSuchBucketPolicy"),
        bucket("get_public_access_block", "PublicAccessBlockConfiguration", "PublicAccessBlock",
               "NoSuchPublicAccessBlockConfiguration"),
        bucket("get_bucket_lifecycle_configuration", "Rules", "LifecycleRules", "NoSuchLifecycleConfiguration"),
        bucket("get_bucket_logging", "LoggingEnabled", "Logging"))),
    "rds/db-instance": Kind("describe_db_instances", "DBInstances[]", member("DBInstanceIdentifier"),
                            redacted=("PendingModifiedValues.MasterUserPassword",), moving=("LatestRestorableTime",)),
    "rds/db-cluster": Kind("describe_db_clusters", "DBClusters[]", member("DBClusterArn"),
                           moving=("EarliestRestorableTime", "LatestRestorableTime")),
    "rds/db-snapshot": Kind("describe_db_snapshots", "DBSnapshots[]", member("DBSnapshotArn")),
    "rds/db-parameter-group": Kind("describe_db_parameter_groups", "DBParameterGroups[]",
                                   member("DBParameterGroupArn"), calls=rds_tags("DBParameterGroupArn")),
    "dynamodb/table": Kind("list_tables", "TableNames[]", qualified("table"), member="TableName", calls=(
        Call("describe_table", lambda item, document, parent: {"TableName": item}, "Table"),
        tagging("list_tags_of_resource", "ResourceArn", "TableArn", "Tags"),
        Call("describe_continuous_backups", lambda item, document, parent: {"TableName": item},
             "ContinuousBackupsDescription", "ContinuousBackups"),
        Call("describe_time_to_live", lambda item, document, parent: {"TableName": item},
             "TimeToLiveDescription", "TimeToLive"))),
    "iam/role": Kind("list_roles", "Roles[]", member("Arn"), moving=("RoleLastUsed",), calls=(
        Call("get_role", lambda item, document, parent: {"RoleName": item["RoleName"]}, "Role"),
        *attached("role", "RoleName"))),
    "iam/user": Kind("list_users", "Users[]", member("Arn"), calls=(
        Call("get_user", lambda item, document, parent: {"UserName": item["UserName"]}, "User"),
        *attached("user", "UserName"),
        Call("list_groups_for_user", lambda item, document, parent: {"UserName": item["UserName"]},
             "Groups", "Groups"))),
    "iam/group": Kind("list_groups", "Groups[]", member("Arn"), calls=attached("group", "GroupName")),
    "iam/instance-profile": Kind("list_instance_profiles", "InstanceProfiles[]", member("Arn")),
    "iam/policy": Kind("list_policies", "Policies[]", member("Arn"), arguments=[{"Scope": "Local"}], calls=(
        Call("get_policy", lambda item, document, parent: {"PolicyArn": item["Arn"]}, "Policy"),
        Call("get_policy_version", lambda item, document, parent: {
            "PolicyArn": item["Arn"], "VersionId": item["DefaultVersionId"]}, "PolicyVersion", "PolicyVersion"))),
    "ecs/cluster": Kind("list_clusters", "clusterArns[]", lambda item, document, parent: item, member="clusterArn", calls=(
        Call("describe_clusters", lambda item, document, parent: {
            "clusters": [item], "include": ["ATTACHMENTS", "CONFIGURATIONS", "SETTINGS", "STATISTICS", "TAGS"]},
            "clusters[0]"),)),
    "ecs/service": Kind(
        "list_services", "serviceArns[]", lambda item, document, parent: item, member="serviceArn",
        parent=("ecs/cluster", lambda cluster: {"cluster": cluster}),
        calls=(Call("describe_services", lambda item, document, parent: {
            "services": [item], "cluster": parent, "include": ["TAGS"]}, "services[0]"),)),
    "ecs/task-definition": Kind(
        "list_task_definitions", "taskDefinitionArns[]", lambda item, document, parent: item, member="taskDefinition",
        redacted=("containerDefinitions.*.environment.*.value",),
        calls=(Call("describe_task_definition", lambda item, document, parent: {"taskDefinition": item},
                    "taskDefinition"),
               Call("list_tags_for_resource", lambda item, document, parent: {"resourceArn": item}, "tags", "tags"))),
    "eks/cluster": Kind("list_clusters", "clusters[]", qualified("cluster"), member="name", calls=(
        Call("describe_cluster", lambda item, document, parent: {"name": item}, "cluster"),)),
    "eks/nodegroup": Kind(
        "list_nodegroups", "nodegroups[]", qualified("nodegroup", above="@"), member="nodegroupName",
        parent=("eks/cluster", lambda cluster: {"clusterName": cluster}),
        calls=(Call("describe_nodegroup", lambda item, document, parent: {
            "nodegroupName": item, "clusterName": parent}, "nodegroup"),)),
    "lambda/function": Kind("list_functions", "Functions[]", member("FunctionArn"),
                            redacted=("Environment.Variables.*",),
                            calls=(tagging("list_tags", "Resource", "FunctionArn", "Tags"),)),
    "elbv2/load-balancer": Kind("describe_load_balancers", "LoadBalancers[]", member("LoadBalancerArn"), calls=(
        elbv2_tags("LoadBalancerArn"),
        tagging("describe_load_balancer_attributes", "LoadBalancerArn", "LoadBalancerArn", "Attributes", "Attributes"))),
    "elbv2/target-group": Kind("describe_target_groups", "TargetGroups[]", member("TargetGroupArn"), calls=(
        elbv2_tags("TargetGroupArn"),
        tagging("describe_target_group_attributes", "TargetGroupArn", "TargetGroupArn", "Attributes", "Attributes"))),
    "elbv2/listener": Kind(
        "describe_listeners", "Listeners[]", member("ListenerArn"), calls=(elbv2_tags("ListenerArn"),),
        parent=("elbv2/load-balancer", lambda balancer: {"LoadBalancerArn": balancer["LoadBalancerArn"]})),
    "cloudfront/distribution": Kind("list_distributions", "DistributionList.Items[]", member("ARN"), calls=(
        Call("get_distribution", lambda item, document, parent: {"Id": item["Id"]}, "Distribution"),
        tagging("list_tags_for_resource", "Resource", "ARN", "Tags.Items"))),
    "acm/certificate": Kind("list_certificates", "CertificateSummaryList[]", member("CertificateArn"), calls=(
        Call("describe_certificate", lambda item, document, parent: {"CertificateArn": item["CertificateArn"]},
             "Certificate"),
        tagging("list_tags_for_certificate", "CertificateArn", "CertificateArn", "Tags"))),
    "apigateway/rest-api": Kind("get_rest_apis", "items[]", qualified("rest-api", "id")),
    "apigateway/api-key": Kind("get_api_keys", "items[]", qualified("api-key", "id"), redacted=("value",)),
    "apigateway/usage-plan": Kind("get_usage_plans", "items[]", qualified("usage-plan", "id")),
    "apigateway/stage": Kind("get_stages", "item[]", qualified("stage", "stageName", above="id"),
                             parent=("apigateway/rest-api", lambda api: {"restApiId": api["id"]})),
    "apigatewayv2/api": Kind("get_apis", "Items[]", qualified("api", "ApiId")),
    "apigatewayv2/stage": Kind("get_stages", "Items[]", qualified("stage", "StageName", above="ApiId"),
                               parent=("apigatewayv2/api", lambda api: {"ApiId": api["ApiId"]})),
    "route53/hosted-zone": Kind("list_hosted_zones", "HostedZones[]", qualified("hosted-zone", "Id"), calls=(
        Call("list_tags_for_resource", lambda item, document, parent: {
            "ResourceType": "hostedzone", "ResourceId": item["Id"].split("/")[-1]}, "ResourceTagSet.Tags", "Tags"),)),
    "route53/health-check": Kind("list_health_checks", "HealthChecks[]", qualified("health-check", "Id"), calls=(
        Call("list_tags_for_resource", lambda item, document, parent: {
            "ResourceType": "healthcheck", "ResourceId": item["Id"]}, "ResourceTagSet.Tags", "Tags"),)),
    "cognito-idp/user-pool": Kind("list_user_pools", "UserPools[]", member("Id"), arguments=[{"MaxResults": 60}], calls=(
        Call("describe_user_pool", lambda item, document, parent: {"UserPoolId": item["Id"]}, "UserPool"),)),
    "cognito-idp/user-pool-client": Kind(
        "list_user_pool_clients", "UserPoolClients[]", qualified("user-pool-client", "ClientId", above="Id"),
        parent=("cognito-idp/user-pool", lambda pool: {"UserPoolId": pool["Id"], "MaxResults": 60}),
        redacted=("ClientSecret",),
        calls=(Call("describe_user_pool_client", lambda item, document, parent: {
            "ClientId": item["ClientId"], "UserPoolId": parent["Id"]}, "UserPoolClient"),)),
    "cognito-identity/identity-pool": Kind(
        "list_identity_pools", "IdentityPools[]", member("IdentityPoolId"), arguments=[{"MaxResults": 60}], calls=(
            Call("describe_identity_pool", lambda item, document, parent: {
                "IdentityPoolId": item["IdentityPoolId"]}),)),
    "wafv2/web-acl": waf("web_acl"),
    "wafv2/ip-set": waf("ip_set"),
    "sqs/queue": Kind("list_queues", "QueueUrls[]", qualified("queue"), member="QueueUrl", calls=(
        Call("get_queue_attributes", lambda item, document, parent: {"QueueUrl": item, "AttributeNames": ["All"]},
             "Attributes", "Attributes"),
        Call("list_queue_tags", lambda item, document, parent: {"QueueUrl": item}, "Tags", "Tags"))),
    "sns/topic": Kind("list_topics", "Topics[]", member("TopicArn"), calls=(
        tagging("get_topic_attributes", "TopicArn", "TopicArn", "Attributes", "Attributes"),
        tagging("list_tags_for_resource", "ResourceArn", "TopicArn", "Tags"))),
    "sns/subscription": Kind("list_subscriptions", "Subscriptions[]", member("SubscriptionArn")),
}


def as_printed(value):
    """A boto3 answer as the AWS CLI prints it."""
    if isinstance(value, datetime.datetime):
        # A time without a zone is printed as it came.
        return (value.astimezone(datetime.timezone.utc) if value.tzinfo else value).isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {key: as_printed(each) for key, each in value.items() if key != "ResponseMetadata"}
    if isinstance(value, list):
        return [as_printed(each) for each in value]
    return value


def redact(document, path):
    """Hides what stands at the path, `Environment.Variables.*`; what is absent stays absent."""
    name, _, rest = path.partition(".")
    places = document.keys() if isinstance(document, dict) else range(len(document))
    for place in [each for each in places if name in ("*", each)]:
        if rest:
            redact(document[place], rest)
        elif document[place] is not None:
            document[place] = REDACTED


def documents(organization, account, region, name):
    """Every resource of the type in the account and region: {resource id: document}."""
    kind = KINDS[name]
    client = organization.client(account, name.split("/")[0], region)
    found = {}
    for item, parent in listed(organization, account, region, name):
        document = item if isinstance(item, dict) else {kind.member: item}
        for call in kind.calls:
            document = follow(client, call, item, document, parent)
        for path in kind.redacted:
            redact(document, path)
        found[kind.key(item, document, parent)] = document
    return found


def listed(organization, account, region, name):
    """Every item of the type's listing with its parent's item."""
    kind = KINDS[name]
    client = organization.client(account, name.split("/")[0], region)
    parents = [None]
    if kind.parent:
        parents = [item for item, _ in listed(organization, account, region, kind.parent[0])]
    for parent in parents:
        for constant in kind.arguments:
            if constant.get("Scope") == "CLOUDFRONT" and region != "us-east-1":
                continue
            arguments = constant | (kind.parent[1](parent) if kind.parent else {})
            pages = [getattr(client, kind.method)(**arguments)]
            if client.can_paginate(kind.method):
                pages = client.get_paginator(kind.method).paginate(**arguments)
            for page in pages:
                for item in as_printed(jmespath.search(kind.items, page) or []):
                    yield item, parent


def follow(client, call, item, document, parent):
    try:
        reply = getattr(client, call.method)(**call.arguments(item, document, parent))
    except ClientError as error:
        if error.response["Error"]["Code"] in call.absent:
            return document
        raise
    value = jmespath.search(call.path, as_printed(reply))
    if not call.into:
        return document | value
    return document | {call.into: value} if value else document
