"""What is a secret and must not be stored. Paths are dotted members; `[]` stands for every element of a list or map."""

# Names that hold a secret whatever the service.
SECRET_NAME = (r"(?i)(password|passphrase|passwd|clientsecret|secretkey|secretaccesskey|secretstring|secretbinary"
               r"|authtoken|accesstoken|refreshtoken|oauthtoken|privatekey|sharedsecret|userdata|userdataoverride"
               r"|securitytoken|sessiontoken|jwttoken|apikeyvalue|secrettoken|presharedkey|authkey|secretvalue"
               r"|joinpassword|sipmediapassword|streamkey|activationcode|activationkey|personalpin|base32stringseed"
               # Whoever has such a URL may read, write or post without further credentials.
               r"|presignedurl|signedurl|downloadur[li]|uploadurl|webhookurl)$")
# Names that hold a secret where AWS's model marks the member as sensitive.
SENSITIVE_NAME = r"(?i)(secret|token|apikey|credentials?|keymaterial|plaintext|connectionstring)$"
# Names that look like one of these and are none.
HARMLESS_NAME = r"(?i)(nexttoken|clienttoken|clientrequesttoken|pagetoken|continuationtoken|arn|id|status|lasttoken)$"
# Members whose values are environment variables: a map, or a list of names and values.
ENVIRONMENT = (r"(?i)^(?:runtime|container|override|optimization|exported|stage)?(environment|environmentvariables?|env"
               r"|envvars|variables|environmentoverrides?|environmentvariableoverrides?|variableoverrides?)$")


def _spark(place):
    """A Spark job's command line and settings: AWS marks them, since passwords are given there."""
    return [f"{place}.entryPointArguments[]", f"{place}.sparkSubmitParameters"]


def _http(place):
    return [f"{place}.HeaderParameters[]", f"{place}.QueryStringParameters[]"]


# Log routers take their service's key as an option: `splunk-token`, `apikey`.
_LOG_OPTIONS = "logConfiguration.options[]"
_SPARK_PROPERTIES = "configurationOverrides.applicationConfiguration[].properties[]"
_KAFKA_CLIENT = "kafka.clientProperties[]"
_GLUE_PASSWORDS = [prefix + name for prefix in ("", "ENCRYPTED_") for name in (
    "PASSWORD", "KAFKA_CLIENT_KEYSTORE_PASSWORD", "KAFKA_CLIENT_KEY_PASSWORD", "KAFKA_SASL_PLAIN_PASSWORD",
    "KAFKA_SASL_SCRAM_PASSWORD")]

