"""The pages that students read, with nothing active in them."""
