"""What the course claims to have measured: its speed beside its peers, and the capstone's tiers."""
