"""What figures are drawn with: pictures and films, a pen, a layout for graphs, one style.

Nothing in here knows what is drawn; the modules above it do.
"""
