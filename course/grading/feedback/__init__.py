"""The pages that students read, without active content."""
