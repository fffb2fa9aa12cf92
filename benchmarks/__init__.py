"""The course's claims, measured: its speed compared with its peers, and the capstone's tiers."""
