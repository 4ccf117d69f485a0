/// When a complete listing loses so much at once that it is not believed before another shows the same. Pure.
///
/// AWS has answered with well-formed pages that lacked most of an estate, and a filter or a policy can hide one; neither
/// can be told from a real clean-up by one listing.
package struct ShrinkGuard: Sendable, Equatable {
    /// A loss of more than this share of the live rows is held back, in percent; 0 believes every listing.
    package var limitInPercent = 50
    /// Smaller losses are believed whatever their share: few rows come and go all the time, and are few to lose.
    package var minimumCount = 10

    package init() {}

    /// Whether a listing that lacks `count` of `total` live rows holds back those among them that the listing before did
    /// show. Of a listing that lacks too much, what is deleted is what two listings lacked, or few.
    ///
    /// - Parameter unconfirmed: how many of the `count` are missing for the first time.
    package func holdsBack(_ count: Int, unconfirmed: Int, of total: Int) -> Bool {
        limitInPercent > 0 && unconfirmed >= minimumCount && count * 100 > total * limitInPercent
    }
}
