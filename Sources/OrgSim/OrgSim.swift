// The front door for embedders.
