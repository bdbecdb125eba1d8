SUFFIX = ".xml"
