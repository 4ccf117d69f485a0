"""Facts about finished documents. Paths are dotted members; `[]` stands for every element of a list or map."""

# Members that hold tags, besides Tags, TagList and TagSet (normalised).
TAG_MEMBERS = ("userpooltags", "identitypooltags", "tagsmap", "resourcetags", "hostedzonetags")

# Where tags stand, if not in a member of such a name.
TAGS = {}

# Names that hold a secret whatever the service.
SECRET_NAME = (r"(?i)(password|passphrase|passwd|clientsecret|secretkey|secretaccesskey|secretstring|secretbinary"
               r"|authtoken|accesstoken|refreshtoken|oauthtoken|privatekey|sharedsecret|userdata|securitytoken"
               r"|apikeyvalue|presharedkey|authkey|secretvalue|joinpassword|sipmediapassword)$")
# Names that hold a secret where AWS's model marks the member as sensitive.
SENSITIVE_NAME = r"(?i)(secret|token|apikey|credentials?|keymaterial|plaintext|connectionstring)$"
# Names that look like one of these and are none.
HARMLESS_NAME = r"(?i)(nexttoken|clienttoken|clientrequesttoken|pagetoken|continuationtoken|arn|id|status|lasttoken)$"
# Members whose values are environment variables: a map, or a list of names and values.
ENVIRONMENT = r"(?i)^(environment|environmentvariables?|env|envvars|variables|environmentvariableoverrides?)$"

REDACTIONS = {
    "apigateway/api-key": ["value"],
    "appsync/api-key": [],
    "cloudformation/stack": [],
    "cognito-idp/user-pool-client": ["ClientSecret"],
    "cognito-idp/identity-provider": ["ProviderDetails.client_secret"],
    "ec2/launch-template-version": ["LaunchTemplateData.UserData"],
    "ec2/vpn-connection": ["CustomerGatewayConfiguration"],
    "elasticache/replication-group": [],
    "glue/connection": [
        "ConnectionProperties.PASSWORD", "ConnectionProperties.ENCRYPTED_PASSWORD",
        "ConnectionProperties.KAFKA_SASL_SCRAM_PASSWORD", "ConnectionProperties.KAFKA_CLIENT_KEYSTORE_PASSWORD",
        "ConnectionProperties.KAFKA_CLIENT_KEY_PASSWORD", "ConnectionProperties.SECRET",
    ],
    "rds/db-instance": ["PendingModifiedValues.MasterUserPassword"],
}

# What the general rule takes for a secret wrongly.
NOT_SECRET = {}

# Members that move by themselves, whatever the service.
VOLATILE_NAME = (r"^(LatestRestorableTime|LatestRestorableDateTime|latestRestorableTime"
                 r"|ApproximateNumberOf\w+|ApproximateReceiveCount"
                 r"|[lL]astUsed(Date|Time|At|On)?|[lL]astUsedInfo|RoleLastUsed|PasswordLastUsed|AccessKeyLastUsed"
                 r"|[lL]astAccess(ed)?(Date|Time|At|On)?|LastAccessedDate|LastActivity(Date|Time|At)?|[lL]astSeen\w*"
                 r"|[lL]ast(Heartbeat|Ping)\w*|[lL]astStatusCheckTime|[lL]astInvoked\w*|LastRecoveryPointTime"
                 r"|[lL]astEvent(Time|Timestamp|IngestionTime)?|LatestDeliveryTime|LatestDeliveryAttempt\w*"
                 r"|LatestNotification\w*|LatestDigestDelivery\w*|LatestCloudWatchLogsDeliveryTime"
                 r"|ItemCount|TableSizeBytes|IndexSizeBytes|BackupSizeBytes|[sS]toredBytes|SizeInBytes"
                 r"|[cC]onsumedStorage\w*|EstimatedMonthlyCost)$")

VOLATILE = {
    "autoscaling/auto-scaling-group": [],
    "cloudwatch/alarm": ["StateReasonData", "EvaluationState"],
    "dynamodb/table": [
        "ContinuousBackups.PointInTimeRecoveryDescription.EarliestRestorableDateTime",
        "ContinuousBackups.PointInTimeRecoveryDescription.LatestRestorableDateTime",
    ],
    "ec2/instance": ["UsageOperationUpdateTime"],
    "ec2/subnet": ["AvailableIpAddressCount"],
    "ecs/cluster": [
        "activeServicesCount", "pendingTasksCount", "registeredContainerInstancesCount", "runningTasksCount",
        "statistics",
    ],
    "ecs/container-instance": ["pendingTasksCount", "remainingResources", "runningTasksCount", "version"],
    "ecs/service": ["deployments[].pendingCount", "deployments[].runningCount", "events", "pendingCount",
                    "runningCount"],
    "efs/file-system": ["SizeInBytes"],
    "kms/key": [],
    "rds/db-cluster": ["EarliestRestorableTime"],
    "rds/db-instance-automated-backup": ["RestoreWindow"],
    "rds/db-cluster-automated-backup": ["RestoreWindow"],
    "sns/topic": ["Attributes.SubscriptionsConfirmed", "Attributes.SubscriptionsDeleted",
                  "Attributes.SubscriptionsPending"],
    "sqs/queue": [
        "Attributes.ApproximateNumberOfMessages", "Attributes.ApproximateNumberOfMessagesDelayed",
        "Attributes.ApproximateNumberOfMessagesNotVisible",
    ],
}

# What the general rule takes for moving wrongly.
NOT_VOLATILE = {}

# Lists of EC2 and others that come in any order.
SET_NAMES = {
    "GroupSet", "Groups", "SecurityGroups", "SecurityGroupIds", "VpcSecurityGroups", "DBSecurityGroups",
    "VpcSecurityGroupIds", "securityGroups", "securityGroupIds", "SubnetIds", "subnetIds", "subnets", "Subnets",
    "IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs", "IpPermissions", "IpPermissionsEgress",
    "AvailabilityZones", "RouteTableIds", "Associations", "PrivateIpAddresses", "AttachedPolicies",
    "InlinePolicyNames", "EnabledMetrics", "LoadBalancerNames", "TargetGroupARNs", "LoadBalancerArns",
}

SETS = {}
