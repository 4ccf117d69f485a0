import AWS
import Inventory
import JSON

/// Asks IAM's policy simulator which actions an identity may do
/// (https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html).
struct PolicySimulator: Sendable {
    /// What the simulator says of one action.
    enum Verdict: Sendable, Equatable {
        case allowed
        /// No policy allows it.
        case missing
        /// A policy denies it explicitly, or the organisation's policies or a boundary do not allow it.
        case forbidden
        /// The simulator does not know the action.
        case unknown
    }

    /// Actions a simulation; the simulator answers at most 1,000 results a page, and now and then fewer than asked for.
    private static let batchSize = 100
    private static let operationName = "SimulatePrincipalPolicy"
    /// IAM's code for an input it cannot use: among actions, one that it does not know.
    private static let invalidInput = "InvalidInput"

    private let client: AWSClient
    private let service: AWSService
    private let operation: OperationModel
    private let region: String
    private let account: KnownAccount

    /// `nil` when the catalogue does not have the operation.
    init?(catalogue: Catalogue, client: AWSClient, account: KnownAccount, region: String) {
        guard let service = try? catalogue.glance(at: "iam"),
            let operation = service.model.operations[Self.operationName]
        else { return nil }
        self.client = client
        self.service = service.client
        self.operation = operation
        self.region = region
        self.account = account
    }

    /// A verdict for each of the actions; `nil` when the simulator may not be asked or its answer is not whole.
    ///
    /// A batch that holds an action which the simulator does not know is asked again in halves.
    func verdicts(on actions: [String], of identity: String) async -> [String: Verdict]? {
        var verdicts: [String: Verdict] = [:]
        var batches = stride(from: 0, to: actions.count, by: Self.batchSize).map { start in
            actions[start..<min(start + Self.batchSize, actions.count)]
        }
        while let batch = batches.popLast() {
            do throws(ListingFailure) {
                guard let found = try await simulation(of: batch, identity) else { return nil }
                verdicts.merge(found) { $1 }
            } catch {
                guard error.error.code == Self.invalidInput else { return nil }
                if batch.count == 1 {
                    verdicts[batch[batch.startIndex]] = .unknown
                } else {
                    let middle = batch.startIndex + batch.count / 2
                    batches += [batch[..<middle], batch[middle...]]
                }
            }
        }
        return verdicts
    }

    /// One simulation, all its pages; `nil` when an action is left without a verdict.
    private func simulation(
        of batch: ArraySlice<String>, _ identity: String
    ) async throws(ListingFailure) -> [String: Verdict]? {
        var found: [String: Verdict] = [:]
        var marker: String?
        // Each page holds one result at least, so that there are no more pages than actions.
        for _ in batch {
            let page = try await self.page(of: batch, identity, marker)
            for result in page["EvaluationResults"]?.array ?? [] {
                guard let action = result["EvalActionName"]?.string else { return nil }
                found[action] = Self.verdict(result)
            }
            marker = page["IsTruncated"]?.bool == true ? page["Marker"]?.string : nil
            if marker == nil { break }
        }
        return batch.allSatisfy { found[$0] != nil } ? found : nil
    }

    private func page(
        of batch: ArraySlice<String>, _ identity: String, _ marker: String?
    ) async throws(ListingFailure) -> JSONValue {
        var input: [JSONValue.Member] = [
            .init("PolicySourceArn", .string(identity)), .init("ActionNames", .array(batch.map(JSONValue.string))),
            .init("MaxItems", .integer(Int64(Self.batchSize))),
        ]
        if let marker { input.append(.init("Marker", .string(marker))) }
        let call = AWSCall(
            service: service, operation: operation, input: .object(input), region: region, account: account.id,
            credentials: account.credentials)
        let reply: [UInt8]
        do throws(AWSCallError) {
            reply = try await client.document(call)
        } catch {
            throw ListingFailure(error, operation: Self.operationName)
        }
        return (try? JSONValue.parse(reply)) ?? .null
    }

    /// Organisations' policies and boundaries never allow by themselves: what they hold back no policy of the identity
    /// can give, whether the result calls it an implicit deny or an explicit one.
    private static func verdict(_ result: JSONValue) -> Verdict {
        let isHeldBack =
            result["OrganizationsDecisionDetail"]?["AllowedByOrganizations"]?.bool == false
            || result["PermissionsBoundaryDecisionDetail"]?["AllowedByPermissionsBoundary"]?.bool == false
        switch result["EvalDecision"]?.string {
        case "allowed": return .allowed
        case "explicitDeny": return .forbidden
        default: return isHeldBack ? .forbidden : .missing
        }
    }
}
