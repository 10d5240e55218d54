"""The main job, shown on real input: a school's batch becomes certificates, through the public APIs only."""
