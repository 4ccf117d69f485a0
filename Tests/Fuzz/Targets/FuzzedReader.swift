/// The readers that are fuzzed: of replies in JSON and XML, of documents, of configuration files, of control calls.
package enum FuzzedReader: String, CaseIterable, Sendable {
    case json, xml, document, ini, varlink
}
