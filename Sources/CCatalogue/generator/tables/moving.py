"""Numbers and times that look as if they moved by themselves: each is volatile, or was seen not to be."""
import re

# Times of what happened last or comes next, but for those of a change.
_TIME = r"^([lL]ast|[lL]atest|[mM]ost[rR]ecent|[nN]ext)[A-Z]\w*|(Date|Time)Last[A-Z]\w*"
_OF_A_CHANGE = r"(?i)(modif|updat|change|edit|creat|revis|version|publish|definition|activation|config)"
# Counters, fill levels and progress, but for chosen limits.
_LEVEL = (
    r"(?i)(remaining|elapsed|utiliz|consumed|usage|progress|complet|heartbeat|lastseen|inuse|staleness|estimated"
    r"|approximate|currentrate|transferred|processed|succeeded|pending|running|skipped|imported|restorable)"
    r"|(item|row|document|object|record|message|active|available|connected|healthy|failed|successful|failure|success"
    r"|error|finding|used|resource|device|instance|image|file|face|table|domain|member|user|service|node|task|job|run"
    r"|backup|rule)s?count$"
    r"|^(available|used|free|total)\w*(count|bytes|size|capacity|units|storage|ingbs|inmb\w*)$"
    r"|^(numberof|countof|num)\w+|sizeinbytes$|sizebytes$|storedbytes"
    r"|(storage|table|data|index|backup|cache|tape)(size|used)\w*$|score$")
_CHOSEN = (r"(?i)^(max|min|desired|target|initial|requested|reserved|warm|dedicated)|threshold|limit|(^|_)percentage$"
           r"|setting|timeout")
TYPES = ("integer", "long", "double", "float", "timestamp")


def looks_moving(name):
    """Whether a number or time of that name has to be decided about."""
    return bool(re.search(_TIME, name) and not re.search(_OF_A_CHANGE, name)
                or re.search(_LEVEL, name) and not re.search(_CHOSEN, name))


# They move while nobody changes the resource.
VOLATILE = {
    "actualUsedDataStorageSizeInTBs", "ApproximateAssetCount", "approximateDollarUsage",
    "approximateNumberOfObjectsToProcess", "availableAutonomousDataStorageSizeInTBs", "AvailableCapacity",
    "availableComputeCapacity", "AvailableInstanceCount", "availableSizeInGBs", "AvailableSpareInstanceCount",
    "availableStorageSizeInGBs", "availableVmStorageSizeInGBs", "bytesImported", "completedSteps", "ConsumedLicenses",
    "consumedSourceDocCount", "consumedSourceSize", "ConsumedSpiceCapacityInBytes", "CurrentInstanceCount",
    "CurrentRateInMegaBytesPerSecond", "DataTransferredInMegaBytes", "DateLastUsed", "DocumentCount",
    "earliestRestorableTimestamp", "EdgeDeploymentPending", "EdgeDeploymentPendingInStage", "ErrorCount",
    "EstimatedEvaluationTimeRemainingInMinutes", "EstimatedTimeRemainingInMinutes",
    "EstimatedTimeToCompletionInSeconds", "eventDataSizeInBytes", "FaceCount", "FileCount", "gbInUse",
    "imageScanCompletedAt", "ImportedItemCount", "indexedTextDocumentCount", "IndexedTextDocumentsCount", "InProgress",
    "InProgressInvalidationBatches", "InProgressStackInstancesCount", "inUse", "InUse", "InUseInstanceCount",
    "inUseResourceCount", "JobPercentComplete", "KnowledgeBaseSizeBytes", "LastAnalyzedTime",
    "lastAppComplianceEvaluationTime", "LastAuthorizedTime", "LastAutoAdjustTime", "lastCheckAttempt", "LastCheckedAt",
    "lastCheckedAt", "LastClaimTime", "LastComputed", "LastConnectionValidationTime", "lastConnectionValidationTime",
    "LastCredentialVerifiedAt", "LastDiscoveredAt", "lastDriftEvaluationTime", "lastEnrichedAt", "LastEvaluationTime",
    "LastHealthCheckTime", "lastMaintenanceTime", "lastPostureAt", "LastRefreshedAt", "lastRefreshedAt",
    "lastResiliencyScoreEvaluationTime", "lastResourceAnalyzedAt", "LastRestoreTime", "lastRunAssetCount",
    "LastScanTimestamp", "LastStarted", "lastStartedAt", "LastStopped", "LastSuccessfulAllocationTime",
    "lastSynchronizedAt", "lastVerifiedTime", "LatestResourceDiscoveryTime", "LatestRestorePoint",
    "LatestUsageAnalysisTime", "ManualSnapshotRemainingDays", "MessageCount", "MeteringProfileCount",
    "mostRecentExecutionTime", "nextAutomatedBackupTime", "NextInvocationTime", "nextLongTermBackupTimeStamp",
    "nextMaintenanceTime", "NextPatchDate", "NextRotationDate", "NextSlotStartTime", "NumberOfArchives",
    "numberOfEvents", "ObjectCount", "openFindingsCount", "Pending", "PendingImportedDeviceCount", "pendingRunCount",
    "pendingStartSubmissionCount", "pendingTaskCount", "PercentageComplete", "percentProgress",
    "PipelinesRunningCount", "ProcessedItemCount", "processedRecordCount", "processedRecordsCount",
    "ProcessedRecordsCount", "ProcessedSizeBytes", "processedTime", "ProfileCount", "Progress", "ProgressingJobsCount",
    "RecordsProcessed", "remaining", "remainingMemoryInMiB", "RemainingUses", "ReportCompletionPercent",
    "resolvedFindingsCount", "ResourcesPending", "RunCount", "Running", "RunningActions", "RunningBridgeCount",
    "runningCount", "runningRunCount", "runningTaskCount", "snapshotRemainingDays", "startingRunCount",
    "stoppingRunCount", "StorageOperationPercentProgress", "StorageUtilizedInBytes", "storeSizeBytes",
    "SubmittedJobsCount", "totalBackupStorageSizeInGBs", "TotalDataInMegaBytes", "TotalFileBytes",
    "TotalFulfilledCapacity", "totalLinksCount", "totalRunningCount", "totalWithoutDaemonCount",
    "UnhealthyInstanceCount", "usedDataStorageSizeInGBs", "usedDataStorageSizeInTBs",
}

