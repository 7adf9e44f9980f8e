"""How fast isocheck is, as ratios that hold on any machine; see README.md beside this file."""
