/// How a service encodes requests and replies.
package enum WireProtocol: String, Sendable {
    case query
    case ec2
    case json
    case restJSON = "rest-json"
    case restXML = "rest-xml"
}

/// What the client must know of a service to call it: facts from AWS's own machine-readable models.
package struct ServiceModel: Sendable {
    /// The botocore and AWS CLI name: `ec2`, `elbv2`.
    package var name: String
    /// AWS's identifier of the service, as in `AWS_ENDPOINT_URL_<SERVICE>`: `Elastic Load Balancing v2`.
    package var serviceID: String = ""
    package var wireProtocol: WireProtocol
    /// First label of the standard host name.
    package var endpointPrefix: String
    /// The service's name in the credential scope.
    package var signingName: String
    /// `Version=` of the query and ec2 protocols.
    package var apiVersion: String
    /// `1.0` or `1.1`, of the json protocol's content type.
    package var jsonVersion: String
    /// What precedes the operation in `X-Amz-Target`.
    package var targetPrefix: String
    /// The operation that tells where the account's calls go, for services that demand that it is asked first.
    package var endpointDiscovery: String?
    package var endpoint: EndpointRule
    package var operations: [String: OperationModel]
    package var shapes: [Shape]
}

/// Where a service's hosts are.
package enum EndpointRule: Sendable, Equatable {
    /// `prefix.region.suffix`.
    case standard
    /// A host template with `{region}` (and per-region exceptions).
    case template(String, exceptions: [String: String])
    /// One host for a whole partition, with the region it signs for; by partition name (`aws`, `aws-cn`, …).
    case global([String: GlobalHost])

    package struct GlobalHost: Sendable, Equatable {
        package var host: String
        package var signingRegion: String

        package init(host: String, signingRegion: String) {
            self.host = host
            self.signingRegion = signingRegion
        }
    }
}

package struct OperationModel: Sendable {
    package var name: String
    package var method: String
    /// Path with `{Label}` and `{Label+}` places and fixed query parameters, as in the model.
    package var uri: String
    package var input: ShapeRef?
    package var output: ShapeRef?
    /// The element around the output (query); `nil` where the reply has none.
    package var resultWrapper: String?
    /// `s3` answers GetBucketLocation with the value as the root element of this member's name.
    package var unwrappedRoot: String?
    /// Host label template in front of the service's host: `{AccountId}.`.
    package var hostPrefix: String?
    /// The root element of a rest-xml request's body.
    package var inputRoot: XMLName?
    /// Headers that every request of the operation has.
    package var headers: [Header] = []

    package struct XMLName: Sendable {
        package var name: String
        /// Empty without one.
        package var namespace: String
    }

    package struct Header: Sendable {
        package var name: String
        package var value: String
    }
}

/// A place where a value stands: the index of its shape in `ServiceModel.shapes`.
package typealias ShapeRef = Int

/// The wire description of one shape.
package enum Shape: Sendable {
    case string, integer, float, boolean, blob, timestamp
    /// Any JSON; handed through.
    case document
    /// JSON text carried as a string, in a header or a member.
    case jsonValue
    /// A policy as URL-encoded JSON text, which the AWS CLI prints as an object (IAM).
    case policyDocument
    case list(List)
    case map(Map)
    case structure(Structure)

    package struct List: Sendable {
        package var element: ShapeRef
        /// XML element name of an item; `nil` is the protocol's default.
        package var itemName: String?
        package var isFlattened: Bool
    }

    package struct Map: Sendable {
        package var key: ShapeRef
        package var value: ShapeRef
        package var keyName: String?
        package var valueName: String?
        package var isFlattened: Bool
    }

    package struct Structure: Sendable {
        package var members: [Member]
        /// Exactly one member is set; one that the model does not know is printed by its name.
        package var isUnion = false
    }

    package struct Member: Sendable {
        /// The model's name, which the AWS CLI prints.
        package var name: String
        /// The name on the wire.
        package var wireName: String
        package var shape: ShapeRef
        package var location: Location
    }

    package enum Location: Sendable {
        case body, header, headers, statusCode, attribute, query, uri, payload
    }
}
