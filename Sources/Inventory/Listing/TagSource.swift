import AWS
import JSON

/// How to ask the Resource Groups Tagging API about one account and region.
struct TagSource: Sendable {
    let service: AWSService
    let client: AWSClient
    let credentials: any CredentialsProvider
    let account: String
    let region: String
    /// Services as ARNs name them: only their resources are told.
    let filters: [String]

    static let operation = "GetResources"
    /// https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
    private static let filterLimit = 100
    private static let pageSize: Int64 = 100
    /// More resources than a full table has room for; a token that leads nowhere ends here.
    private static let pageLimit = 10_000

    /// Reads all pages. Throws the first failure: a table that lacks a page would take tags away.
    func read() async throws(ListingFailure) -> TagTable {
        guard let operation = service.model.operations[Self.operation] else {
            throw failure("CatalogueError", "the service has no operation \(Self.operation)")
        }
        var table = TagTable()
        for start in stride(from: 0, to: filters.count, by: Self.filterLimit) {
            let part = filters[start..<min(start + Self.filterLimit, filters.count)]
            try await read(operation, Array(part), into: &table)
        }
        return table
    }

    private func read(
        _ operation: OperationModel, _ filters: [String], into table: inout TagTable
    ) async throws(ListingFailure) {
        let fixed: [JSONValue.Member] = [
            .init("ResourcesPerPage", .integer(Self.pageSize)),
            .init("ResourceTypeFilters", .array(filters.map(JSONValue.string))),
        ]
        var token = ""
        for _ in 0..<Self.pageLimit {
            let input = token.isEmpty ? fixed : fixed + [.init("PaginationToken", .string(token))]
            let call = AWSCall(
                service: service, operation: operation, input: .object(input), region: region, account: account,
                credentials: credentials)
            token = try await page(call, into: &table)
            if token.isEmpty || table.isCut { return }
        }
        throw failure("PaginationLimit", "no end after \(Self.pageLimit) pages")
    }

    /// Answers the next page's token, empty after the last.
    private func page(_ call: AWSCall, into table: inout TagTable) async throws(ListingFailure) -> String {
        let envelope: [UInt8]
        do throws(AWSCallError) {
            envelope = try await client.call(call) { reply throws(AWSCallError) in
                // A page that broke in the middle comes again: the same resources take the same places.
                try await Self.read(reply, call, into: &table)
            }
        } catch {
            throw ListingFailure(error, operation: Self.operation)
        }
        let path = [Array("PaginationToken".utf8)]
        guard let token = DocumentScanner.value(at: path, of: envelope.span) else { return "" }
        return DocumentText.text(envelope.span.extracting(token))
    }

    private static func read(
        _ reply: HTTPReply, _ call: AWSCall, into table: inout TagTable
    ) async throws(AWSCallError) -> [UInt8] {
        var decoder = ReplyDecoder(
            plan: call.service.plan, operation: call.operation, items: [["ResourceTagMappingList"]])
        var mapping = ByteBuffer(capacity: 1024)
        do {
            while let chunk = try await reply.body.next() {
                decoder.feed(chunk)
                while true {
                    mapping.truncate(to: 0)
                    guard try decoder.next(into: &mapping) else { break }
                    table.add(mapping.span)
                }
            }
            return try decoder.finish(status: reply.status, headers: reply.headers)
        } catch let error as HTTPError {
            throw .transport(error)
        } catch let error as WireError {
            throw .reply(error)
        } catch {
            throw .cancelled
        }
    }

    private func failure(_ code: String, _ message: String) -> ListingFailure {
        ListingFailure(
            outcome: .failed, error: ListingError(operation: Self.operation, code: code, message: message))
    }
}
