"""The organisation's side: registers, the references between their entries, and views drawn from them."""