REDACTIONS = {
    "apigateway/api-key": ["value"],
    "apigateway/usage-plan-key": ["value"],
    "athena/session": ["EngineConfiguration.SparkProperties[]", "EngineConfiguration.Classifications[].Properties[]"],
    "athena/work-group": ["Configuration.EngineConfiguration.SparkProperties[]",
                          "Configuration.EngineConfiguration.Classifications[].Properties[]"],
    "batch/job-definition": [place + _LOG_OPTIONS for place in (
        "containerProperties.", "ecsProperties.taskProperties[].containers[].",
        "nodeProperties.nodeRangeProperties[].container.",
        "nodeProperties.nodeRangeProperties[].ecsProperties.taskProperties[].containers[].")],
    "bedrock-agentcore-control/gateway-target": [
        "targetConfiguration.http.passthrough.staticQueryParameters[]",
        "credentialProviderConfigurations[].credentialProvider.oauthCredentialProvider.customParameters[]",
    ],
    "bedrock-agentcore-control/harness": [
        "tools[].config.remoteMcp.headers[]", "tools[].config.agentCoreGateway.outboundAuth.oauth.customParameters[]",
    ],
    # The URL's last part is the stream's key.
    "chime-sdk-media-pipelines/media-pipeline": ["MediaLiveConnectorPipeline.Sinks[].RTMPConfiguration.Url"],
    # AWS hides NoEcho values itself; others are passwords as often as sizes.
    "cloudformation/stack": ["Parameters[].ParameterValue", "Parameters[].ResolvedValue"],
    "cloudformation/stack-set": ["Parameters[].ParameterValue", "Parameters[].ResolvedValue"],
    # What proves to the origin that a request came through the distribution.
    "cloudfront/distribution": ["Origins.Items[].CustomHeaders.Items[].HeaderValue",
                                "DistributionConfig.Origins.Items[].CustomHeaders.Items[].HeaderValue"],
    "codebuild/project": ["webhook.payloadUrl", "webhook.secret"],
    "codepipeline/pipeline": ["pipeline.stages[].actions[].configuration.OAuthToken"],
    "cognito-idp/identity-provider": ["ProviderDetails.client_secret"],
    "cognito-idp/user-pool-client": ["ClientSecret"],
    "dataexchange/job": ["Details.ImportAssetFromApiGatewayApi.ApiKey"],
    "datazone/connection": [
        "configurations[].properties[]", "physicalEndpoints[].glueConnection.authenticationConfiguration"
        ".oAuth2Properties.authorizationCodeProperties.authorizationCode",
        "physicalEndpoints[].glueConnection.authenticationConfiguration.oAuth2Properties.tokenUrlParametersMap[]",
        "props.sparkEmrProperties.managedEndpointCredentials.token",
    ] + [f"physicalEndpoints[].glueConnection.connectionProperties.{name}" for name in _GLUE_PASSWORDS],
    "deadline/fleet": ["hostConfiguration.scriptBody"],
    "deadline/job": ["parameters[]"],
    "devops-agent/service": ["additionalServiceDetails.mcpserversigv4.customHeaders[]"],
    # Holds the BGP session's key.
    "directconnect/virtual-interface": ["customerRouterConfig"],
    "dms/endpoint": ["ExtraConnectionAttributes", "OracleSettings.SecurityDbEncryption"],
    "ec2/launch-template-version": ["LaunchTemplateData.UserData"],
    "ec2/vpn-connection": ["CustomerGatewayConfiguration"],
    "ecs/daemon-task-definition": ["containerDefinitions[]." + _LOG_OPTIONS,
                                   "containerDefinitions[].firelensConfiguration.options[]"],
    "ecs/service": ["deployments[].serviceConnectConfiguration." + _LOG_OPTIONS],
    "ecs/task-definition": ["containerDefinitions[]." + _LOG_OPTIONS,
                            "containerDefinitions[].firelensConfiguration.options[]"],
    "eks/eks-anywhere-subscription": ["licenses[].token"],
    # Hive's `javax.jdo.option.ConnectionPassword` and its like.
    "emr/cluster": ["Configurations[].Properties[]"],
    "emr/instance-fleet": ["InstanceTypeSpecifications[].Configurations[].Properties[]"],
    "emr/instance-group": ["Configurations[].Properties[]", "LastSuccessfullyAppliedConfigurations[].Properties[]"],
    "emr/session": ["EngineConfigurations[].Properties[]"],
    "emr-containers/job-run": [_SPARK_PROPERTIES, "jobDriver.sparkSqlJobDriver.sparkSqlParameters"]
    + _spark("jobDriver.sparkSubmitJobDriver"),
    "emr-containers/job-template": ["jobTemplateData." + _SPARK_PROPERTIES,
                                    "jobTemplateData.jobDriver.sparkSqlJobDriver.sparkSqlParameters"]
    + _spark("jobTemplateData.jobDriver.sparkSubmitJobDriver"),
    "emr-containers/managed-endpoint": [_SPARK_PROPERTIES],
    "emr-serverless/application": ["runtimeConfiguration[].properties[]"],
    "emr-serverless/job-run": [_SPARK_PROPERTIES, "jobDriver.hive.parameters"] + _spark("jobDriver.sparkSubmit"),
    "emr-serverless/session": ["configurationOverrides.runtimeConfiguration[].properties[]"],
    "events/connection": [f"AuthParameters.{place}.{kind}Parameters[].Value"
                          for place in ("InvocationHttpParameters", "OAuthParameters.OAuthHttpParameters")
                          for kind in ("Header", "QueryString", "Body")],
    "events/rule-target": _http("HttpParameters"),
    "evs/environment": ["licenseInfo[].solutionKey", "licenseInfo[].vsanKey"],
    # Some collectors' URLs hold their key.
    "firehose/delivery-stream": [
        "Destinations[].SplunkDestinationDescription.HECToken",
        "Destinations[].HttpEndpointDestinationDescription.EndpointConfiguration.Url",
        "Destinations[].HttpEndpointDestinationDescription.RequestConfiguration.CommonAttributes[].AttributeValue",
    ],
    "gameliftstreams/stream-url": ["StreamUrl"],
    "glue/connection": [f"ConnectionProperties.{name}" for name in _GLUE_PASSWORDS + ["SECRET"]] + [
        "AthenaProperties[]", "PythonProperties[]", "SparkProperties[]",
        "AuthenticationConfiguration.OAuth2Properties.TokenUrlParametersMap[]",
    ],
    "glue/dev-endpoint": ["Arguments[]"],
    "glue/job": ["DefaultArguments[]", "NonOverridableArguments[]"],
    "glue/session": ["DefaultArguments[]"],
    "glue/trigger": ["Actions[].Arguments[]"],
    "glue/workflow": ["DefaultRunProperties[]", "LastRun.WorkflowRunProperties[]"] + [
        f"{place}Graph.Nodes[].{node}.Arguments[]" for place in ("", "LastRun.")
        for node in ("JobDetails.JobRuns[]", "TriggerDetails.Trigger.Actions[]")],
    "grafana/workspace": ["grafanaToken"],
    "iam/virtual-mfa-device": ["QRCodePNG"],
    # Consent pages' URLs carry a one-time state.
    "inspector2/code-security-integration": ["authorizationUrl"],
    "iot-managed-integrations/account-association": ["OAuthAuthorizationUrl"],
    "iot-managed-integrations/managed-thing": ["DeviceSpecificKey"],
    "iot/topic-rule": [f"rule.{place}.{what}" for place in ("actions[]", "errorAction")
                       for what in ("salesforce.token", "http.headers[].value", _KAFKA_CLIENT)],
    "ivs/stream-key": ["value"],
    "kafkaconnect/connector": ["connectorConfiguration[]"],
    "kafkaconnect/connector-operation": ["originConnectorConfiguration[]", "targetConnectorConfiguration[]"],
    "kinesisanalyticsv2/application": ["ApplicationConfigurationDescription.EnvironmentPropertyDescriptions"
                                       ".PropertyGroupDescriptions[].PropertyMap[]"],
    "launch-wizard/deployment": ["specifications[]"],
    "location/key": ["Key"],
    # The stream's key for RTMP.
    "medialive/channel": ["Destinations[].Settings[].StreamName"],
    "mediatailor/function": [f"{place}RequestConfiguration.Headers[]" for place in ("AwsService", "Http", "Vast")],
    "mediatailor/playback-configuration": ["AdDecisionServerConfiguration.HttpRequest.Headers[]"],
    "migrationhuborchestrator/workflow": ["workflowInputs[]"],
    "mwaa/environment": ["AirflowConfigurationOptions[]"],
    "pipes/pipe": _http("EnrichmentParameters.HttpParameters") + _http("TargetParameters.HttpParameters"),
    # Among them the agent's registration password; AWS marks all.
    "rds/option-group": ["Options[].OptionSettings[].Value"],
    "route53globalresolver/access-token": ["value"],
    # A repository's configuration may hold its user's password.
    "ssm/patch-baseline": ["Sources[].Configuration"],
    "workspaces-web/identity-provider": ["identityProviderDetails.client_secret"],
}

