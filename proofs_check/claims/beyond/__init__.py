"""Beyond the paper: what this project states and proves by itself."""
