import AWS
import JSON

extension ItemCompleter {
    /// The drafts with what the Resource Groups Tagging API knows of them, for types that cannot tell their tags.
    ///
    /// Where it fails a draft is incomplete, so that the last known tags stay.
    func tagged(_ drafts: [Draft]) async -> [Draft] {
        guard type.tagging != nil, let tags, !drafts.isEmpty else { return drafts }
        let answer = await tags.table(client, credentials, account: context.scope.account, region: context.region)
        var drafts = drafts
        for index in drafts.indices where !drafts[index].isGone {
            do throws(ListingFailure) {
                try tag(&drafts[index], from: try answer.get())
            } catch {
                drafts[index].failure = drafts[index].failure ?? error
            }
        }
        return drafts
    }

    private func tag(_ draft: inout Draft, from table: TagTable) throws(ListingFailure) {
        guard let arn = reader.arn(item: draft.item, document: draft.document, context) else { return }
        guard let found = table.tags(of: arn) else {
            guard !table.isCut else {
                throw ListingFailure(
                    outcome: .failed,
                    error: ListingError(
                        operation: TagSource.operation, code: "TagTableFull",
                        message: "the region has more tagged resources than fit into \(TagTable.limitInBytes) bytes"))
            }
            return
        }
        guard found != Array("[]".utf8) else { return }
        var document = ByteBuffer(capacity: draft.document.count + found.count + 16)
        document.append(draft.document)
        DocumentEditor.add(ResourceType.taggingMember, found.span, to: &document)
        draft.document = document.bytes()
    }
}
