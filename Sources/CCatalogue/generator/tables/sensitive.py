"""What AWS's models mark as sensitive and is stored all the same, by reason.

AWS marks whatever a customer wrote, not only secrets. A line is a service (`*`: any) and names of its members; the
generator stops at a sensitive member that is neither redacted nor here, and at a name that nothing needs any more.
"""

import re

_REVIEWED = {
    # Words for readers: titles, comments, notes.
    "words": {
        "*": "description Description name Name",
        "auditmanager":
            "actionPlanInstructions actionPlanTitle assessmentName comment testingInformation troubleshootingText",
        "bedrock": "blockedInputMessaging blockedOutputsMessaging",
        "bedrock-data-automation": "blueprintName libraryDescription libraryName projectDescription projectName",
        "chatbot": "ChannelName SlackChannelName TeamName WebhookDescription",
        "cloudfront": "Comment",
        "datazone":
            "decisionComment environmentConfigurationName projectResourceTagsDescription requestReason "
            "shortDescription typeName",
        "ds": "ShareNotes",
        "endusermessaging": "attributeName attributeValue",
        "mpa": "RequesterComment",
        "qbusiness": "displayName",
        "qconnect": "subject title",
        "quicksight":
            "CalculatedFieldDescription CalculatedFieldName CalculatedFieldSynonyms ColumnDescription "
            "ColumnFriendlyName ColumnSynonyms EntityDescription EntitySynonyms FilterDescription FilterSynonyms "
            "Identity OutputStyle ResponseLength StarterPrompts Synonyms Tone WelcomeMessage promptSummary",
        "repostspace": "channelDescription channelName",
        "security-ir": "fileName membershipName title",
        "transfer": "MessageSubject",
        "wellarchitected":
            "additionalContext applicationOverview architectureOverview businessOverview displayName industry title",
        "workspaces-web":
            "displayName identityProviderName patternDescription patternName redactionPlaceHolderText termsOfService",
    },
    # People and organisations: whose a resource is belongs to the inventory. Kinds that hold nothing else are opt-in.
    "people": {
        "appstream": "AccountName FirstName LastName UserName",
        "auditmanager": "author createdBy delegations lastUpdatedBy roles",
        "b2bi": "email phone",
        "chime": "BotEmail CallingName DisplayName E164PhoneNumber PrimaryEmail PrimaryProvisionedNumber",
        "chime-sdk-media-pipelines": "ExternalUserIds",
        "chime-sdk-voice": "CallingName E164PhoneNumber",
        "connect": "DeskPhoneNumber Email FirstName LastName PhoneNumber SecondaryEmail",
        "connectcampaignsv2": "connectSourceEmailAddress sourceEmailAddressDisplayName",
        "datazone": "awsAccountName firstName lastName username",
        "devops-agent": "customerEmail",
        "firehose": "User Username",
        "gamelift": "PlayerId",
        "guardduty": "Email",
        "identitystore": "DisplayName",
        "invoicing": "Contacts",
        "iot-managed-integrations": "Owner",
        "iotsitewise": "notificationSenderEmail portalContactEmail",
        "mailmanager": "ReplaceWith Sender",
        "mediapackage": "Username",
        "network-security-manager": "email",
        "notificationscontacts": "address",
        "odb": "email",
        "organizations": "Email",
        "pipes": "DbUser",
        "qconnect":
            "accountNumber address address1 address2 address3 address4 billingAddress1 billingAddress2 "
            "billingAddress3 billingAddress4 billingCity billingCountry billingCounty billingPostalCode "
            "billingProvince billingState birthDate businessEmailAddress businessName businessPhoneNumber city "
            "country county custom emailAddress firstName gender homePhoneNumber lastName mailingAddress1 "
            "mailingAddress2 mailingAddress3 mailingAddress4 mailingCity mailingCountry mailingCounty "
            "mailingPostalCode mailingProvince mailingState middleName mobilePhoneNumber partyType phoneNumber "
            "postalCode profileARN profileId province shippingAddress1 shippingAddress2 shippingAddress3 "
            "shippingAddress4 shippingCity shippingCountry shippingCounty shippingPostalCode shippingProvince "
            "shippingState state",
        "quicksight": "Email PrimaryOwnerUsername Username",
        "redshift-serverless": "adminUsername",
        "repostspace": "allowedDomains",
        "security-ir": "email jobTitle",
        "sesv2": "Destination FromEmailAddress Subject",
        "taxsettings": "accountMetaData taxRegistration",
        "workdocs": "EmailAddress GivenName Surname Username",
        "workspaces-thin-client": "lastUserId",
    },
    # Identifiers, addresses, ports and locations of this and other resources; public keys and certificates.
    "places": {
        "apprunner": "RuntimeEnvironmentSecrets",
        "bedrock-agent":
            "graphArn inclusionPrefixes indexArn indexName userAgent userAgentHeader vectorBucketArn vectorIndexName",
        "bedrock-agentcore-control": "apiBase targetName url",
        "chime": "AlexaForBusinessRoomArn",
        "chime-sdk-media-pipelines":
            "Arn Destination InsightsTarget MediaInsightsPipelineConfigurationArn MediaPipelineArn PoolArn "
            "ResourceAccessRoleArn SinkArn SinkIamRoleArn SourceArn",
        "chime-sdk-voice": "KmsKeyArn LambdaArn PhoneNumberId VoiceProfileArn VoiceProfileDomainArn",
        "codestar-notifications": "TargetAddress",
        "cognito-idp": "ClientId",
        "connect": "InstanceAlias",
        "datazone": "environmentConfigurationId id",
        "deadline": "fileSystemLocations manifests",
        "dms": "PublicIpAddresses",
        "drs": "cfnStackName",
        "ec2": "Url",
        "ecs": "repositoryCredentials",
        "emr-containers": "entryPoint",
        "emr-serverless": "entryPoint initQueryFile",
        "firehose":
            "AccountUrl ContentColumnName Database MetaDataColumnName PrivateLinkVpceId Schema SnowflakeRole Table",
        "gamelift": "FromPort IpAddress IpRange Port ToPort",
        "grafana": "organizationRoleName organizationalUnits workspaceRoleArn",
        "identitystore": "Id Issuer",
        "iot-managed-integrations":
            "Brand ClaimCertificate Classification ConnectorDeviceId InternationalArticleNumber MacAddress Model "
            "SerialNumber UniversalProductCode",
        "iotfleetwise": "storageLocation",
        "iotsitewise": "ecrUri taskExecutionRole",
        "iotwireless": "ApplicationServerPublicKey Fingerprint",
        "kendra": "KmsKeyId",
        "kms": "AccessKeyId",
        "location": "AllowReferers PoliticalView",
        "mailmanager": "CAContent CrlContent",
        "networkmanager": "Location",
        "odb": "sshPublicKeys",
        "pipes":
            "AdditionalBootstrapServers ConsumerGroupID Database EndpointId QueueName ReferenceId SecurityGroup "
            "SecurityGroups StatementName Subnets TopicName VirtualHost capacityProvider",
        "qbusiness": "kmsKeyId",
        "qconnect": "imageIconUrl imageLink imageUrl link mediaUrl smallImageIconUrl url",
        "quicksight": "OAuthAuthorizationEndpointUrl OAuthTokenEndpointUrl",
        "rtbfabric": "certificateAuthorityCertificates clusterApiServerCaCertificateChain",
        "s3": "KMSMasterKeyID KeyId",
        "sagemaker-geospatial": "Coordinates",
        "security-ir": "ipAddress",
        "ssm": "IPAddress",
        "stepfunctions": "variableReferences",
        "transfer": "Certificate CertificateChain",
        "verifiedpermissions": "clientIds",
        "workspaces-thin-client": "desktopEndpoint",
        "workspaces-web":
            "allowedUrls blockedUrls bucket cookieSynchronizationConfiguration domain enforcedUrls exemptUrls "
            "globalEnforcedUrls globalExemptUrls ipRange ipRules keyPrefix path",
    },
    # What the resource does: code, queries, prompts, patterns, schemas, rules, templates.
    "content": {
        "agent-registry-control": "customMetadata customMetadataSchemaConfiguration data defaultSchema schema",
        "amplify": "buildSpec",
        "appconfig": "Content",
        "apprunner": "BuildCommand StartCommand",
        "arc-region-switch": "payload",
        "backup": "AccessPointMetadata RestoreMetadataOverrides",
        "bedrock": "definition examples",
        "bedrock-agent":
            "agent answerFormat answerPolicy basePromptTemplate chat code collaborationInstruction content definition "
            "exclusionFilters expression fieldsToExclude fieldsToInclude filters genAiResource generationContext "
            "inclusionFilters inputVariables instruction key metadata objectType payload persona "
            "promptOverrideConfiguration retrievalGuidance system text textPromptTemplate toolChoice tools value "
            "variants",
        "bedrock-agentcore-control":
            "additionalHeaderClaims additionalPayloadClaims appendToPrompt components definition dimensionInstruction "
            "dimensionRatingScale inlinePayload inputSchema instructions llmExtractionInstruction ratingScale text",
        "bedrock-data-automation": "schema",
        "cleanrooms": "analysisParameters parameters sqlParameters text",
        "cleanroomsml": "parameters sqlParameters",
        "cloudwatch": "Expression",
        "comprehend": "ClassifierMetadata RecognizerMetadata",
        "connect": "Actions InputSchema",
        "customer-profiles":
            "ConditionOverrides EventTriggerConditions Fields Layout ProfileAttributes RecommenderFilterExpression "
            "SegmentGroups SegmentSort SegmentSqlQuery Values",
        "datazone": "schedule",
        "deadline": "template",
        "dms": "SelectionRules",
        "elementalinference": "requestExpression responseExpression",
        "emr-serverless": "query",
        "endusermessaging": "destinationCountryParameters inlineTemplateBody",
        "events": "GraphQLOperation Sql Sqls",
        "firehose": "AttributeName",
        "frauddetector": "expression",
        "gamelift": "Value",
        "glue": "CodeGenConfigurationNodes EvaluatedRule",
        "healthlake": "ProfileMapping",
        "iot": "attributes recipe",
        "iotfleetwise": "actions conditionExpression expression",
        "iotsitewise": "command",
        "mailmanager": "Message Values",
        "opensearchmemory": "content extractionPrompt",
        "personalize": "filterExpression",
        "pipes":
            "DetailType InputTemplate MessageDeduplicationId MessageGroupId PartitionKey PathParameterValues Pattern "
            "Source Sqls Value expression field",
        "qbusiness": "payload",
        "qconnect":
            "additionalInformation annotations attributes calculatedAttributes caseAttributes category channel "
            "channels code content criteria customAttributes exclusionFilters id inclusionFilters inputSchema "
            "inputSchemas instruction outputFilters outputSchema outputSchemas overrideInputValues sound "
            "suggestedMessages type value values",
        "quicksight":
            "Body CellValue ConditionExpression Constant CustomInstructions CustomInstructionsString DateTimeValues "
            "DecimalValues Expression FalseyCellValue FalseyCellValueSynonyms InstructionText IntegerValues "
            "KnowledgeBaseConfiguration MatchAllValue Maximum Minimum OnClause SingularConstant SqlQuery StaticValue "
            "StaticValues StringValues Text TruthyCellValue TruthyCellValueSynonyms",
        "rds": "InitQuery",
        "resiliencehubv2": "matchExpressions matchLabels",
        "resource-explorer-2": "Filters",
        "sagemaker": "Content ModelCardContent",
        "stepfunctions": "definition",
        "supplychain": "query",
        "timestream-query": "QueryString",
        "verifiedpermissions":
            "actionId actionType entityId entityIdPrefix entityType groupClaim groupEntityType principalEntityType "
            "principalIdClaim statement",
        "workspaces-web": "browserPolicy builtInPatternId keywordRegex patternRegex",
    },
    # Structures and lists whose secrets are redacted one by one.
    "containers": {
        "datazone": "connectionCredentials credentials managedEndpointCredentials oAuth2Credentials usernamePassword",
        "ecs": "environment",
        "quicksight": "CredentialPair",
        "workspaces-web": "identityProviderDetails",
    },
    # States, choices, measures, dates, and the customer's own notes about them.
    "states": {
        "auditmanager": "complianceType",
        "bedrock":
            "action failureRecommendations inputAction inputModalities message outputAction outputModalities "
            "statusReasons tierName",
        "chime-sdk-identity": "Metadata",
        "chime-sdk-media-pipelines": "MediaInsightsRuntimeMetadata",
        "drs": "replicationStatusDetails",
        "gamelift": "CustomEventData GameServerData GameSessionData MatchmakerData PlayerData",
        "glue": "EvaluatedDistributions EvaluatedMetrics EvaluationMessage RuleMetrics",
        "iotfleetwise": "dataExtraDimensions signalsToCollect signalsToFetch",
        "lambda": "Message",
        "location": "CreateTime ExpireTime UpdateTime",
        "mailmanager": "DiagnosticMessage",
        "mpa": "Metadata",
        "qconnect": "createdAt failedRecordReport price score statusReason updatedAt",
        "sagemaker-geospatial": "TimeRangeFilter",
    },
}

# (service, member) to reason.
STORED = {(service, name): reason for reason, services in _REVIEWED.items()
          for service, names in services.items() for name in names.split()}


def is_tag(path):
    """Whether the member is part of tags, which the inventory is searched by."""
    return bool(re.search(r"(?i)tags?(et|list|map)?(\[\])*(\.(tag)?(key|value|name))?$", path))