# They stand still unless somebody does something: sizes that were chosen, results and ends of what is over, counts of a
# resource's own parts.
STABLE = {
    "ActualIncrementalBackupSizeInMegaBytes", "actualIncrementalBackupSizeInMegaBytes", "allocatedStorageSizeInTBs",
    "assessmentRunCount", "associatedResourceCount", "associatedServiceCount", "autonomousDataStorageSizeInTBs",
    "BackupSizeInBytes", "BilledSizeBytes", "BlockSizeBytes", "CacheNodeCount", "cancelledRunCount",
    "CommittedInstanceCount", "CompletedAt", "completedAt", "CompletedDate", "CompletedOn", "completedRunCount",
    "CompletedTimestamp", "completeTime", "CompletionDate", "CompletionDurationMinutes", "completionTime",
    "CompletionTime", "CompletionWindowMinutes", "CpuUtilization", "cpuUtilizationPercentage", "DataSize",
    "DataSizeInBytes", "dataStorageSizeInGBs", "dataStorageSizeInTBs", "DateImported", "DBInstanceCount",
    "dbNodeStorageSizeInGBs", "deletedRunCount", "DeletePendingTimestamp", "DomainCount", "domainCount",
    "DriftedStackInstancesCount", "eligibleResourceCount", "errorRecordCount", "EstimatedInstanceWarmup",
    "ExecutionCompletedOn", "ExportedRecordsCount", "F1Score", "FailedCount", "FailedImportedDeviceCount",
    "FailedItemsCount", "FailedRecordCount", "failedRecordsCount", "FailedRecordsCount", "failedRunCount",
    "FailedStackInstancesCount", "failureCount", "FileSizeBytes", "FindingCount", "FindingsCount", "FragmentSizeBytes",
    "FullSnapshotSizeInBytes", "HeartbeatFrequency", "IdentifiedLanguageScore", "imageSizeInBytes", "ImportedAt",
    "ImportedDataSize", "ImportedFileChunkSize", "ImportedItemsCount", "ImportedRecordCount", "ImportedUsers",
    "IndividualAssessmentCompletedCount", "IngestionSizeInBytes", "InstanceCount", "InSyncStackInstancesCount",
    "InvalidRecordCount", "itemsCount", "lastActivatedAt", "LastActivatedTime", "lastArchivedAt", "lastAssignedAt",
    "lastBuildSubmittedDateTime", "LastColumnId", "LastDecreaseDateTime", "lastDeployTime", "LastFreshStart",
    "LastIncreaseDateTime", "LastKeyGenerationTimestamp", "LastPartitionId", "lastReleasedAt", "LastRotatedDate",
    "lastSavedAt", "lastStartTime", "lastStopTime", "lastUploadTimestamp", "lastUsedTtlHours", "LastValidationTime",
    "mediaSizeBytes", "MemoryUtilization", "messageCount", "messagesCount", "MicroF1Score", "nodeCount", "NodeCount",
    "number", "NumberBFramesBetweenReferenceFrames", "NumberDatatypeScale", "NumberOfAcceleratorDevicesRequired",
    "numberOfAccountsCovered", "NumberOfApprovers", "NumberOfAssociatedManualAssignmentQueues",
    "NumberOfAssociatedQueues", "numberOfAssociatedResourceConfigurations", "numberOfAssociatedServices",
    "NumberOfAssociatedUsers", "numberOfAssociatedVPCs", "NumberOfBacktestWindows", "NumberOfBrokerNodes",
    "NumberOfBuckets", "NumberOfCaCertificates", "NumberOfChannels", "numberOfCollections", "numberOfConnections",
    "NumberOfControls", "NumberOfCpuCoresRequired", "NumberOfDatabases", "NumberOfDevicesInGroup",
    "NumberOfDevicesRequested", "NumberOfDocuments", "NumberOfFiles", "NumberOfFrameworks",
    "NumberOfHumanWorkersPerDataObject", "NumberOfJobs", "NumberOfLabels", "NumberOfMountTargets", "NumberOfNodes",
    "numberOfNotifiedThings", "NumberOfOnCalls", "numberOfRerankedResults", "NumberOfResources", "numberOfResults",
    "numberOfRetries", "numberOfRevisions", "NumberOfRules", "numberOfRuns", "NumberOfSamples", "NumberOfSchemas",
    "NumberOfShards", "NumberOfSteps", "numberOfSucceededThings", "NumberOfTestDocuments", "NumberOfTopics",
    "NumberOfTrainedDocuments", "NumberOfTrainMentions", "numberOfWorkers", "NumberOfWorkers", "NumberReferenceFrames",
    "NumberRows", "numbers", "NumberValue", "NumCacheNodes", "numDeleted", "NumericValue", "NumFalseNegatives",
    "NumFalsePositives", "NumLeftCharsToExclude", "NumNodeGroups", "numNodes", "NumPartitions", "NumRefFrames",
    "numResults", "NumRetries", "NumRightCharsToExclude", "NumShards", "NumTrueNegatives", "NumTruePositives",
    "numTurns", "numVersions", "OnboardedImportedDeviceCount", "PageSizeBytes", "PendingDeletionWindowInDays",
    "PendingPeriod", "PendingStorageSize", "PermissionsBoundaryUsageCount", "poolStorageSizeInTBs", "possibleScore",
    "QueryTableCount", "recordsCount", "registeredDevicesCount", "relevanceScore", "RequestCompletionTime",
    "resiliencyScore", "resourceCount", "resourcesCount", "ResourcesSucceeded", "RestorableUntil", "RuleCount",
    "score", "Score", "SearchInstanceCount", "SelectedInstanceCount", "ServiceCount", "servicesCount",
    "shardInstanceCount", "sizeBytes", "SizeBytes", "Skipped", "SkippedRecordCount", "SkippedTermCount",
    "SkippedUsers", "SnapshotSizeInBytes", "softwareStorageSizeInGB", "SourceReservedNodeCount", "StepsCompleted",
    "storageSeriesIdSetCacheSize", "StorageSize", "storageSizeGiB", "storageSizeInGBs", "storageSizeInGiB",
    "StripeSizeBytes", "Succeeded", "SucceededActions", "SucceededCount", "successRecordCount", "TableCount",
    "TapeSizeInBytes", "TapeUsedInBytes", "TaskCount", "TotalAccountCount", "TotalAddressCount",
    "totalBackupSizeInMegaBytes", "TotalBackupSizeInMegaBytes", "totalBaseCount", "totalComputeCapacity", "TotalCount",
    "totalCpuCoreCount", "totalEcpuCount", "TotalInstanceCount", "TotalItemsToScanCount", "totalReadCount",
    "totalRecordCount", "TotalRecordCount", "totalRecordsCount", "TotalRecoveryPointsToScanCount",
    "TotalRowsProcessed", "TotalRulesProcessed", "TotalSize", "totalSizeInGBs", "totalSizeInMegaBytes",
    "TotalStackInstancesCount", "totalStorageBytes", "TotalStorageCapacityInMegaBytes", "totalStorageSizeInGBs",
    "TotalTargetCapacity", "TotalUltraServerCount", "totalVmStorageSizeInGBs", "UncompressedSizeInBytes",
    "UsageOperationUpdateTime", "UsagePrice", "UsageStartTimestamp", "UsageStopTimestamp", "UserCount", "userCount",
    "VolumeSizeInBytes",
}
