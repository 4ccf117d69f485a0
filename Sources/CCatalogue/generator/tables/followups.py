"""Further calls per resource.

`inputs` are paths in the item, or with a prefix: `@` the item itself, `^` the parent's item, `%` the detail call's
document, `$` the list call's constant input; a trailing `~` keeps what follows the last slash.
"""


def call(operation, inputs, path="", into=None, constants=None, ignore=None, batch=None, items=None, match=None,
         region=None):
    """One follow-up call, as it is written to the data files."""
    found = {"operation": operation, "inputs": inputs}
    optional = {"constants": constants, "path": path, "into": into, "ignore": ignore, "batch": batch, "items": items,
                "match": match, "region": region}
    return {**found, **{name: value for name, value in optional.items() if value}}


def tags(operation, inputs, path="Tags", **more):
    return call(operation, inputs, path=path, into="Tags", **more)


def bucket(operation, path="", into=None, ignore=None):
    """A bucket's own settings are only answered by the region it lives in."""
    return call(operation, {"Bucket": "Name"}, path=path, into=into, ignore=ignore and [ignore],
                region="BucketRegion || %LocationConstraint")


def waf(operation, path):
    return call(operation, {"Id": "Id", "Name": "Name", "Scope": "$Scope"}, path=path)


def ssm_tags(kind, member):
    return tags("ListTagsForResource", {"ResourceId": member}, path="TagList", constants={"ResourceType": kind})


WAF_TAGS = tags("ListTagsForResource", {"ResourceARN": "ARN"}, path="TagInfoForResource.TagList")


def elb_tags(member):
    return tags("DescribeTags", {"ResourceArns": member}, batch=20, items="TagDescriptions[]", match="ResourceArn")


# Types that can be tagged although neither CloudFormation nor IAM's reference says so.
TAGGED = {"dms/endpoint"}

# The call that describes what the list only names; None: none, although one could be derived.
DETAILS = {
    "athena:ListDataCatalogs": call("GetDataCatalog", {"Name": "CatalogName"}, path="DataCatalog"),
    "athena:ListWorkGroups": call("GetWorkGroup", {"WorkGroup": "Name"}, path="WorkGroup"),
    "cloudfront:ListDistributions": call("GetDistribution", {"Id": "Id"}, path="Distribution"),
    "codedeploy:ListDeployments": call("GetDeployment", {"deploymentId": "@"}, path="deploymentInfo"),
    "codepipeline:ListPipelines": call("GetPipeline", {"name": "name"}),
    "ecs:ListClusters": call(
        "DescribeClusters", {"clusters": "@"}, batch=100, items="clusters[]", match="clusterArn",
        constants={"include": ["ATTACHMENTS", "CONFIGURATIONS", "SETTINGS", "STATISTICS", "TAGS"]}),
    "ecs:ListContainerInstances": call(
        "DescribeContainerInstances", {"containerInstances": "@", "cluster": "^@"}, batch=100,
        items="containerInstances[]", match="containerInstanceArn", constants={"include": ["TAGS"]}),
    "ecs:ListServices": call(
        "DescribeServices", {"services": "@", "cluster": "^@"}, batch=10, items="services[]", match="serviceArn",
        constants={"include": ["TAGS"]}),
    "ecs:ListTasks": call(
        "DescribeTasks", {"tasks": "@", "cluster": "^@"}, batch=100, items="tasks[]", match="taskArn",
        constants={"include": ["TAGS"]}),
    "events:ListRules": call("DescribeRule", {"Name": "Name", "EventBusName": "EventBusName"}),
    "iam:ListPolicies": call("GetPolicy", {"PolicyArn": "Arn"}, path="Policy"),
    "iam:ListRoles": call("GetRole", {"RoleName": "RoleName"}, path="Role"),
    "iam:ListUsers": call("GetUser", {"UserName": "UserName"}, path="User"),
    "iot:ListTopicRules": call("GetTopicRule", {"ruleName": "ruleName"}),
    "kinesis:ListStreams": call(
        "DescribeStreamSummary", {"StreamName": "StreamName"}, path="StreamDescriptionSummary"),
    "opensearch:ListDomainNames": call(
        "DescribeDomains", {"DomainNames": "DomainName"}, batch=5, items="DomainStatusList[]", match="DomainName"),
    "s3:ListBuckets": call("GetBucketLocation", {"Bucket": "Name"}, into="Location"),
    "sagemaker:ListModelPackages": call("DescribeModelPackage", {"ModelPackageName": "ModelPackageArn"}),
    "sns:ListTopics": call("GetTopicAttributes", {"TopicArn": "TopicArn"}, path="Attributes", into="Attributes"),
    "sqs:ListQueues": call(
        "GetQueueAttributes", {"QueueUrl": "@"}, path="Attributes", into="Attributes",
        constants={"AttributeNames": ["All"]}),
    "ssm:DescribeParameters": None,
    "ssm:ListDocuments": call("DescribeDocument", {"Name": "Name"}, path="Document"),
    "wafv2:ListIPSets": waf("GetIPSet", "IPSet"),
    "wafv2:ListRegexPatternSets": waf("GetRegexPatternSet", "RegexPatternSet"),
    "wafv2:ListRuleGroups": waf("GetRuleGroup", "RuleGroup"),
    "wafv2:ListWebACLs": waf("GetWebACL", "WebACL"),
}

