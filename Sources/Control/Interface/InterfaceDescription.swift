/// The interface as every varlink client can ask for it: the public contract (https://varlink.org/Interface-Definition).
///
/// A test holds it against the Swift types. Members may be added to replies; nothing is renamed or removed.
package enum InterfaceDescription {
    /// The text served for an interface; `nil` for one that is not served.
    package static func text(of interface: String) -> String? {
        switch interface {
        case CollectorMethod.interface: collector
        case VarlinkError.serviceInterface: service
        default: nil
        }
    }

    /// The interfaces served, in the order in which `GetInfo` tells them.
    package static let interfaces = [VarlinkError.serviceInterface, CollectorMethod.interface]

    static let service = """
        # What every varlink service tells about itself.
        interface org.varlink.service

        # The program and the interfaces it serves.
        method GetInfo() -> (
          vendor: string,
          product: string,
          version: string,
          url: string,
          interfaces: []string
        )

        # The text of one interface.
        method GetInterfaceDescription(interface: string) -> (description: string)

        error InterfaceNotFound (interface: string)

        error MethodNotFound (method: string)

        error MethodNotImplemented (method: string)

        # The parameter is unknown, missing, or has a value that cannot be.
        error InvalidParameter (parameter: string)

        error PermissionDenied ()

        # The method answers only calls that take several replies.
        error ExpectedMore ()

        """

    static let collector = """
        # The inventory of AWS accounts: refresh it, follow runs, read what was found.
        #
        # Times are ISO 8601 in UTC, 2024-01-15T10:30:00Z. Unknown parameters are refused.
        interface io.inventorycollector.Collector

        # partial: some listings failed, and what they would have replaced is kept.
        # interrupted: the daemon ended while the run was under way.
        type RunState (running, succeeded, partial, failed, cancelled, interrupted)

        # once: the daemon was started for this one run.
        type RunTrigger (schedule, request, once)

        # What a run was asked to cover; an empty list means all.
        type RunRequest (
          services: []string,
          types: []string,
          accounts: []string,
          regions: []string,
          force: bool
        )

        # Outcomes count listings (resource type x account x region) by how they ended: complete, empty, denied,
        # deniedByPolicy, notEnabled, unsupported, throttled, timedOut, credentials, failed, cancelled, interrupted.
        # When the run has ended they add up to planned.
        type RunSummary (
          id: string,
          trigger: RunTrigger,
          schedule: ?string,
          callerUid: ?int,
          callerName: ?string,
          request: RunRequest,
          state: RunState,
          startedAt: string,
          finishedAt: ?string,
          planned: int,
          outcomes: [string]int,
          resources: int,
          created: int,
          updated: int,
          deleted: int,
          unchanged: int,
          renewed: int
        )

        type ServiceProgress (service: string, planned: int, finished: int)

        # How far a run is; planned grows while parents reveal their children.
        type Progress (
          planned: int,
          finished: int,
          outcomes: [string]int,
          resources: int,
          services: []ServiceProgress
        )

        # Why a listing or an account failed. The operation is empty when no call was made.
        type ListingFault (operation: string, code: string, message: string, requestId: ?string)

        # One listing of a run. The outcome is missing while it has not ended.
        type ListingReport (
          type: string,
          account: string,
          region: string,
          outcome: ?string,
          error: ?ListingFault,
          count: int
        )

        # One resource. Its id is unique within service, account and region; the region of global services is global.
        # data is the whole resource as the AWS CLI prints it; ttl is in seconds since 1970.
        type Resource (
          service: string,
          resourceType: string,
          accountId: string,
          region: string,
          resourceId: string,
          arn: ?string,
          name: ?string,
          tags: [string]string,
          updatedAt: string,
          ttl: int,
          data: object
        )

        type ChangeKind (created, updated, deleted)

        # One entry of the change log. Sequences count without a gap. Each element of diff has the members path, old and
        # new; what is not there is null. Volatile members and the order of sets do not count as differences.
        type Change (
          sequence: int,
          time: string,
          run: ?string,
          kind: ChangeKind,
          service: string,
          resourceType: string,
          accountId: string,
          region: string,
          resourceId: string,
          arn: ?string,
          name: ?string,
          diff: []object
        )

        type TypeOutcome (type: string, outcome: string, count: int, error: ?string)

        # How fresh and how whole one service in one account and region is. The status is ok, partial or failed.
        type UnitMetadata (
          service: string,
          accountId: string,
          region: string,
          updatedAt: ?string,
          resourceCount: int,
          status: string,
          lastAttemptAt: string,
          lastGoodAt: ?string,
          outcomes: []TypeOutcome
        )

        # Empty lists of services and accounts mean all. last is the last scheduled instant that was acted on.
        type ScheduleInfo (
          name: string,
          expression: string,
          timeZone: string,
          next: ?string,
          last: ?string,
          services: []string,
          accounts: []string
        )

        # selected: the configuration selects the type for at least one account.
        type ResourceTypeInfo (type: string, selected: bool)

        # global: AWS runs the service once for all regions.
        type ServiceInfo (service: string, global: bool, types: []ResourceTypeInfo)

        # The origin is configuration, organization, or caller for the account of the daemon's own credentials.
        type AccountInfo (
          id: string,
          name: ?string,
          origin: string,
          roleArn: ?string,
          regions: []string,
          lastGoodAt: ?string,
          error: ?ListingFault
        )

        # What the catalogue knows of a resource type. The group is core, all or optIn; the key says what becomes the
        # stored id: id, arn or qualified. Paths are members joined by dots; ^ is the parent's item, % the detail's reply.
        # guessedActions are called like the operation because no reference of IAM names them. A redacted path with !
        # stays readable though another names it too.
        type TypeDescription (
          type: string,
          service: string,
          group: string,
          selected: bool,
          global: bool,
          operation: string,
          followUps: []string,
          actions: []string,
          guessedActions: []string,
          key: string,
          id: string,
          arn: ?string,
          name: ?string,
          tags: ?string,
          tagOperation: ?string,
          parent: ?string,
          redacted: []string,
          volatile: []string,
          cloudFormation: ?string
        )

        # member: the role in each account, or the collector's own identity where an account is entered without one.
        # collector: the collector's own identity. organization, store: the roles that the configuration names.
        type PolicyAudience (member, collector, organization, store)

        # By IAM's quotas, in characters without white space. managed: 6,144 a policy; inline: 10,240 for all of a role.
        type PolicySplit (managed, inline, none)

        # Empty accounts mean every discovered one.
        type PolicyDocument (
          name: string,
          audience: PolicyAudience,
          attachTo: string,
          accounts: []string,
          characters: int,
          document: object
        )

        type CheckState (ok, warning, failed, skipped)

        type CheckArea (configuration, host, store, credentials, account)

        # One thing that was looked at, and what to do next; actions are IAM actions that are missing.
        type DoctorCheck (
          area: CheckArea,
          check: string,
          account: ?string,
          state: CheckState,
          message: string,
          advice: ?string,
          actions: []string
        )

        # The type is sqlite or dynamodb.
        type StoreInfo (type: string, location: string)

        # Start a run, or join the identical one in flight. With more: progress until the run ends; the last reply
        # carries the summary. The run goes on when the caller goes away.
        method Refresh(
          services: ?[]string,
          accounts: ?[]string,
          regions: ?[]string,
          types: ?[]string,
          force: ?bool
        ) -> (run: string, joined: bool, state: RunState, progress: ?Progress, summary: ?RunSummary)

        # Ask a run to stop. It ends when the calls under way have ended.
        method Cancel(run: string) -> (run: string, state: RunState)

        # The newest runs first; 20 without a limit.
        method Runs(limit: ?int) -> (runs: []RunSummary)

        # One run. With more: progress until it ends.
        method DescribeRun(run: string) -> (run: string, state: RunState, progress: ?Progress, summary: ?RunSummary)

        # The daemon's state: starting, ready, degraded, reloading or stopping; and what the problems are while degraded.
        method Status() -> (
          version: string,
          startedAt: string,
          state: string,
          activeRuns: []RunSummary,
          store: StoreInfo,
          nextRun: ?string,
          nextSchedule: ?string,
          accounts: int,
          lastRun: ?RunSummary,
          problems: ?[]string
        )

        # How fresh the inventory is. With more: in several parts.
        method Metadata(service: ?string) -> (lastUpdate: ?string, service: ?string, units: []UnitMetadata)

        # One page of resources in key order; the cursor leads to the next. With more: all pages from there.
        # at: as they were at that time (embedded store only).
        method List(
          service: ?string,
          type: ?string,
          account: ?string,
          region: ?string,
          name: ?string,
          tags: ?[string]string,
          cursor: ?string,
          limit: ?int,
          at: ?string
        ) -> (resources: []Resource, cursor: ?string)

        # Everything whose id, ARN or name this is. history: its changes too, and what is left of a deleted one.
        # at: as it was at that time (embedded store only).
        method Get(id: string, history: ?bool, at: ?string) -> (resources: []Resource, changes: ?[]Change)

        # The change log after an entry (since) or from a time on (sinceTime), 90 days at most; id is an id, an ARN or a
        # name. sequence is the since of the next call. keptSince is how far the log reaches back. With more: all pages
        # to the newest entry.
        method Changes(
          since: ?int,
          sinceTime: ?string,
          service: ?string,
          type: ?string,
          account: ?string,
          region: ?string,
          id: ?string,
          kind: ?ChangeKind,
          limit: ?int
        ) -> (changes: []Change, sequence: int, newest: int, keptSince: string)

        # Changes as they come, after an entry (since) or from now on. Needs more. The first reply comes at once.
        method Monitor(
          since: ?int,
          service: ?string,
          type: ?string,
          account: ?string,
          region: ?string,
          id: ?string,
          kind: ?ChangeKind
        ) -> (changes: []Change, sequence: int)

        method Schedules() -> (schedules: []ScheduleInfo)

        # Every listing of a run (the newest when none is named) and how it ended. With more: all parts from there.
        method Coverage(run: ?string, cursor: ?string, limit: ?int) -> (
          run: string,
          state: RunState,
          planned: int,
          outcomes: [string]int,
          listings: []ListingReport,
          cursor: ?string
        )

        # The services and resource types of the catalogue.
        method Services() -> (services: []ServiceInfo)

        # The accounts that are collected.
        method Accounts() -> (accounts: []AccountInfo)

        # Read the configuration again. On an error the old one stays in force.
        method Reload() -> (warnings: []string)

        # The configuration in force, secrets left out.
        method Configuration() -> (text: string)

        # What the catalogue knows of resource types: services, types and both with * and ?; all when there are none.
        # With more: a service at a time.
        method Types(patterns: ?[]string, selected: ?bool) -> (types: []TypeDescription)

        # The IAM policies that the configuration needs, no more and no less.
        method IAMPolicy(audience: ?PolicyAudience, account: ?string, split: ?PolicySplit) -> (
          documents: []PolicyDocument,
          notes: []string
        )

        # The trust policy of an account's role, with the configured external id.
        method TrustPolicy(account: string) -> (account: string, roleArn: string, document: object, notes: []string)

        # Look for what keeps the collector from its work. With more: each check as soon as it is done.
        method Doctor(accounts: ?[]string) -> (checks: []DoctorCheck)

        error NoSuchService (service: string)

        error NoSuchType (type: string)

        error NoSuchAccount (account: string)

        error NoSuchRegion (region: string)

        error NoSuchRun (run: string)

        error NoSuchResource (id: string)

        # Changes so old are no longer kept.
        error ChangesGone (oldest: int)

        # The log has no entry so new: the store is not the one that gave out the number.
        error NoSuchChange (newest: int)

        # History does not reach so far back.
        error NoHistory (since: string)

        # The configured store does not do that.
        error NotSupported (reason: string)

        # The run has ended and cannot be cancelled.
        error RunFinished (run: string)

        error StoreUnavailable (reason: string)

        # The old configuration stays in force; each text is file:line:column: message.
        error ReloadFailed (errors: []string)

        # Too much is under way; try again later.
        error Busy (reason: string)

        error ShuttingDown ()

        # AWS gave no credentials or no access.
        error AccessFailed (reason: string)

        # The account is entered with the collector's own credentials: there is no role to trust it.
        error NoRole (account: string)

        # Ask with more, or for less.
        error ReplyTooLarge (limitInBytes: int)

        """
}
