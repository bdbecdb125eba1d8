SUFFIX = ".csv"
