import JSON

extension AWSClient {
    /// The host that the service has told the call's account, asking it where none is known; `nil` for the many services
    /// with one host for everybody, and where the operator has configured one.
    ///
    /// Throws what asking throws, and a malformed reply when it names no host.
    func discoveredHost(_ call: AWSCall) async throws(AWSCallError) -> String? {
        guard let key = discoveryKey(call), let name = call.service.model.endpointDiscovery,
            let operation = call.service.model.operations[name]
        else { return nil }
        let now = clock.now()
        if let host = discovered.host(key, now: now) { return host }
        var question = call
        question.operation = operation
        question.input = .object([])
        guard let answer = DiscoveredEndpoints.Answer(try await document(question)) else {
            throw .reply(.malformed(offset: 0, reason: "\(name) names no endpoint"))
        }
        discovered.keep(answer, for: key, now: now)
        return answer.host
    }

    /// Lets the next call ask again, when the service refused the host that it had told.
    func forgetHost(_ call: AWSCall, after failure: AWSCallError) {
        guard case .service(let error) = failure, error.code == "InvalidEndpointException",
            let key = discoveryKey(call)
        else { return }
        discovered.forget(key)
    }

    /// `nil` where there is nothing to ask for.
    private func discoveryKey(_ call: AWSCall) -> DiscoveredEndpoints.Key? {
        guard let name = call.service.model.endpointDiscovery, call.operation.name != name,
            let endpoint = try? endpoints.endpoint(call.service.model, region: call.region), !endpoint.isOverride
        else { return nil }
        return DiscoveredEndpoints.Key(account: call.account, region: call.region, service: call.service.model.name)
    }
}
