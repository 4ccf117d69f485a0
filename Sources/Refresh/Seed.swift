enum RefreshSeed {}
