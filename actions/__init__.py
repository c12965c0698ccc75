"""What we do: take requests, keep records, hand cases to the systems that own them."""
