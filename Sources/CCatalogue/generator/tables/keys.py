"""Resources keyed by their bare identifier, and ARNs that are not the resource's alone."""

# Every id has a prefix of its own kind (`vpc-…`).
BARE_SERVICES = {"ec2"}

BARE = {
    # Stored bare by the replaced system.
    "rds/db-instance", "s3/bucket",
    # Unique by AWS's own scheme.
    "cognito-idp/user-pool", "cognito-identity/identity-pool", "ec2/address", "ec2/key-pair", "ec2/security-group",
    "ec2/network-interface",
}

# Their member's name is that of another kind too.
NOT_BARE = {"ec2/coip-pool", "ec2/declarative-policies-report", "ec2/image-usage-report", "ec2/public-ipv4-pool"}

# Members that are no ids but cannot equal one either.
DISTINCT = {"PublicIp"}

# The member called ARN is another resource's, or one of many.
SHARED_ARN = {
    # The member's or target's, which may be in several rules, queues, groups, shares, portfolios, applications.
    "connect/queue-email-address", "connect/queue-quick-connect", "events/rule-target", "location/tracker-consumer",
    "quicksight/group-membership", "ram/permission-association", "ram/resource-share-permission",
    "servicecatalog/principals-for-portfolio", "servicecatalog/resources-for-tag-option",
    "servicecatalog-appregistry/associated-resource",
    # Another type of the service has it, or all versions.
    "bedrock-agent/flow-version", "organizations/delegated-administrator", "quicksight/topic-v2",
    "servicecatalog/accepted-portfolio-share",
    "databrew/recipe",  # the working and the published version have one
    "glue/integration-table-property",  # the integration's target
    # A device that a user has is listed by user and by ListVirtualMFADevices.
    "iam/mfa-device",
    "license-manager/license-version",
    "networkflowmonitor/performance-monitor",
    "resiliencehub/app-input-source",  # one stack may be in many applications
    # The web ACL's.
    "waf/logging-configuration", "waf-regional/logging-configuration", "wafv2/logging-configuration",
}

# Members in which several types of the service have their ARN; ARNs there name the kind or hold a random part.
ARN_OF_SEVERAL = {
    "batch": {"jobArn"}, "bedrock": {"jobArn", "modelArn"}, "bedrock-agentcore-control": {"credentialProviderArn"},
    "cloudwatch": {"AlarmArn"}, "comprehend": {"JobArn"}, "entityresolution": {"workflowArn"}, "fms": {"ListArn"},
    "globalaccelerator": {"AcceleratorArn", "EndpointGroupArn", "ListenerArn"},
    "inspector2": {"scanConfigurationArn"}, "iot": {"certificateArn", "groupArn"}, "omics": {"storeArn"},
    "sagemaker": {"JobArn", "MonitoringJobDefinitionArn"}, "securityhub": {"ConnectorArn"},
}

# Types that are listed by several calls and whose identifier is nevertheless the resource's alone: random, or an ARN.
UNIQUE_OVER_CALLS = {
    "healthlake/data-transformation-profile", "omics/share", "opensearchserverless/security-config", "ssm/session",
    "wafv2/logging-configuration",
}

# ARNs in a member of a name that another resource's ARN could have too, reviewed: they are the resource's own.
OWN_ARN = {
    "appstream/user", "arc-zonal-shift/managed-resource", "artifact/compliance-inquiry", "artifact/customer-agreement",
    "artifact/report", "auditmanager/assessment-framework", "backup-gateway/virtual-machine",
    "bedrock-agent/flow-alias", "bedrock/advanced-prompt-optimization-job", "bedrock/evaluation-job",
    "bedrock/model-customization-job", "bedrock/model-import-job", "bedrock/model-invocation-job",
    "bedrock/provisioned-model-throughput", "cloudformation/stack", "codeartifact/repository",
    "connect/user-hierarchy-group", "controlcatalog/common-control",
    "controlcatalog/domain", "controlcatalog/objective", "devicefarm/test-grid-session",
    "frauddetector/external-model", "frauddetector/model", "frauddetector/model-version",
    "guardduty/custom-detection-rule-association", "iotsitewise/application", "iottwinmaker/sync-job",
    "iotwireless/partner-account", "lightsail/container-service", "lightsail/load-balancer-tls-certificate",
    "mediapackagev2/harvest-job", "memorydb/multi-region-parameter-group", "memorydb/reserved-node",
    "neptune-graph/graph-snapshot", "network-firewall/firewall-policy-v2", "observabilityadmin/telemetry-pipeline",
    "omics/read-set", "organizations/root", "pca-connector-scep/challenge-metadata", "pinpoint/app",
    "pinpoint/template", "sagemaker/data-quality-job-definition", "sagemaker/model-bias-job-definition",
    "sagemaker/model-explainability-job-definition", "sagemaker/model-quality-job-definition",
    "servicecatalog/provisioned-product", "ssm-sap/component", "ssm-sap/database", "timestream-write/table",
    "trustedadvisor/check",
}

