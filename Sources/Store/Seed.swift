enum StoreSeed {}
