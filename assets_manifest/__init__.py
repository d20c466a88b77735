"""Where assets come from: the catalogue, with checksums, licences and splits."""