# What the general rule takes for a secret wrongly.
NOT_SECRET = {}

# Log drivers' options that hold no secret:
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html.
_LOG_OPTIONS_KEPT = [
    "Name", "awslogs-create-group", "awslogs-datetime-format", "awslogs-group", "awslogs-multiline-pattern",
    "awslogs-region", "awslogs-stream-prefix", "awslogs-endpoint", "compress", "config-file-type", "config-file-value",
    "delivery_stream", "enable-ecs-log-metadata", "log-driver-buffer-limit", "max-buffer-size", "max-file", "max-size",
    "mode", "region", "splunk-format", "splunk-index", "splunk-source", "splunk-sourcetype", "tag",
]
# Glue's own parameters (https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html); not
# `--conf` and `--python-modules-installer-option`, where passwords are given.
_GLUE_ARGUMENTS_KEPT = ["--" + name for name in (
    "TempDir", "additional-python-modules", "class", "continuous-log-conversionPattern", "continuous-log-logGroup",
    "continuous-log-logStreamPrefix", "datalake-formats", "disable-proxy-v2",
    "enable-auto-scaling", "enable-continuous-cloudwatch-log", "enable-continuous-log-filter", "enable-glue-datacatalog",
    "enable-job-insights", "enable-lakeformation-fine-grained-access", "enable-metrics", "enable-observability-metrics",
    "enable-rename-algorithm-v2", "enable-s3-parquet-optimized-committer", "enable-spark-ui", "executor-cores",
    "extra-files", "extra-jars", "extra-py-files", "job-bookmark-from", "job-bookmark-option", "job-bookmark-to",
    "job-language", "library-set", "scriptLocation", "spark-event-logs-path", "use-postgres-driver", "user-jars-first",
    "write-shuffle-files-to-s3", "write-shuffle-spills-to-s3",
)]
# Values of a redacted map that stay readable, by the map's name.
KEPT = {
    "Arguments": _GLUE_ARGUMENTS_KEPT,
    "DefaultArguments": _GLUE_ARGUMENTS_KEPT,
    "NonOverridableArguments": _GLUE_ARGUMENTS_KEPT,
    "options": _LOG_OPTIONS_KEPT,
}
