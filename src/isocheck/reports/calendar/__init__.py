"""The calendar in every format: `formats` lists them, `lines` puts items together as readers want them."""
