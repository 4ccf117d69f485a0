/// Asks an endpoint for a sign of life: no signature, no permission, no operation.
package struct EndpointProbe: Sendable {
    private let sender: any HTTPSender
    private let environment: [String: String]

    /// What an endpoint said.
    package struct Answer: Sendable, Equatable {
        /// With its port, as configured or as AWS has it.
        package var host: String
        /// The endpoint's clock in seconds since the epoch; `nil` where the reply tells no date.
        package var date: Int?
    }

    /// Short: somebody waits, and a name that resolves answers at once.
    private static let patience = Duration.seconds(10)

    package init(sender: any HTTPSender, environment: [String: String]) {
        self.sender = sender
        self.environment = environment
    }

    /// The answer of `service` in `region`, whatever its status; throws when nobody answers, `unreachable` too for an
    /// endpoint that is configured wrongly.
    package func ask(_ service: ServiceModel, region: String) async throws(HTTPError) -> Answer {
        let endpoint: Endpoint
        do throws(EndpointError) {
            endpoint = try Endpoint.resolve(
                service, region: region, serviceID: service.serviceID, environment: environment)
        } catch {
            throw .unreachable(host: service.name, reason: "\(error)")
        }
        var request = HTTPRequest(method: "GET", url: endpoint.url + "/")
        request.timeouts.connect = Self.patience
        request.timeouts.total = Self.patience
        let reply = try await sender.send(request)
        reply.body.discard()
        return Answer(host: endpoint.host, date: reply.headers["Date"].flatMap(TimestampText.httpDate))
    }
}
