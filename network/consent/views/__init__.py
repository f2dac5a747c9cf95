"""The workspace of holders and their stewards."""
