"""What we keep: conversations, messages, cases, deliveries, staff, audit. Tables, and functions over them."""
