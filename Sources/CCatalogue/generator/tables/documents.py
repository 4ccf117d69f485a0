"""Facts about finished documents but for secrets. Paths are dotted members; `[]` is every element of a list or map."""

# Members that hold tags, besides Tags, TagList and TagSet (normalised).
TAG_MEMBERS = ("userpooltags", "identitypooltags", "tagsmap", "resourcetags", "hostedzonetags")

# Where tags stand, if not in a member of such a name.
TAGS = {}

# Where the name stands, if not in a member that says so.
NAMES = {
    "acm:ListCertificates": "DomainName",
    "ec2:DescribeKeyPairs": "KeyName",
    "ec2:DescribeManagedPrefixLists": "PrefixListName",
    "ec2:DescribeSecurityGroups": "GroupName",
    "cloudfront:ListCachePolicies": "CachePolicy.CachePolicyConfig.Name",
    "cloudfront:ListKeyGroups": "KeyGroup.KeyGroupConfig.Name",
    "cloudfront:ListOriginRequestPolicies": "OriginRequestPolicy.OriginRequestPolicyConfig.Name",
    "cloudfront:ListResponseHeadersPolicies": "ResponseHeadersPolicy.ResponseHeadersPolicyConfig.Name",
    "elasticache:DescribeCacheClusters": "CacheClusterId",
    "elasticache:DescribeReplicationGroups": "ReplicationGroupId",
    "cognito-idp:ListUserPoolClients": "ClientName",
    "ecs:ListTaskDefinitions": "family",
    "logs:DescribeMetricFilters": "filterName",
    "rds:DescribeEventSubscriptions": "CustSubscriptionId",
    "logs:DescribeAccountPolicies": "policyName",
    "redshift:DescribeClusterSnapshots": "SnapshotIdentifier",
    "redshift:DescribeEventSubscriptions": "CustSubscriptionId",
    "ssm:DescribePatchBaselines": "BaselineName",
}

# Members that move by themselves, whatever the service.
VOLATILE_NAME = (r"^(LatestRestorableTime|LatestRestorableDateTime|latestRestorableTime"
                 r"|ApproximateNumberOf\w+|ApproximateReceiveCount"
                 r"|[lL]astUsed(Date|Time|At|On)?|[lL]astUsedInfo|RoleLastUsed|PasswordLastUsed|AccessKeyLastUsed"
                 r"|[lL]astAccess(ed)?(Date|Time|At|On)?|LastAccessedDate|LastActivity(Date|Time|At)?|[lL]astSeen\w*"
                 r"|[lL]ast(Heartbeat|Ping)\w*|[lL]astStatusCheckTime|[lL]astInvoked\w*|LastRecoveryPointTime"
                 r"|[lL]astEvent(Time|Timestamp|IngestionTime)?|LatestDeliveryTime|LatestDeliveryAttempt\w*"
                 r"|LatestNotification\w*|LatestDigestDelivery\w*|LatestCloudWatchLogsDeliveryTime"
                 r"|ItemCount|TableSizeBytes|IndexSizeBytes|BackupSizeBytes|[sS]toredBytes|SizeInBytes"
                 r"|[pP]rogressPercent(age)?|PercentProgress|PercentageCompleted|[eE]lapsedTime(InSeconds|Millis)?"
                 r"|[lL]astTriggered(Time)?|[lL]atestHeartbeat|[lL]astConnect(ion|ed)(Time|At)"
                 r"|Last(Successful)?(MetadataSync|Sync)Time|[lL]ast(Attempted|Successful)?(Execution|Run)(Time|At)"
                 r"|Last(Drift)?Check(ed)?Timestamp|LastSuccessTimestamp|RemainingTransferBytes|TotalTransferBytes"
                 r"|[cC]onsumedStorage\w*|EstimatedMonthlyCost"
                 # A page's token in a detail call's reply, and URLs that are signed anew each time.
                 r"|[nN]extToken|[pP]re[sS]ignedUrl|SignedUrl|[dD]ownloadUr[li]|mediaDownloadUrl|StreamUrl)$")

