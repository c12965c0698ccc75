"""What the pages of every door share: GOV.UK Frontend built for us, the layout, the security headers."""
