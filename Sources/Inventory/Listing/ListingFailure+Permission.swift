extension ListingFailure {
    /// The failure with the IAM actions that would have allowed the refused call in front of AWS's message, which
    /// often leaves them out. Other failures stay as they are.
    package func naming(_ actions: (_ operation: String) -> [String]) -> ListingFailure {
        guard outcome == .denied || outcome == .deniedByPolicy, !error.operation.isEmpty else { return self }
        let needed = actions(error.operation).joined(separator: ", ")
        guard !needed.isEmpty, !error.message.hasPrefix("needs ") else { return self }
        var named = self
        named.error = ListingError(
            operation: error.operation, code: error.code, message: "needs \(needed): \(error.message)",
            requestID: error.requestID)
        return named
    }
}
