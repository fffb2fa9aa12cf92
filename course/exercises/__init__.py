"""The exercises: for each unit its questions and its known mistakes, on one small engine."""
