print("collectorctl")