# Further documents, each put under a member of its own.
ENRICHMENTS = {
    "acm:ListCertificates": [tags("ListTagsForCertificate", {"CertificateArn": "CertificateArn"})],
    "cloudfront:ListDistributions": [tags("ListTagsForResource", {"Resource": "ARN"}, path="Tags.Items")],
    "cloudtrail:DescribeTrails": [
        call("GetTrailStatus", {"Name": "TrailARN"}, into="Status"),
        tags("ListTags", {"ResourceIdList": "TrailARN"}, path="TagsList", batch=20, items="ResourceTagList[]",
             match="ResourceId"),
    ],
    "codepipeline:ListPipelines": [
        call("ListTagsForResource", {"resourceArn": "%metadata.pipelineArn"}, path="tags", into="tags"),
    ],
    "cloudtrail:ListEventDataStores": [
        tags("ListTags", {"ResourceIdList": "EventDataStoreArn"}, path="TagsList", batch=20,
             items="ResourceTagList[]", match="ResourceId"),
    ],
    "dax:DescribeClusters": [tags("ListTags", {"ResourceName": "ClusterArn"})],
    "dynamodb:ListTables": [
        tags("ListTagsOfResource", {"ResourceArn": "%TableArn"}),
        call("DescribeContinuousBackups", {"TableName": "@"}, path="ContinuousBackupsDescription",
             into="ContinuousBackups"),
        call("DescribeTimeToLive", {"TableName": "@"}, path="TimeToLiveDescription", into="TimeToLive"),
    ],
    "ecs:ListTaskDefinitions": [call("ListTagsForResource", {"resourceArn": "@"}, path="tags", into="tags")],
    "elb:DescribeLoadBalancers": [
        tags("DescribeTags", {"LoadBalancerNames": "LoadBalancerName"}, batch=20, items="TagDescriptions[]",
             match="LoadBalancerName"),
        call("DescribeLoadBalancerAttributes", {"LoadBalancerName": "LoadBalancerName"}, path="LoadBalancerAttributes",
             into="Attributes"),
    ],
    "elbv2:DescribeListeners": [elb_tags("ListenerArn")],
    "elbv2:DescribeLoadBalancers": [
        elb_tags("LoadBalancerArn"),
        call("DescribeLoadBalancerAttributes", {"LoadBalancerArn": "LoadBalancerArn"}, path="Attributes",
             into="Attributes"),
    ],
    "elbv2:DescribeRules": [elb_tags("RuleArn")],
    "elbv2:DescribeTrustStores": [elb_tags("TrustStoreArn")],
    "firehose:ListDeliveryStreams": [tags("ListTagsForDeliveryStream", {"DeliveryStreamName": "@"})],
    "elbv2:DescribeTargetGroups": [
        elb_tags("TargetGroupArn"),
        call("DescribeTargetGroupAttributes", {"TargetGroupArn": "TargetGroupArn"}, path="Attributes",
             into="Attributes"),
    ],
    "iam:ListGroups": [
        call("ListAttachedGroupPolicies", {"GroupName": "GroupName"}, path="AttachedPolicies",
             into="AttachedPolicies"),
        call("ListGroupPolicies", {"GroupName": "GroupName"}, path="PolicyNames", into="InlinePolicyNames"),
    ],
    "iam:ListPolicies": [
        call("GetPolicyVersion", {"PolicyArn": "Arn", "VersionId": "DefaultVersionId"}, path="PolicyVersion",
             into="PolicyVersion"),
    ],
    "iam:ListRoles": [
        call("ListAttachedRolePolicies", {"RoleName": "RoleName"}, path="AttachedPolicies", into="AttachedPolicies"),
        call("ListRolePolicies", {"RoleName": "RoleName"}, path="PolicyNames", into="InlinePolicyNames"),
    ],
    "iam:ListServerCertificates": [
        tags("ListServerCertificateTags", {"ServerCertificateName": "ServerCertificateName"}),
    ],
    "iam:ListUsers": [
        call("ListAttachedUserPolicies", {"UserName": "UserName"}, path="AttachedPolicies", into="AttachedPolicies"),
        call("ListUserPolicies", {"UserName": "UserName"}, path="PolicyNames", into="InlinePolicyNames"),
        call("ListGroupsForUser", {"UserName": "UserName"}, path="Groups", into="Groups"),
    ],
    "kinesis:ListStreams": [tags("ListTagsForStream", {"StreamName": "StreamName"})],
    "kms:ListKeys": [tags("ListResourceTags", {"KeyId": "KeyId"}, ignore=["AccessDeniedException"])],
    "lambda:ListFunctions": [tags("ListTags", {"Resource": "FunctionArn"})],
    "opensearch:ListDomainNames": [call("ListTags", {"ARN": "%ARN"}, path="TagList", into="TagList")],
    "organizations:ListAccounts": [tags("ListTagsForResource", {"ResourceId": "Id"})],
    "organizations:ListOrganizationalUnitsForParent": [tags("ListTagsForResource", {"ResourceId": "Id"})],
    "organizations:ListPolicies": [tags("ListTagsForResource", {"ResourceId": "Id"})],
    "route53domains:ListDomains": [tags("ListTagsForDomain", {"DomainName": "DomainName"}, path="TagList")],
    "route53:ListHealthChecks": [
        tags("ListTagsForResource", {"ResourceId": "Id"}, path="ResourceTagSet.Tags",
             constants={"ResourceType": "healthcheck"}),
    ],
    "route53:ListHostedZones": [
        tags("ListTagsForResource", {"ResourceId": "Id~"}, path="ResourceTagSet.Tags",
             constants={"ResourceType": "hostedzone"}),
    ],
    "s3:ListBuckets": [
        bucket("GetBucketTagging", path="TagSet", into="Tags", ignore="NoSuchTagSet"),
        bucket("GetBucketVersioning", into="Versioning"),
        bucket("GetBucketEncryption", path="ServerSideEncryptionConfiguration", into="Encryption",
               ignore="ServerSideEncryptionConfigurationNotFoundError"),
        bucket("GetBucketPolicy", path="Policy", into="Policy", ignore="NoSuchBucketPolicy"),
        bucket("GetPublicAccessBlock", path="PublicAccessBlockConfiguration", into="PublicAccessBlock",
               ignore="NoSuchPublicAccessBlockConfiguration"),
        bucket("GetBucketLifecycleConfiguration", path="Rules", into="LifecycleRules",
               ignore="NoSuchLifecycleConfiguration"),
        bucket("GetBucketLogging", path="LoggingEnabled", into="Logging"),
    ],
    "sns:ListTopics": [tags("ListTagsForResource", {"ResourceArn": "TopicArn"})],
    "sqs:ListQueues": [tags("ListQueueTags", {"QueueUrl": "@"})],
    "ssm:DescribeMaintenanceWindows": [ssm_tags("MaintenanceWindow", "WindowId")],
    "ssm:DescribeParameters": [ssm_tags("Parameter", "Name")],
    "ssm:DescribePatchBaselines": [ssm_tags("PatchBaseline", "BaselineId")],
    "wafv2:ListIPSets": [WAF_TAGS],
    "wafv2:ListRegexPatternSets": [WAF_TAGS],
    "wafv2:ListRuleGroups": [WAF_TAGS],
    "wafv2:ListWebACLs": [WAF_TAGS],
}
