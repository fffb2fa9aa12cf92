"""The built site, and a student's path in a browser's Python."""
