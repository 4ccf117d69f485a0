import Inventory

/// What writes do to the store.
struct WriteEffects {
    var changes = ChangeCounts()
    /// Rows of the type that became live, less those deleted.
    var live = 0
    /// Live rows of the replaced system that now belong to the type.
    var adopted = 0
}
