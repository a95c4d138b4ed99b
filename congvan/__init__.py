"""The command line and the pipeline that wires the stages."""
