"""Who carries what we say: what two channels share of one provider, and nothing of the channels."""
