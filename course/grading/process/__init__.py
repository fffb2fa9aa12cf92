"""The trusted end of a student's process: starts it, talks to it, limits it, ends it."""
