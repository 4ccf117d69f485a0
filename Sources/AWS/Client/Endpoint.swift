/// Where a service's requests for a region go, and for what they are signed.
package struct Endpoint: Sendable, Equatable {
    /// `https` or `http`.
    package var scheme: String
    /// With the port, unless it is the scheme's own: as in the `Host` field.
    package var host: String
    /// What stands in front of every path: empty, or `/` and more without a `/` at its end.
    package var basePath: String
    package var signingRegion: String
    package var signingName: String
    /// The host was configured by the operator and stands as it is: no operation puts a label in front.
    package var isOverride: Bool

    /// `scheme://host` and the base path, to which a path is appended.
    package var url: String { "\(scheme)://\(host)\(basePath)" }

    /// The endpoint for one operation, whose host prefix has its labels filled in: `data-`, `123456789012.`.
    package func prefixed(by hostPrefix: String?) -> Endpoint {
        guard let hostPrefix, !hostPrefix.isEmpty, !isOverride else { return self }
        var copy = self
        copy.host = hostPrefix + host
        return copy
    }

    /// The endpoint of `service` in `region` (`aws-global` and its like for global services).
    ///
    /// Environment, first found wins: `AWS_ENDPOINT_URL_<SERVICE ID>`, `AWS_ENDPOINT_URL`, unless
    /// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is true; then AWS's own host.
    ///
    /// - Parameter serviceID: AWS's service id, `Elastic Load Balancing v2`; by default the service's name.
    package static func resolve(
        _ service: ServiceModel, region: String, serviceID: String? = nil, environment: [String: String]
    ) throws(EndpointError) -> Endpoint {
        var endpoint = standard(service, region: region)
        let variables = [variable(serviceID ?? service.name), "AWS_ENDPOINT_URL"]
        guard environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.lowercased() != "true",
            let variable = variables.first(where: { environment[$0]?.isEmpty == false }),
            let text = environment[variable]
        else { return endpoint }
        let override = try ConfiguredURL(text, variable: variable)
        endpoint.scheme = override.scheme
        endpoint.host = override.host
        endpoint.basePath = override.path
        endpoint.isOverride = true
        return endpoint
    }

    /// The variable that overrides one service's endpoint: `AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2`.
    package static func variable(_ serviceID: String) -> String {
        "AWS_ENDPOINT_URL_" + serviceID.uppercased().map { $0 == " " || $0 == "-" ? "_" : String($0) }.joined()
    }

    private static func standard(_ service: ServiceModel, region: String) -> Endpoint {
        let partition = Partition(region: region)
        let real = region.hasSuffix("-global") ? partition.implicitRegion : region
        var signingRegion = real
        let host: String
        switch service.endpoint {
        case .standard:
            host = "\(service.endpointPrefix).\(real).\(partition.dnsSuffix)"
        case .template(let template, let exceptions):
            host = fill(exceptions[real] ?? template, region: real, suffix: partition.dnsSuffix)
        case .global(let hosts):
            let entry = hosts[partition.name]
            host = entry?.host ?? "\(service.endpointPrefix).\(partition.dnsSuffix)"
            signingRegion = entry?.signingRegion ?? partition.implicitRegion
        }
        return Endpoint(
            scheme: "https", host: host, basePath: "", signingRegion: signingRegion, signingName: service.signingName,
            isOverride: false)
    }

    private static func fill(_ template: String, region: String, suffix: String) -> String {
        var text = ""
        for part in template.split(separator: "{", omittingEmptySubsequences: false) {
            if part.hasPrefix("region}") {
                text += region + part.dropFirst("region}".count)
            } else if part.hasPrefix("dnsSuffix}") {
                text += suffix + part.dropFirst("dnsSuffix}".count)
            } else {
                text += part
            }
        }
        return text
    }
}

/// A configured endpoint that cannot be used.
package struct EndpointError: Error, Sendable, Equatable, CustomStringConvertible {
    package var variable: String
    package var reason: String

    package var description: String { "\(variable): \(reason)" }
}

/// An endpoint URL as an operator wrote it. Its text is in no error: it may hold a password.
private struct ConfiguredURL {
    let scheme: String
    let host: String
    let path: String

    init(_ text: String, variable: String) throws(EndpointError) {
        func refuse(_ reason: String) -> EndpointError { EndpointError(variable: variable, reason: reason) }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw refuse("holds white space or a byte that no URL has")
        }
        let lower = text.lowercased()
        guard let scheme = ["https", "http"].first(where: { lower.hasPrefix($0 + "://") }) else {
            throw refuse("must begin with http:// or https://")
        }
        let rest = text.dropFirst(scheme.count + 3)
        guard !rest.contains("?"), !rest.contains("#") else { throw refuse("must have no query and no fragment") }
        let authority = rest.prefix { $0 != "/" }
        guard !authority.contains("@") else { throw refuse("must hold no user name or password") }
        guard let host = Self.host(String(authority), defaultPort: scheme == "https" ? 443 : 80) else {
            throw refuse("names no valid host and port")
        }
        var path = rest.dropFirst(authority.count)
        while path.last == "/" { path.removeLast() }
        self.scheme = scheme
        self.host = host
        self.path = String(path)
    }

    private static func host(_ authority: String, defaultPort: Int) -> String? {
        var name = Substring(authority)
        var port: Int?
        let nameEnd = name.lastIndex(of: "]") ?? name.startIndex
        if let colon = name[nameEnd...].lastIndex(of: ":") {
            guard let number = Int(name[name.index(after: colon)...]), (1...65535).contains(number) else { return nil }
            port = number
            name = name[..<colon]
        }
        let isAddress = name.hasPrefix("[") && name.hasSuffix("]") && name.count > 2
        let inner = isAddress ? name.dropFirst().dropLast() : name
        let allowed: (UInt8) -> Bool = { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            case UInt8(ascii: ":"): isAddress
            default: false
            }
        }
        guard !inner.isEmpty, inner.utf8.allSatisfy(allowed) else { return nil }
        guard let port, port != defaultPort else { return name.lowercased() }
        return "\(name.lowercased()):\(port)"
    }
}
