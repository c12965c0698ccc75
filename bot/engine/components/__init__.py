"""The parts of the NLU pipeline, one file each, in the order of config.yml. Each can be replaced alone."""