# Identifiers of which no model says that they are one resource's alone within the parent, reviewed.
UNIQUE = {
    # AWS makes them, at random.
    "apigateway/usage-plan-key", "appconfig/experiment-definition", "appstream/export-image-task",
    "auditmanager/assessment-report", "billing/contractual-investment-attestation",
    "cleanrooms/collaboration-change-request", "connect/queue-email-address", "connect/queue-quick-connect",
    "connect/traffic-distribution-group-user", "directconnect/hosted-connection", "dms/fleet-advisor-database",
    "dms/fleet-advisor-lsa-analysi", "ec2/host-reservation", "ec2/vpc-endpoint-connection", "emr/instance-group",
    "endusermessaging/registrations-from-brand-profile", "gamelift/player-session", "gamelift/vpc-peering-connection",
    "glacier/provisioned-capacity", "grafana/workspace-service-account",
    "guardduty/custom-detection-rule-org-configuration", "guardduty/invitation", "iotdeviceadvisor/suite-run",
    "iotsitewise/bulk-import-job", "kendra/thesauri", "neptune-graph/export-task", "neptune-graph/import-task",
    "neptune-graph/private-graph-endpoint", "nova-act/act", "nova-act/session", "omics/multipart-read-set-upload",
    "opensearch/reserved-instance", "pinpoint/recommender-configuration", "qbusiness/attachment",
    "redshift-serverless/managed-workgroup", "redshift/reserved-node", "route53/traffic-policy",
    "route53resolver/firewall-config", "securityhub/invitation", "servicecatalog/accepted-portfolio-share",
    "servicecatalog/constraints-for-portfolio", "servicecatalog/resources-for-tag-option", "support/case",
    "taxsettings/supplemental-tax-registration", "voice-id/fraudster", "wellarchitected/lens-share",
    "wellarchitected/profile-share", "wellarchitected/workload-share", "wickr/security-group",
    # Names that the service takes once: https://docs.aws.amazon.com, each operation that creates or puts one.
    "appstream/associated-stack", "ce/cost-category-definition", "chatbot/chime-webhook-configuration",
    "chatbot/microsoft-teams-channel-configuration", "chatbot/slack-channel-configuration",
    "chime-sdk-voice/voice-connector-termination-credential", "cloudformation/export", "cloudwatch/insight-rule",
    "dms/event-subscription", "elasticache/reserved-cache-node", "events/rule-target", "fsx/file-system-aliase",
    "opensearchserverless/access-policy", "opensearchserverless/lifecycle-policy",
    "pinpoint-sms-voice/configuration-set-event-destination", "redshift/event-subscription", "ses/identity-policy",
    "ses/receipt-filter", "ses/receipt-rule-set", "sesv2/configuration-set-event-destination",
    "wellarchitected/milestone", "xray/sampling-rule",
    # What is meant can be there once: an account, a region, a member, a resource by its ARN.
    "chime/account", "compute-optimizer-automation/account", "connect/approved-origin", "connect/lambda-function",
    "ds/region", "guardduty/member", "inspector2/member", "lambda/function-event-invoke-config",
    "location/tracker-consumer", "network-security-manager/admin-account", "organizations/delegated-administrator",
    "quicksight/group-membership", "quicksight/role-membership", "quicksight/topic-refresh-schedule",
    "quicksight/topic-v2", "ram/resource-share-permission", "redshift-serverless/endpoint-access",
    "redshift/custom-domain-association", "route53globalresolver/firewall-domain", "securityhub/member",
    "securityhub/organization-admin-account", "servicecatalog-appregistry/associated-attribute-group",
    "servicecatalog-appregistry/associated-resource", "servicecatalog/portfolio-share", "taxsettings/tax-registration",
    # All that tells two apart, the version or digest among it.
    "apigateway/documentation-version", "connect/lex-bot", "discovery/tag", "ec2/client-vpn-route",
    "ec2/launch-template-version", "ecr-public/image", "ecr/image", "license-manager/license-version",
    "network-security-manager/deployment-snapshot", "network-security-manager/policy-snapshot",
    "network-security-manager/rule-snapshot", "network-security-manager/scope-snapshot",
    "network-security-manager/template-snapshot", "qconnect/message-template-version", "ram/permission-association",
    "redshift/endpoint-authorization", "resiliencehub/app-input-source", "resiliencehub/app-version-resource",
}
