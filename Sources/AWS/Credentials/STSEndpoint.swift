/// Where STS is called: the regional host, as all SDKs do now by default.
struct STSEndpoint {
    let region: String?
    let overrideURL: String?

    /// The region that is signed for: the configured one, else one of the role's partition.
    func region(for request: AssumeRoleRequest) -> String {
        if let region { return region }
        return switch request.partition {
        case "aws-cn": "cn-north-1"
        case "aws-us-gov": "us-gov-west-1"
        default: "us-east-1"
        }
    }

    func url(for request: AssumeRoleRequest) -> String {
        if let overrideURL { return overrideURL.hasSuffix("/") ? overrideURL : overrideURL + "/" }
        return "https://sts.\(region(for: request)).\(Self.suffix(region(for: request)))/"
    }

    /// Host (with the port, when it is not the scheme's own) and path of the URL, as they are signed.
    func place(for request: AssumeRoleRequest) -> (host: String, path: String) {
        let url = url(for: request)
        let isPlain = url.hasPrefix("http://")
        let rest = url.dropFirst(isPlain ? 7 : 8)
        var host = rest.prefix { $0 != "/" }.lowercased()
        let path = String(rest.dropFirst(host.count))
        let port = isPlain ? ":80" : ":443"
        if host.hasSuffix(port) { host.removeLast(port.count) }
        return (host, path.isEmpty ? "/" : path)
    }

    /// The domain of a region's partition.
    static func suffix(_ region: String) -> String {
        region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
    }
}
