"""Development only: Twilio's part, played on this machine against the real, signed webhooks."""
