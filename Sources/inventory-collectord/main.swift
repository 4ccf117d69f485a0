print("inventory-collectord")
