import JSON

/// A service ready to be called: its model with what is derived from it once.
package final class AWSService: Sendable {
    package let model: ServiceModel
    package let plan: DecodingPlan
    package let encoder: RequestEncoder

    package init(model: ServiceModel) {
        self.model = model
        plan = DecodingPlan(model: model)
        encoder = RequestEncoder(model: model)
    }
}

/// One call: what, where, as whom.
package struct AWSCall: Sendable {
    package var service: AWSService
    package var operation: OperationModel
    /// An object of the model's member names.
    package var input: JSONValue
    /// The input as it goes on the wire, in place of `input`, of which it has to say the same: for services of JSON protocols.
    package var body: SharedBytes?
    /// The region to send to and sign for; global services have their own.
    package var region: String
    /// The account whose budget the call uses.
    package var account: String
    package var credentials: any CredentialsProvider

    package init(
        service: AWSService, operation: OperationModel, input: JSONValue, region: String, account: String,
        credentials: any CredentialsProvider
    ) {
        self.service = service
        self.operation = operation
        self.input = input
        self.region = region
        self.account = account
        self.credentials = credentials
    }
}

/// Why a call has no result, after every retry that was due.
package enum AWSCallError: Error, Sendable {
    /// AWS answered with an error.
    case service(AWSServiceError)
    /// No answer, or not all of it.
    case transport(HTTPError)
    /// An answer that is not what the service's model promises.
    case reply(WireError)
    case credentials(CredentialsError)
    /// A mistake in the catalogue.
    case request(EncodingError)
    case cancelled
    /// Cancelled while the call waited for its turn at a rate, in calls a second, that AWS's throttles have taught.
    case waiting(rate: Double)
}
