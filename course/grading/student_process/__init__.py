"""What runs in a student's process: nothing that it sends is believed.

The folder is staged as a whole. It imports only itself, the sandbox and the engine's asking
side.
"""
