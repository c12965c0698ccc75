"""The staff desk: find an answer, key a request for a visitor, follow a case."""
