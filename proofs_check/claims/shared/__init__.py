"""What claims of several shelves use."""
