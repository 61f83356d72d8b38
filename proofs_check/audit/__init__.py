"""The audit of a paper: claims, decisions, the runner, the graph, reports. It knows no paper."""