VOLATILE = {
    # The next occurrence.
    "autoscaling/scheduled-action": ["StartTime", "Time"],
    "batch/consumable-resource": ["availableQuantity", "inUseQuantity"],
    "cloudtrail/channel": ["IngestionStatus"],
    "codeartifact/domain": ["assetSizeBytes"],
    "codeguruprofiler/profiling-group": ["profilingStatus"],
    "dms/replication-task": ["ReplicationTaskStats"],
    "backup/backup-plan": ["LastExecutionDate"],
    "backup/backup-vault": ["NumberOfRecoveryPoints"],
    "cloudwatch/alarm": ["EvaluationState", "StateReason", "StateReasonData", "StateUpdatedTimestamp"],
    "cloudwatch/composite-alarm": ["StateReason", "StateReasonData", "StateUpdatedTimestamp"],
    "cloudwatch/log-alarm": ["EvaluationState", "StateReason", "StateReasonData", "StateUpdatedTimestamp"],
    "cognito-idp/user-pool": ["EstimatedNumberOfUsers"],
    "dynamodb/table": [
        "ContinuousBackups.PointInTimeRecoveryDescription.EarliestRestorableDateTime",
        "ContinuousBackups.PointInTimeRecoveryDescription.LatestRestorableDateTime",
        "GlobalSecondaryIndexes[].ProvisionedThroughput.NumberOfDecreasesToday",
        "ProvisionedThroughput.NumberOfDecreasesToday",
    ],
    "ec2/capacity-reservation": ["AvailableInstanceCount"],
    "ec2/host": ["AvailableCapacity"],
    "ec2/image": ["LastLaunchedTime"],
    "ec2/public-ipv4-pool": ["PoolAddressRanges[].AvailableAddressCount", "TotalAvailableAddressCount"],
    "ec2/subnet": ["AvailableIpAddressCount"],
    "ecs/cluster": [
        "activeServicesCount", "pendingTasksCount", "registeredContainerInstancesCount", "runningTasksCount",
        "statistics",
    ],
    "ecs/container-instance": ["pendingTasksCount", "remainingResources", "runningTasksCount", "version"],
    "ecs/service": ["deployments[].pendingCount", "deployments[].runningCount", "events", "pendingCount",
                    "runningCount", "taskSets[].pendingCount", "taskSets[].runningCount"],
    "ecr/image": ["lastRecordedPullTime"],
    "efs/file-system": ["SizeInBytes"],
    "ecs/task-set": ["pendingCount", "runningCount"],
    "emr-containers/virtual-cluster": ["schedulerStatus"],
    "emr/instance-group": ["RunningInstanceCount"],
    "events/archive": ["EventCount", "SizeBytes"],
    "emr/cluster": ["NormalizedInstanceHours"],
    "glue/crawler": ["CrawlElapsedTime", "LastCrawl"],
    "lambda/event-source-mapping": ["LastProcessingResult"],
    "rds/db-cluster": ["BacktrackConsumedChangeRecords", "Capacity", "EarliestBacktrackTime",
                       "EarliestRestorableTime"],
    "rds/db-instance-automated-backup": ["RestoreWindow"],
    "rds/db-cluster-automated-backup": ["RestoreWindow"],
    "redshift/cluster": ["NextMaintenanceWindowStartTime", "RestoreStatus"],
    "redshift/cluster-snapshot": [
        "BackupProgressInMegaBytes", "CurrentBackupRateInMegaBytesPerSecond", "EstimatedSecondsToCompletion",
    ],
    "redshift-serverless/snapshot": [
        "backupProgressInMegaBytes", "currentBackupRateInMegaBytesPerSecond", "elapsedTimeInSeconds",
        "estimatedSecondsToCompletion",
    ],
    "s3control/job": ["ProgressSummary"],
    "sagemaker/endpoint": ["ProductionVariants[].CurrentInstanceCount"],
    "sagemaker/feature-group": ["OnlineStoreTotalSizeBytes"],
    "ssm/association": ["LastExecutionDate", "Overview"],
    "ssm/maintenance-window": ["NextExecutionTime"],
    "ssm/managed-instance": ["AssociationOverview", "LastAssociationExecutionDate",
                             "LastSuccessfulAssociationExecutionDate"],
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
    "InlinePolicyNames", "EnabledMetrics", "LoadBalancerNames", "TargetGroupARNs", "LoadBalancerArns", "InUseBy", "inUseBy",
}

SETS = {}
